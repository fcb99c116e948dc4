import Foundation
import Testing

/// The loop under a flood of changes.
@Suite("A screen that never rests", .enabled(if: TmuxTerminal.isInstalled), .timeLimit(.minutes(2)))
struct ScreenFloodTests {
  private static let program = URL(filePath: ConsoleUnderTest.program).deletingLastPathComponent()
    .appending(path: "screen-flood").path

  /// A number that it shows behind this word.
  private func number(_ word: String, _ terminal: TmuxTerminal) throws -> Int {
    let screen = try terminal.screen().joined(separator: " ").split(separator: " ")
    let index = try #require(screen.firstIndex { $0 == word }, "\(screen)")
    return try #require(Int(screen[index + 1].dropLast()), "\(screen)")
  }

  @Test("answers keys meanwhile, and draws no more frames than eyes follow")
  func flood() async throws {
    let terminal = try TmuxTerminal([Self.program], environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"])
    try await terminal.shows("changes")
    let before = try (number("changes", terminal), number("frames", terminal), number("milliseconds", terminal))
    for count in 1...20 { try await terminal.press("a").shows("keys \(count).") }
    let after = try (number("changes", terminal), number("frames", terminal), number("milliseconds", terminal))
    let seconds = Double(after.2 - before.2) / 1000
    #expect(Double(after.0 - before.0) > 2000 * seconds, "no flood")
    // Sixty a second, and one for each key.
    #expect(Double(after.1 - before.1) <= 65 * seconds + 20 + 2)
    #expect(try await terminal.press("q").ended() == 0)
  }

  @Test("is as large as it was made last, after two hundred sizes")
  func resizing() async throws {
    let terminal = try RawTerminal()
    try terminal.run(
      [Self.program], environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color"])
    try await terminal.wrote("changes")
    let mark = terminal.output.count
    let start = ContinuousClock.now
    for step in 0..<200 {
      terminal.resize(width: UInt16(20 + step % 90), height: UInt16(5 + step % 40))
      // Two hundred in a second: the pace is what is tested.
      try await Task.sleep(for: .milliseconds(5))
    }
    terminal.resize(width: 77, height: 33)
    try await terminal.wrote("size 77×33.", since: mark)
    let cleared = String(decoding: terminal.output[mark...], as: UTF8.self).ranges(of: "\u{1b}[2J").count
    #expect(Double(cleared) < 65 * ((ContinuousClock.now - start) / .seconds(1)) + 2)
    terminal.type("q")
    #expect(try await terminal.ended() == .exited(0))
  }
}
