import Foundation
import Spawning
import Testing

/// A program in a terminal as a person has it: a screen to look at, keys to press. The terminal is tmux, with a server
/// of its own, so that what is compared is what a terminal makes of the program's bytes.
///
///     let terminal = try await TmuxTerminal(program, environment: home.environment)
///     try await terminal.shows("Instances")
///     try await terminal.press("r").shows("Regions")
final class TmuxTerminal {
  /// Where the tests of this can be run at all.
  static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux")

  private let socket: String
  /// When Esc was pressed, if that was the last key.
  private var escaped: ContinuousClock.Instant?
  private let environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"]

  /// - Parameters:
  ///   - command: the program and its arguments.
  ///   - environment: all that the program has, but for TERM.
  init(
    _ command: [String], environment: [String: String], width: Int = 80, height: Int = 24,
    term: String = "tmux-256color"
  ) throws {
    socket = NSTemporaryDirectory() + "/acr-tmux-\(UUID().uuidString.prefix(8)).sock"
    let variables = environment.merging(["TERM": term]) { $1 }.map { "\($0)=\($1)" }.sorted()
    try tmux(
      ["start-server", ";", "set", "-g", "remain-on-exit", "on", ";", "set", "-g", "status", "off", ";", "set", "-s"]
        + ["escape-time", "0", ";", "set", "-g", "history-limit", "0", ";", "new-session", "-d", "-x", "\(width)"]
        + ["-y", "\(height)", "--", "env", "-i"] + variables + command)
  }

  deinit {
    _ = try? Spawn.run(["tmux", "-S", socket, "kill-server"], environment: environment)
    unlink(socket)
  }

  // MARK: What a person does

  /// Presses keys by tmux's names for them: `Enter`, `Escape`, `C-c`, `Down`, `F1`, or a character.
  @discardableResult
  func press(_ keys: String...) throws -> Self {
    for run in Self.runs(keys) {
      pauseAfterEscape()
      try tmux(["send-keys", "--"] + run.map { $0 == ";" ? "\\;" : $0 })
      if run.last == "Escape" { escaped = .now }
    }
    return self
  }

  /// Types text as it is.
  @discardableResult
  func type(_ text: String) throws -> Self {
    pauseAfterEscape()
    try tmux(["send-keys", "-l", "--", text.hasSuffix(";") ? String(text.dropLast()) + "\\;" : text])
    return self
  }

  /// Sends bytes as they are, with no pause before them.
  @discardableResult
  func send(_ bytes: [UInt8]) throws -> Self {
    try tmux(["send-keys", "-H"] + bytes.map { String($0, radix: 16) })
    return self
  }

  /// Keys that may be sent at once: up to each Escape.
  private static func runs(_ keys: [String]) -> [[String]] {
    keys.reduce(into: [[]]) { runs, key in
      if runs.last?.last == "Escape" { runs.append([]) }
      runs[runs.count - 1].append(key)
    }
  }

  /// Esc and a key at once are one key, Alt: a person's fingers are slower than that, a test's aren't.
  private func pauseAfterEscape() {
    guard let escaped else { return }
    let left = Duration.milliseconds(80) - (ContinuousClock.now - escaped)
    if left > .zero { usleep(UInt32(left / .microseconds(1))) }
    self.escaped = nil
  }

  /// Pastes text, bracketed where the program asked for that.
  @discardableResult
  func paste(_ text: String) throws -> Self {
    pauseAfterEscape()
    try tmux(["set-buffer", "-b", "paste", "--", text, ";", "paste-buffer", "-p", "-d", "-b", "paste"])
    return self
  }

  /// Clicks on the first place that shows this text, as a terminal reports a click (SGR 1006).
  @discardableResult
  func click(_ text: String, times: Int = 1) async throws -> Self {
    try await shows(text)
    for (row, line) in try screen().enumerated() {
      guard let range = line.range(of: text) else { continue }
      let column = line[..<range.lowerBound].unicodeScalars.reduce(1) { $0 + ($1.value < 0x1100 ? 1 : 2) }
      // All at once, so that no busy machine tears a double click apart.
      let click = "\u{1b}[<0;\(column);\(row + 1)M\u{1b}[<0;\(column);\(row + 1)m"
      try type(String(repeating: click, count: times))
      break
    }
    return self
  }

  func resize(width: Int, height: Int) throws {
    try tmux(["resize-window", "-x", "\(width)", "-y", "\(height)"])
  }

  // MARK: What a person sees

