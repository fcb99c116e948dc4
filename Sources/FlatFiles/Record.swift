import FoundationEssentials
import Glibc

/// One record of a kind: an id and a JSON object. The store never decodes it by itself.
public struct Record: Identifiable, Sendable {
  /// The sequence number of the transaction that changed it last; 0 where nobody knows (written in by hand).
  public let revision: Int

  let source: SourceText
  /// The raw id between its quotes.
  let idRange: Range<Int>
  /// The object's text.
  let valueRange: Range<Int>
  /// The line of the source that it stands in, from 1, and where that line begins.
  let line: Int
  let lineStart: Int

  public var id: String {
    source.bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer, in: (idRange.lowerBound - 1)..<(idRange.upperBound + 1))
      return (try? scanner.string()) ?? String(decoding: buffer[idRange], as: UTF8.self)
    }
  }

  /// The record's object as it stands in the file.
  public var json: ArraySlice<UInt8> { source.bytes[valueRange] }

  /// A top-level string member, found by walking over the bytes: no decoding, no allocation but the text.
  /// Nil where there is none, where it isn't a string, or where the text before it isn't JSON.
  public func text(of member: String) -> String? {
    source.bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer, in: valueRange)
      if scanner.goToFlatMember(member) { return try? scanner.string() }
      return try? scanner.text(of: member)
    }
  }

  /// Whether a top-level string member is this text: `text(of:)` without making it.
  public func isText(_ text: String, of member: String) -> Bool {
    let isSame = source.bytes.withUnsafeBufferPointer { (buffer) -> Bool? in
      var scanner = JSONScanner(buffer, in: valueRange)
      guard scanner.goToFlatMember(member), let found = try? scanner.rawString(), !found.isEscaped else { return nil }
      return scanner.matches(found.contents, text)
    }
    if let isSame { return isSame }
    // What isn't escaped stands there as it reads: most records are passed over by that.
    let isEscaped = json.contains(UInt8(ascii: "\\"))
    return (isEscaped || mentions(text)) && self.text(of: member) == text
  }

  /// Whether this text stands anywhere in it, as it is written there: to pass over records without decoding them.
  public func mentions(_ text: String) -> Bool { source.mentions(text, in: valueRange) }

  /// The record decoded. Fails with ``StoreError/damaged(_:)``, naming file, line and column, where it isn't JSON
  /// or lacks what `type` needs.
  public func decode<Value: Decodable>(_ type: Value.Type) throws(StoreError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(json))
    } catch {
      _ = try value()
      throw damaged(at: valueRange.lowerBound, .member(Record.path(of: error)))
    }
  }

  /// The record as plain JSON.
  public func value() throws(StoreError) -> JSONValue {
    do throws(JSONFlaw) {
      return try JSONValue(json)
    } catch {
      throw damaged(at: valueRange.lowerBound + error.offset, .notJSON(expected: error.expected))
    }
  }

  var isJSON: Bool { flaw == nil }

  /// Checks that the object is JSON.
  func validate() throws(StoreError) {
    if let flaw { throw damaged(at: flaw.offset, .notJSON(expected: flaw.expected)) }
  }

  /// Where the object stops being JSON, found without building anything.
  private var flaw: JSONFlaw? {
    source.bytes.withUnsafeBufferPointer { (bytes) -> JSONFlaw? in
      var scanner = JSONScanner(bytes, in: valueRange)
      do throws(JSONFlaw) {
        guard scanner.next() == UInt8(ascii: "{") else { throw scanner.flaw("object") }
        try scanner.skipValue()
        try scanner.finish()
        return nil
      } catch { return error }
    }
  }

  /// An error that points at this record, for a caller to whom its JSON makes no sense.
  public func damaged(member: String) -> StoreError { damaged(at: valueRange.lowerBound, .member(member)) }

  private func damaged(at offset: Int, _ flaw: Damage.Flaw) -> StoreError {
    .damaged(Damage(file: source.file, line: line, column: offset - lineStart + 1, flaw: flaw))
  }

  /// Which member a decoder stumbled over (`AllowedIps.0.Ip`).
  private static func path(of error: any Error) -> String {
    let path: [any CodingKey] =
      switch error {
      case DecodingError.keyNotFound(let key, let context): context.codingPath + [key]
      case DecodingError.typeMismatch(_, let context): context.codingPath
      case DecodingError.valueNotFound(_, let context): context.codingPath
      case DecodingError.dataCorrupted(let context): context.codingPath
      default: []
      }
    return path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}

extension JSONScanner {
  /// A string member of the object that begins here.
  mutating func text(of member: String) throws(JSONFlaw) -> String? {
    try take(UInt8(ascii: "{"), "object")
    if skip(UInt8(ascii: "}")) { return nil }
    repeat {
      let key = try rawString().contents
      try take(UInt8(ascii: ":"), "colon")
      if matches(key, member) { return next() == UInt8(ascii: "\"") ? try string() : nil }
      try stepOver()
    } while skip(UInt8(ascii: ","))
    return nil
  }
}
