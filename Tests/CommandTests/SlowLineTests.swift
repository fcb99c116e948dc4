import Glibc
import Testing

/// Lines that carry less than there is to show.
@Suite("On a slow line", .timeLimit(.minutes(3)))
struct SlowLineTests {
  private let ground: TrainingGround
  init() async throws { ground = try await TrainingGround() }

  private func opened(speed: speed_t? = nil) async throws -> RawTerminal {
    let terminal = try RawTerminal()
    if let speed { terminal.setSpeed(speed) }
    try ground.sandbox.start([], on: terminal, environment: ["TERM": "xterm-256color"])
    try await terminal.wrote("legacy-images")
    try await terminal.settled()
    return terminal
  }

  /// Fills the line until it takes nothing any more: frames that are large, and nobody who reads them.
  private func clog(_ terminal: RawTerminal) async throws {
    for _ in 0..<20 { try await terminal.feed("?"); try await terminal.feed("\r") }
  }

  /// The rows on which a selection was drawn since `mark`, a frame each.
  private func selections(_ terminal: RawTerminal, since mark: Int = 0) -> [String] {
    String(decoding: terminal.output[mark...], as: UTF8.self).split(separator: "▸ ", omittingEmptySubsequences: false)
      .dropFirst().map { String($0.prefix { $0 != " " && $0 != "\u{1b}" }) }
  }

  @Test("that is stuck keys are taken all the same, and what they did shows in one frame when it moves again")
  func stuck() async throws {
    let terminal = try await opened()
    try await clog(terminal)
    let mark = terminal.output.count
    for _ in 0..<60 { try await terminal.feed("j") }
    try await terminal.feed("k")
    // Frames that were on their way come first, then one.
    try await terminal.settled()
    let selections = selections(terminal, since: mark)
    #expect(selections.last == "legacy-images")
    #expect(selections.count < 30, "one a key would be 61 and more: \(selections)")
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
  }

  @Test("that is stuck Ctrl-C ends it at once, and the terminal is given back as far as it goes")
  func quit() async throws {
    let terminal = try await opened()
    try await clog(terminal)
    terminal.type("\u{3}")
    #expect(try await terminal.endedUnread() == .exited(0))
    #expect(terminal.settings.echoes)
    try await terminal.wrote("[?1049l")
  }

  @Test("of 9,600 baud typing stays ahead of drawing")
  func serial() async throws {
    let terminal = try await opened(speed: speed_t(B9600))
    // What the first screen took is paid for.
    terminal.type("j")
    try await terminal.wrote("▸ build-staging")
    let mark = terminal.output.count
    // Fifty keys a second, while the line carries 960 bytes in one: a frame a key would take eight seconds.
    for key in 0..<60 {
      terminal.type(key.isMultiple(of: 2) ? "j" : "k")
      // The pace of typist and line, which is what is tested.
      usleep(20_000)
      terminal.carry(19)
    }
    let typed = terminal.output.count
    try await terminal.settled()
    let frames = selections(terminal, since: mark).count
    #expect((3..<30).contains(frames))
    // What was still to come is the last frames, not all that were ever typed for.
    #expect(terminal.output.count - typed < 1000)
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
  }
}
