import Testing

@testable import FlatFiles

@Suite struct JSONValueTests {
  @Test(
    "JSON is read, and written in the one way of the store",
    arguments: [
      ("null", "null"), (" true ", "true"), ("false", "false"), ("0", "0"), ("-0", "-0"), ("1.50", "1.50"),
      ("1E+2", "1E+2"), ("-1.5e-7", "-1.5e-7"), ("12345678901234567890", "12345678901234567890"), ("\"\"", "\"\""),
      ("[ ]", "[]"), ("{ }", "{}"), ("[1 , [2,\t3],\r\n{}]", "[1,[2,3],{}]"),
      (#"{"b":1,"a":{"d":null,"c":[]}}"#, #"{"a":{"c":[],"d":null},"b":1}"#),
      (#"{"é":1,"z":2,"a":3,"Z":4}"#, #"{"Z":4,"a":3,"z":2,"é":1}"#), (#"{"a":1,"a":2}"#, #"{"a":2}"#),
      (#""a\/b""#, #""a/b""#), (#""\"\\\b\f\n\r\t""#, #""\"\\\u0008\u000c\n\r\t""#),
      (#""\u00e9\u5bb9器""#, #""é容器""#), (#""\ud83d\ude00""#, #""😀""#),
      (#""\u0000\u001b\u007f""#, #""\u0000\u001b\u007f""#),
      (#""\u0080\u009b\u009f\u00a0""#, "\"\\u0080\\u009b\\u009f\u{A0}\""), ("\"\u{9B}\"", #""\u009b""#),
    ])
  func roundTrip(_ text: String, _ canonical: String) throws {
    let value = try JSONValue(Array(text.utf8)[...])
    #expect(String(decoding: value.canonical, as: UTF8.self) == canonical)
    #expect(try JSONValue(value.canonical[...]) == value)
  }

  @Test(
    "What isn't JSON is refused, and the place named",
    arguments: [
      ("", 0, "value"), ("   ", 3, "value"), ("nul", 0, "value"), ("truth", 0, "value"), ("+1", 0, "digit"),
      ("01", 2, "number"), ("-", 1, "digit"), ("1.", 2, "digit"), (".5", 0, "digit"), ("1e", 2, "digit"),
      ("1e+", 3, "digit"), ("1 2", 2, "end of text"), ("{} x", 3, "end of text"), ("[1", 2, "comma or end of array"),
      ("[1,]", 3, "digit"), ("[1 2]", 3, "comma or end of array"), ("{", 1, "string"), ("{\"a\"}", 4, "colon"),
      ("{\"a\":}", 5, "digit"), ("{\"a\":1", 6, "comma or end of object"), ("{\"a\":1,}", 7, "string"),
      ("{a:1}", 1, "string"), ("{1:1}", 1, "string"), ("\"abc", 4, "end of string"), ("\"a\nb\"", 2, "end of string"),
      ("\"a\\", 3, "end of string"), (#""\x""#, 3, "escape"), (#""\u12"#, 5, "end of string"),
      (#""\u12g4""#, 5, "four hexadecimal digits"), (#""\ud800""#, 7, "second half of a surrogate pair"),
      (#""\ud800\u0041""#, 13, "second half of a surrogate pair"), (#""\udc00""#, 7, "character"), ("'a'", 0, "digit"),
      ("[NaN]", 1, "digit"), ("/* */ 1", 0, "digit"),
    ])
  func refused(_ text: String, _ offset: Int, _ expected: String) {
    #expect(throws: JSONFlaw(offset: offset, expected: expected)) { try JSONValue(Array(text.utf8)[...]) }
    #expect(Self.skip(Array(text.utf8)) == JSONFlaw(offset: offset, expected: expected))
  }

  @Test(
    "Bytes that aren't UTF-8 are refused, in values and in names",
    arguments: [
      ([0x22, 0xFF, 0x22], 1), ([0x22, 0xC2, 0x22], 1), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
      ([0x22, 0xC0, 0x80, 0x22], 1),
      (Array("{\"".utf8) + [0xFF] + Array("\":1}".utf8), 2),
    ] as [([UInt8], Int)])
  func notUTF8(_ bytes: [UInt8], _ offset: Int) {
    #expect(throws: JSONFlaw(offset: offset, expected: "UTF-8")) { try JSONValue(bytes[...]) }
    #expect(Self.skip(bytes) == JSONFlaw(offset: offset, expected: "UTF-8"))
  }

  @Test("Nesting has an end", arguments: ["[", "{\"a\":"])
  func nesting(_ opening: String) throws {
    let closing = opening == "[" ? "]" : "}"
    func text(_ depth: Int) -> [UInt8] {
      Array((String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)).utf8)
    }
    _ = try JSONValue(text(255)[...])
    #expect(Self.skip(text(255)) == nil)
    #expect(throws: JSONFlaw.self) { try JSONValue(text(256)[...]) }
    #expect(throws: JSONFlaw.self) { try JSONValue(text(100_000)[...]) }
    #expect(Self.skip(text(100_000)) != nil)
  }

  @Test("Random bytes are read or refused, both ways alike, and never more than they are")
  func random() {
    var generator = SplitMix(seed: 11)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "u00e9", "a", "1", "-", ".", "e", "true", "null", " ", "\n",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0..<14, using: &generator)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }.joined()
      let bytes = Array(text.utf8)
      let isRead = (try? JSONValue(bytes[...])) != nil
      #expect(isRead == (Self.skip(bytes) == nil), "\(text)")
      Self.stepOver(bytes)
    }
  }

  @Test("A member is found without decoding the rest")
  func peeking() throws {
    let text = #"{"a":{"InstanceName":"no"},"b":[1,"]",{"}":2}],"c":"\"","d":tru,"InstanceName":"yes \u00e9","e":}"#
    let record = Record(
      revision: 1, source: SourceText(file: "x", bytes: Array(text.utf8)), idRange: 0..<0,
      valueRange: 0..<text.utf8.count, line: 1, lineStart: 0)
    #expect(record.text(of: "InstanceName") == "yes é")
    #expect(record.text(of: "b") == nil)
    #expect(record.text(of: "f") == nil)
  }

  /// The flaw that a scanner finds which builds nothing.
  private static func skip(_ bytes: [UInt8]) -> JSONFlaw? {
    bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer, in: 0..<buffer.count)
      do throws(JSONFlaw) {
        try scanner.skipValue()
        try scanner.finish()
        return nil
      } catch { return error }
    }
  }

  private static func stepOver(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer, in: 0..<buffer.count)
      _ = try? scanner.stepOver()
      _ = try? scanner.text(of: "a")
    }
  }
}
