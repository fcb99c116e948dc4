import HTTPTypes

/// The beginning of what a CGI program says: header fields, an empty line, and what of the body came with them.
struct CGIAnswer {
  private var bytes: [UInt8] = []
  /// What comes after the head.
  private(set) var rest: [UInt8] = []
  private(set) var isHeadWhole = false

  mutating func take(_ piece: [UInt8]) {
    bytes += piece
    for end in [Array("\r\n\r\n".utf8), Array("\n\n".utf8)] {
      guard let range = bytes.firstRange(of: end) else { continue }
      rest = Array(bytes[range.upperBound...])
      bytes.removeSubrange(range.lowerBound...)
      isHeadWhole = true
      return
    }
  }

  /// The answer's head: the program's word first, then what `other` has beside it. A program that ended without a head
  /// failed.
  func head(beside other: HTTPResponse) -> HTTPResponse {
    var head = HTTPResponse(status: isHeadWhole ? .ok : .internalServerError)
    head.headerFields = other.headerFields
    head.headerFields[.contentLength] = nil
    guard isHeadWhole else {
      head.headerFields[.contentLength] = "0"
      return head
    }
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let value = parts[1].drop { $0 == " " }
      if parts[0].lowercased() == "status" {
        head.status = HTTPResponse.Status(code: Int(value.prefix(3)) ?? 500)
      } else if let name = HTTPField.Name(String(parts[0])) {
        head.headerFields[name] = String(value)
      }
    }
    return head
  }
}
