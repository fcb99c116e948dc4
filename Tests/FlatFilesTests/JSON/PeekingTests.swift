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
}
