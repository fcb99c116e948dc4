import Foundation
import ScriptedBuilds
import Testing

@testable import SecureBuild

@Suite("Logs of builds", .timeLimit(.minutes(2)))
struct LogTests {
  private func log(_ bytes: [UInt8]) throws -> (yard: BuildYard, log: BuildLog) {
    let yard = try BuildYard()
    let id = try yard.queue()
    try Data(bytes).write(to: URL(filePath: yard.path(id, "log")))
    return (yard, try yard.builds.log(id))
  }

  @Test(
    "lines are those between newlines, an unfinished last one too",
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\n", ["", ""]), ("\na\n\n", ["", "a", ""]),
    ])
  func lines(text: String, lines: [String]) throws {
    let (_, log) = try log(Array(text.utf8))
    let index = try log.lines()
    #expect(index.count == lines.count)
    #expect(try index.lines(from: 0, count: 100).map { String(decoding: $0.bytes, as: UTF8.self) } == lines)
  }

  @Test("any line of a long log is found, whatever lies on the border of two blocks")
  func blocks() throws {
    var text: [UInt8] = []
    var starts: [Int] = []
    var length = 1
    while text.count < 5 * BuildLogLines.block {
      starts.append(text.count)
      text += Array(repeating: UInt8(ascii: "x"), count: length) + [10]
      length = length * 7 % 4099
    }
    let (yard, log) = try log(text)
    let index = try log.lines()
    #expect(index.count == starts.count)
    for (number, start) in starts.enumerated() {
      let line = try #require(try index.lines(from: number, count: 1).first)
      #expect(line.number == number && line.offset == start)
      #expect(try index.number(ofLineAt: start) == number)
    }
    let all = try index.lines(from: 0, count: starts.count)
    #expect(all.flatMap { $0.bytes + [10] } == text)
    withExtendedLifetime(yard) {}
  }

  @Test("a line that never ends is cut, and those after it are found")
  func longLine() throws {
    let (yard, log) = try log(Array(repeating: UInt8(ascii: "x"), count: 300_000) + Array("\nlast\n".utf8))
    let lines = try log.lines().lines(from: 0, count: 10)
    #expect(lines.map(\.bytes.count) == [BuildLogLines.longest, 4] && lines.map(\.isCut) == [true, false])
    #expect(lines[1].offset == 300_001)
    withExtendedLifetime(yard) {}
  }

  @Test("an index takes in what was written since")
  func growing() throws {
    let yard = try BuildYard()
    let id = try yard.queue()
    var index = try yard.builds.log(id).lines()
    #expect(index.count == 0)
    for (text, count) in [("a", 1), ("b\nc", 2), ("\n", 2), ("d\n", 3)] {
      try yard.append(text, to: id, "log")
      try index.catchUp()
      #expect(index.count == count)
    }
    #expect(try index.lines(from: 0, count: 9).map { String(decoding: $0.bytes, as: UTF8.self) } == ["ab", "c", "d"])
  }

  @Test("100 MB of log: an index of some KiB, and its last page at once")
  func hundredMegabytes() throws {
    let yard = try BuildYard()
    let id = try yard.queue()
    let chunk = Array(String(repeating: "0123456789abcdef0123456789abcdef 中文\n", count: 25_000).utf8)
    let handle = try #require(FileHandle(forWritingAtPath: yard.path(id, "log")))
    for _ in 0..<100 { try handle.write(contentsOf: Data(chunk)) }
    try handle.close()
    let log = try yard.builds.log(id)
    #expect(try log.length > 100_000_000 - 1)
    let before = peakMemory
    let index = try log.lines()
    #expect(index.count == 2_500_000)
    let clock = ContinuousClock()
    var page: [BuildLogLine] = []
    let time = try clock.measure { page = try index.lines(from: 2_499_950, count: 50) }
    #expect(page.count == 50 && page.last?.number == 2_499_999)
    #expect(time < .milliseconds(100))
    #expect(peakMemory - before < 8 << 10, "\(peakMemory - before) KiB more")
  }

  /// KiB.
  private var peakMemory: Int {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss
  }

  @Test("a log that is too long keeps its beginning and its end, and says how much is missing between")
  func limit() async throws {
    let yard = try BuildYard()
    let id = try yard.queue(
      "stage CLONE", "say the beginning", "flood 20000000", "say the end of clone", "stage BUILD", "say built",
      "fail BuildStepFailed")
    try await yard.runner(limits: BuildLimits(log: 4 << 20)).run()
    let text = try yard.text(id)
    #expect(text.hasPrefix("the beginning\nline 1 of a flood\n"))
    #expect(text.utf8.count < 5 << 20)
    #expect(text.contains("The log has reached its limit (4 MiB)"))
    #expect(text.hasSuffix("the end of clone\nbuilt\n"))
    let told = try #require(text.firstMatch(of: #/acr-console: (\d+) bytes of the log were left out here/#))
    let written = "the beginning\n".utf8.count + "the end of clone\nbuilt\n".utf8.count
    let flood = text.split(separator: "\n").filter { $0.hasPrefix("line ") }
    let last = try #require(flood.last?.split(separator: " ")[1]).description
    // Every line of the flood is there or counted.
    let total = (1...(Int(last) ?? 0)).reduce(0) { $0 + "line \($1) of a flood\n".utf8.count }
    let notes = text.split(separator: "\n").filter { $0.contains("── acr-console") }.reduce(0) {
      $0 + $1.utf8.count + 1
    }
    let left = try #require(Int(told.1))
    #expect(abs(total - (text.utf8.count - notes - written + left)) <= 1)
    let record = try yard.builds.record(id)
    let build = try #require(record.stages.first { $0.name == .build }?.logOffset)
    #expect(text.utf8.dropFirst(build).elementsEqual("built\n".utf8))
  }
}
