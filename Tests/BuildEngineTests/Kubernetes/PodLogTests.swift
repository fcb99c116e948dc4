import Synchronization
import Testing

@testable import BuildEngine

@Suite struct PodLogTests {
  private static let first = "2026-11-25T03:48:00.1Z one\n2026-11-25T03:48:00.2Z two\n2026-11-25T03:48:01.1Z three\n"
  private static let all = first + "2026-11-25T03:48:01.25Z \n2026-11-25T03:48:02Z  five \u{1b}[31m\n"

  private final class Heard: Sendable {
    let bytes = Mutex<[UInt8]>([])
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    func log() -> PodLog { PodLog { [self] piece in bytes.withLock { $0 += piece } } }
  }

  @Test(arguments: 1...9) func `takes the times off, however the pieces fall`(size: Int) throws {
    let heard = Heard()
    let log = heard.log()
    let bytes = Array(Self.all.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      try log.take(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    #expect(heard.text == "one\ntwo\nthree\n\n five \u{1b}[31m\n")
  }

  @Test func `after a break at any place nothing is missed and nothing comes twice`() throws {
    let bytes = Array(Self.all.utf8)
    for length in 0...bytes.count {
      let heard = Heard()
      let log = heard.log()
      try log.take(Array(bytes.prefix(length)))
      // A server sends again all of the second that it is asked from.
      let since = log.argumentsToResume().first.map { String($0.dropFirst("--since-time=".count)) } ?? ""
      let again = Self.all.split(separator: "\n").filter { $0.prefix(19) >= since.prefix(19) }.map { $0 + "\n" }
        .joined()
      try log.take(Array(again.utf8))
      #expect(heard.text == "one\ntwo\nthree\n\n five \u{1b}[31m\n", "cut after \(length) bytes")
    }
  }

  @Test func `asks in the time zone of the node`() throws {
    let log = Heard().log()
    try log.take(Array("2026-11-25T11:48:00.123456789+08:00 one\n".utf8))
    #expect(log.argumentsToResume() == ["--since-time=2026-11-25T11:48:00+08:00"])
  }

  @Test func `a line without a time is passed on as it is`() throws {
    let heard = Heard()
    let log = heard.log()
    try log.take(Array("failed to watch the log\n2026-11-25T03:48:00Z x\n".utf8))
    #expect(heard.text == "failed to watch the log\nx\n")
  }
}
