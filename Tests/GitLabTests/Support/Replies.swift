/// An HTTP answer, byte for byte.
func reply(_ status: String, _ mediaType: String?, _ body: String = "", _ headers: String...) -> String {
  var lines = ["HTTP/1.1 \(status)"] + headers
  if let mediaType { lines.append("Content-Type: \(mediaType)") }
  lines.append("Content-Length: \(body.utf8.count)")
  return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// An HTTP answer in JSON.
func json(_ body: String, _ status: String = "200 OK", _ headers: String...) -> String {
  var lines = ["HTTP/1.1 \(status)", "Content-Type: application/json"] + headers
  lines.append("Content-Length: \(body.utf8.count)")
  return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// As a GitLab of today answers `GET /user`.
let goodUser = #"{"id":7,"username":"dev","name":"Dev","state":"active","email":"dev@example.com","bot":false}"#
