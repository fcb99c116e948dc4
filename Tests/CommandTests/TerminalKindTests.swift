import Glibc
import Spawning
import Testing

/// Terminals of every kind, and none.
@Suite("On a terminal", .timeLimit(.minutes(3)))
struct TerminalKindTests {
  private let console: ConsoleUnderTest
  init() throws { console = try ConsoleUnderTest() }

  @Test("resized down to the smallest and back it shows what it showed", .enabled(if: TmuxTerminal.isInstalled))
  func resizing() async throws {
    defer { console.remove() }
    let terminal = try TmuxTerminal(console.command, environment: console.environment, width: 200, height: 60)
    try await terminal.shows(ConsoleUnderTest.firstScreen)
    for (width, height) in [(20, 5), (200, 60), (1, 1), (80, 24), (40, 12)] {
      try terminal.resize(width: width, height: height)
      try await terminal.waits("for \(width)×\(height)") { $0.count <= height }
    }
    for step in 0..<40 { try terminal.resize(width: 20 + step * 4, height: 5 + step) }
    try await terminal.shows(ConsoleUnderTest.firstScreen)
    try terminal.press("C-c")
    #expect(try await terminal.ended() == 0)
  }

  @Test("that doesn't know its size it takes terminfo's")
  func noSize() async throws {
    defer { console.remove() }
    let terminal = try RawTerminal(width: 0, height: 0)
    try terminal.run(console.command, environment: console.environment)
    try await terminal.wrote(ConsoleUnderTest.firstScreen)
    terminal.resize(width: 0, height: 0)
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
  }

  @Test(
    "of any size it is told, it draws, and ends when it is asked to",
    arguments: [(1, 1), (2, 1), (65535, 65535), (65535, 1), (1, 65535), (1000, 500), (1001, 501)] as [(UInt16, UInt16)],
    ["xterm-256color", "linux"])
  func anySize(size: (UInt16, UInt16), term: String) async throws {
    defer { console.remove() }
    let terminal = try RawTerminal(width: size.0, height: size.1)
    try terminal.run(console.command, environment: console.environment(["TERM": term]))
    try await terminal.wrote("\u{1b}[")
    terminal.resize(width: 80, height: 24)
    try await terminal.wrote(ConsoleUnderTest.firstScreen)
    terminal.resize(width: size.0, height: size.1)
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
  }

  @Test("that a shell has left LINES and COLUMNS for, it believes its line; without one, these")
  func leftovers() async throws {
    defer { console.remove() }
    for (width, rows) in [(80, 24), (0, 14)] as [(UInt16, Int)] {
      let terminal = try RawTerminal(width: width, height: width == 0 ? 0 : 24)
      try terminal.run(console.command, environment: console.environment(["LINES": "14", "COLUMNS": "50"]))
      try await terminal.wrote(ConsoleUnderTest.firstScreen)
      try await terminal.settled()
      // The hints are in the last row.
      #expect(terminal.text.contains("\u{1b}[\(rows);") || terminal.text.contains("\u{1b}[\(rows)d"))
      #expect(!terminal.text.contains("\u{1b}[\(rows + 1)"))
      terminal.type("\u{3}")
      #expect(try await terminal.ended() == .exited(0))
    }
  }

  @Test(
    "without UTF-8 it draws in ASCII", .enabled(if: TmuxTerminal.isInstalled), arguments: ["C", "zh_CN.GBK", "POSIX"])
  func ascii(locale: String) async throws {
    defer { console.remove() }
    let terminal = try TmuxTerminal(console.command, environment: console.environment(["LANG": locale]))
    try await terminal.shows(ConsoleUnderTest.firstScreen)
    let screen = try terminal.screen()
    #expect(screen.joined().utf8.allSatisfy { $0 < 0x80 })
    #expect(!screen.joined().contains("??"))
  }

