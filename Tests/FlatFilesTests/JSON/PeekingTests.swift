import Testing

@testable import FlatFiles

@Suite("Peeking at a member by the bytes of its name")
struct PeekingTests {
  @Test(
    "gives what walking over the object gives, or leaves it to that",
    arguments: [
      (#"{"Id":"a","RegionId":"cn-x"}"#, "cn-x"), (#"{"RegionId":"first","Id":"b"}"#, "first"),
      (#"{"Name":"\",\"RegionId\":\"spoof\"","RegionId":"true"}"#, "true"),
      (#"{"Name":"RegionId","RegionId":"x"}"#, "x"),
      (#"{"MyRegionId":"no","RegionId":"yes"}"#, "yes"), (#"{"RegionIdOfOld":"no","RegionId":"yes"}"#, "yes"),
      (#"{"RegionId":"杭州 \u00e9"}"#, "杭州 é"), (#"{ "RegionId" : "spaced" }"#, "spaced"), (#"{"RegionId":7}"#, nil),
      (#"{"Old":{"RegionId":"inner"},"RegionId":"outer"}"#, "outer"), (#"{"List":["RegionId"],"RegionId":"x"}"#, "x"),
      (#"{"Id":"a"}"#, nil), ("{}", nil), (#"{"RegionId":"""#, ""),
    ])
  func same(_ text: String, _ expected: String?) throws {
    let bytes = Array(text.utf8)
    let found = bytes.withUnsafeBufferPointer { buffer -> String? in
      var scanner = JSONScanner(buffer, in: 0..<buffer.count)
      if scanner.goToFlatMember("RegionId") { return try? scanner.string() }
      return try? scanner.text(of: "RegionId")
    }
    #expect(found == expected)
  }

  @Test(
    "comparing a member is the same as looking at its text",
    arguments: [
      #"{"RegionId":"cn-x"}"#, #"{"RegionId":"cn-xx"}"#, #"{"RegionId":"cn\u002dx"}"#, #"{"RegionId":7}"#,
      #"{"Name":"\",\"RegionId\":\"cn-x\"","RegionId":"other"}"#, #"{ "RegionId" : "cn-x" }"#, "{}",
      #"{"Old":{"RegionId":"inner"},"RegionId":"cn-x"}"#, #"{"RegionId":"""#,
    ], ["cn-x", "", #"cn\u002dx"#])
  func compared(_ text: String, _ wanted: String) {
    let bytes = Array(text.utf8)
    let record = Record(
      revision: 1, source: SourceText(file: "x", bytes: bytes), idRange: 0..<0, valueRange: 0..<bytes.count, line: 1,
      lineStart: 0)
    #expect(record.isText(wanted, of: "RegionId") == (record.text(of: "RegionId") == wanted))
  }

  @Test(
    "what a record mentions is what its own text holds, and nothing beside it",
    arguments: [
      ("10.0.0.5", true), ("0.0.5\"", true), ("{", true), ("}", true), ("", true), ("10.0.0.50", false), ("Z", false),
      ("10.0.0.5\"} ", false), ("10.0.10.0.0.5", false),
    ])
  func mentions(_ wanted: String, _ isThere: Bool) {
    // The beginning of what is sought stands before it, too.
    let bytes = Array((#"{"Z":1}"# + #"{"A":"10.10.0.0.5"}"# + " Z").utf8)
    let length = bytes.count - 9
    let record = Record(
      revision: 1, source: SourceText(file: "x", bytes: bytes), idRange: 0..<0, valueRange: 7..<(7 + length), line: 1,
      lineStart: 0)
    #expect(record.mentions(wanted) == isThere)
  }
}