  /// The rows without blanks at their ends.
  func screen() throws -> [String] {
    try tmux(["capture-pane", "-p"]).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
      String(line.prefix(upTo: line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex))
    }
  }

  /// Waits until all of these texts are on the screen at once.
  @discardableResult
  func shows(_ texts: String..., within bound: Duration = Patience.bound, at place: SourceLocation = #_sourceLocation)
    async throws -> Self
  {
    try await waits("to see \(texts)", within: bound, at: place) { screen in
      texts.allSatisfy { text in screen.contains { $0.contains(text) } }
    }
  }

  /// Waits until none of these texts is on the screen.
  @discardableResult
  func hides(_ texts: String..., within bound: Duration = Patience.bound, at place: SourceLocation = #_sourceLocation)
    async throws -> Self
  {
    try await waits("to see no more of \(texts)", within: bound, at: place) { screen in
      !texts.contains { text in screen.contains { $0.contains(text) } }
    }
  }

  /// Waits until the screen is as `holds` wants it.
  @discardableResult
  func waits(
    _ what: String, within bound: Duration = Patience.bound, at place: SourceLocation = #_sourceLocation,
    until holds: ([String]) -> Bool
  ) async throws -> Self {
    if try await Patience.wait(within: bound, until: { try holds(screen()) ? true : nil }) == nil {
      throw Unseen(what: what, screen: try screen(), ending: try ending(), place: place)
    }
    return self
  }

  /// Where the cursor stands, and whether it is shown.
  func cursor() throws -> (x: Int, y: Int, isShown: Bool) {
    let numbers = try display("#{cursor_x} #{cursor_y} #{cursor_flag}").split(separator: " ").map { Int($0) ?? -1 }
    return (numbers[0], numbers[1], numbers[2] == 1)
  }

  /// Whether the program took the alternate screen.
  func isAlternate() throws -> Bool { try display("#{alternate_on}") == "1" }

  /// Whether the program wants the mouse.
  func wantsMouse() throws -> Bool { try display("#{mouse_any_flag}#{mouse_standard_flag}") != "00" }

  /// Waits until the program has ended; its exit status, 128 and the signal where one ended it.
  func ended(within bound: Duration = Patience.bound, at place: SourceLocation = #_sourceLocation) async throws -> Int32
  {
    guard let status = try await Patience.wait(within: bound, until: { try ending() }) else {
      throw Unseen(what: "the program to end", screen: try screen(), ending: nil, place: place)
    }
    return status
  }

  /// The program's process.
  func process() throws -> pid_t { pid_t(try display("#{pane_pid}")) ?? -1 }

  private func ending() throws -> Int32? {
    let parts = try display("#{pane_dead}|#{pane_dead_status}|#{pane_dead_signal}").split(
      separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    return try Int32(parts[1]) ?? Int32(parts[2]).map { 128 + $0 } ?? endingBeforeTmuxKnows()
  }

  /// The status of a program that has ended and that tmux hasn't taken notice of, which it sometimes never does.
  private func endingBeforeTmuxKnows() throws -> Int32? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(try process())/stat") else { return nil }
    // After the name in brackets: the state first, the exit status last.
    let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last?.split(whereSeparator: \.isWhitespace)
    guard let fields, fields.first == "Z", let status = fields.last.flatMap({ Int32($0) }) else { return nil }
    return Ending(status: status).shellStatus
  }

  private func display(_ format: String) throws -> String {
    try tmux(["display-message", "-p", format]).trimmingCharacters(in: .newlines)
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let (status, output) = try Spawn.run(
      ["tmux", "-S", socket, "-f", "/dev/null"] + arguments, environment: environment)
    guard status == 0 else { throw TmuxFault(arguments: arguments, output: output) }
    return output
  }
}

/// What a test waited for in vain, with the last screen.
struct Unseen: Error, CustomStringConvertible {
  let what: String
  let screen: [String]
  let ending: Int32?
  let place: SourceLocation

  var description: String {
    let frame = String(repeating: "─", count: 80)
    let end = ending.map { "; the program has ended with \($0)" } ?? ""
    return "\(place.fileName):\(place.line) waited in vain \(what)\(end). The last screen:\n\(frame)\n"
      + screen.joined(separator: "\n") + "\n\(frame)"
  }
}

struct TmuxFault: Error, CustomStringConvertible {
  let arguments: [String]
  let output: String
  var description: String { "tmux \(arguments.joined(separator: " ")): \(output)" }
}