  @Test(
    "without UTF-8 it stays English, and names the variable that decides", .enabled(if: TmuxTerminal.isInstalled),
    arguments: [
      (["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], "LC_ALL=C"),
      (["LC_CTYPE": "POSIX", "LANG": "C.UTF-8"], "LC_CTYPE=POSIX"),
      (["LANG": "zh_CN.GBK"], "LANG=zh_CN.GBK"), (["LANG": nil], "LANG is not set"),
    ] as [([String: String?], String)])
  func noChinese(changes: [String: String?], setting: String) async throws {
    defer { console.remove() }
    let terminal = try TmuxTerminal(
      console.command + ["--language", "zh"], environment: console.environment(changes))
    let why = "This locale can't show Chinese (\(setting))"
    try await terminal.shows(ConsoleUnderTest.firstScreen, why)
    try await terminal.press("Down").hides(why)
    try await terminal.press("L").shows(why)
    #expect(try !terminal.screen().joined().contains("??"))
    #expect(try await terminal.press("C-c").ended() == 0)
  }

  @Test(
    "with a locale that isn't installed here it takes the charset all the same", .enabled(if: TmuxTerminal.isInstalled))
  func foreignLocale() async throws {
    defer { console.remove() }
    let changes = ["LANG": "en_NZ.UTF-8"]
    let terminal = try TmuxTerminal(console.command, environment: console.environment(changes))
    try await terminal.shows(ConsoleUnderTest.firstScreen)
    #expect(try terminal.screen().joined().contains { !$0.isASCII })
  }

  @Test(
    "that can't move its cursor, or that nobody knows, it says so, and what to do instead",
    arguments: [
      ("dumb", "can't move its cursor", "Use `acr-console --plain`"),
      ("", "TERM is not set", "Try `TERM=xterm-256color acr-console`, or `acr-console --plain`."),
      (nil, "TERM is not set", "Try `TERM=xterm-256color acr-console`"),
      (
        "no-such-terminal", "TERM=no-such-terminal is unknown here",
        "Try `TERM=xterm-256color acr-console`, or `acr-console --plain`."
      ),
    ] as [(String?, String, String)])
  func unusable(term: String?, said: String, mend: String) async throws {
    defer { console.remove() }
    let terminal = try RawTerminal()
    let before = terminal.settings
    try terminal.runUnderShell(console.command, environment: console.environment(["TERM": term]))
    try await terminal.wrote("[ended 64]")
    #expect(terminal.text.contains(said) && terminal.text.contains(mend))
    #expect(!terminal.text.contains("\u{1b}"))
    #expect(terminal.settings == before)
  }

  @Test("that isn't one it says so")
  func none() throws {
    defer { console.remove() }
    let (status, output) = try Spawn.run(console.command, environment: console.environment)
    #expect(status == 64)
    #expect(output.contains("terminal"))
    #expect(!output.contains("\u{1b}"))
  }

  @Test("with few colours or none it still draws", arguments: ["vt100", "linux", "xterm", "screen-256color"])
  func colours(term: String) async throws {
    defer { console.remove() }
    let terminal = try RawTerminal()
    try terminal.run(console.command, environment: console.environment(["TERM": term]))
    try await terminal.wrote(ConsoleUnderTest.firstScreen)
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
  }

  @Test(
    "shows no colours where NO_COLOR is set to anything, and still tells what is selected",
    arguments: ["1", "no", "", nil] as [String?],
    ["xterm-256color", "xterm-16color", "linux"])
  func noColor(value: String?, term: String) async throws {
    defer { console.remove() }
    let isPlain = value?.isEmpty == false
    let terminal = try RawTerminal()
    try terminal.run(console.command, environment: console.environment(["TERM": term, "NO_COLOR": value]))
    try await terminal.wrote(ConsoleUnderTest.firstScreen)
    terminal.type("?")
    try await terminal.wrote("Keys")
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
    let numbers = terminal.text.matches(of: /\u{1b}\[([0-9;:]*)m/).flatMap { $0.1.split { ";:".contains($0) } }
    let colours = numbers.compactMap { Int($0) }.filter { (30...38).contains($0) || (40...48).contains($0) || $0 >= 90 }
    #expect(colours.isEmpty == isPlain)
    #expect(!isPlain || numbers.contains("7") && numbers.contains("1"))
  }

  @Test("at rest nothing wakes it")
  func rest() async throws {
    defer { console.remove() }
    let terminal = try RawTerminal()
    try terminal.run(console.command, environment: console.environment)
    try await terminal.wrote(ConsoleUnderTest.firstScreen)
    try await terminal.settled()
    // Start-up may still have something to do: two looks alike are rest.
    var before = switches(of: terminal.program)
    let rested = try await Patience.wait {
      usleep(500_000)
      let now = switches(of: terminal.program)
      defer { before = now }
      return now == before ? true : nil
    }
    #expect(rested == true, "\(before) changes of context by now")
  }

  /// How often the process's threads have waited and woken.
  private func switches(of process: pid_t) -> [String] {
    var all: [String] = []
    guard let folder = opendir("/proc/\(process)/task") else { return [] }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let file = fopen("/proc/\(process)/task/\(name)/status", "re") else { continue }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 256)
      while fgets(&line, 256, file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if text.hasPrefix("voluntary") { all.append(name + text) }
      }
    }
    return all.sorted()
  }
}
