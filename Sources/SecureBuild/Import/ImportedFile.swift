import FlatFiles

/// A file to import, as it was read.
public struct ImportedFile: Sendable {
  /// What a person calls it; `-` for standard input.
  public let name: String
  let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    // A byte order mark, as some shells begin a file with, is no part of the text.
    self.bytes = Array(bytes.behindMark)
  }

  /// `vpcs.json:12:5`: line and character, both from 1.
  func place(of offset: Int) -> String {
    let before = bytes.prefix(offset)
    let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    // Bytes that go on with a character begin with the bits 10.
    let column = bytes[start..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 } + 1
    return "\(name):\(line):\(column)"
  }

  /// The next JSON value behind a place; nil where nothing is left.
  func document(from place: Int) throws(Refusal) -> (value: JSONValue, range: Range<Int>)? {
    do throws(JSONFlaw) {
      return try JSONValue.document(in: bytes, from: place)
    } catch {
      throw refusal(
        at: error.offset,
        Phrase("this is not JSON (\(error.expected) expected)", "不是有效的 JSON（此处应为 \(error.expected)）"))
    }
  }

  func refusal(at offset: Int, _ what: Phrase) -> Refusal {
    let place = place(of: offset)
    return Refusal(
      .invalidAnswer, message: Phrase("\(place): \(what.en).", "\(place)：\(what.zh)。"),
      mend: Phrase(
        "Nothing was imported. Give what `aliyun` printed, whole: \(VendorCall.list).",
        "未导入任何内容。请提供 `aliyun` 的完整输出：\(VendorCall.list)。"))
  }
}
