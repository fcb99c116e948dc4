import HTTPTypes
import Hummingbird

extension Response {
  /// JSON as the API answers with it.
  init(_ json: JSON, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
    var all = headers
    all[.contentType] = "application/json"
    all["Cache-Control"] = "max-age=0, private, must-revalidate"
    self.init(status: status, headers: all, body: ResponseBody(byteBuffer: ByteBuffer(string: json.text)))
  }

  /// Words alone, as git shows them.
  init(text: String, status: HTTPResponse.Status) {
    self.init(
      status: status, headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// A page.
  init(html: String, status: HTTPResponse.Status = .ok, type: String = "text/html; charset=utf-8") {
    self.init(
      status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  /// 302, with the little page that Rails sends along.
  init(redirectTo address: String) {
    self.init(html: "<html><body>You are being <a href=\"\(address)\">redirected</a>.</body></html>", status: .found)
    headers[.location] = address
  }
}

extension HTTPFields {
  /// A field by its name as GitLab writes it.
  subscript(name: String) -> String? {
    get { HTTPField.Name(name).flatMap { self[$0] } }
    set {
      guard let name = HTTPField.Name(name) else { preconditionFailure("no header field's name: \(name)") }
      self[name] = newValue
    }
  }
}
