import Glibc
import Testing

/// However the program ends or stops, its terminal is as it was before.
@Suite("The terminal is given back", .timeLimit(.minutes(3)))
struct TerminalReturnTests {
  private let console: ConsoleUnderTest
  init() throws { console = try ConsoleUnderTest() }

  /// The program on its first screen, under a shell.
  private func opened(_ changes: [String: String?] = [:]) async throws -> (RawTerminal, RawTerminal.LineSettings) {
    let terminal = try RawTerminal()
    let before = terminal.settings
    try terminal.runUnderShell(console.command, environment: console.environment(changes))
    try await terminal.wrote(ConsoleUnderTest.firstScreen)
    try await terminal.settled()
    #expect(!terminal.settings.echoes)
    return (terminal, before)
  }

  /// Alternate screen left, cursor shown, mouse and paste no longer reported, the line as it was.
  private func expectGivenBack(
    _ terminal: RawTerminal, as before: RawTerminal.LineSettings, at place: SourceLocation = #_sourceLocation
  ) {
    #expect(terminal.settings == before, sourceLocation: place)
    for (on, off) in [("[?1049h", "[?1049l"), ("[?25l", "[?25h"), ("1000h", "1000l"), ("[?2004h", "[?2004l")] {
      let text = terminal.text
      let lastOn = text.ranges(of: on).last?.lowerBound ?? text.startIndex
      let lastOff = text.ranges(of: off).last?.lowerBound ?? text.startIndex
      #expect(lastOff > lastOn, "\(off) after \(on)", sourceLocation: place)
    }
  }

  @Test("when somebody quits by Ctrl-C")
  func quit() async throws {
    defer { console.remove() }
    let (terminal, before) = try await opened()
    terminal.type("\u{3}")
    try await terminal.wrote("[ended 0]")
    expectGivenBack(terminal, as: before)
  }

  @Test("when a signal asks it to end", arguments: [SIGTERM, SIGHUP, SIGQUIT])
  func asked(signal: Int32) async throws {
    defer { console.remove() }
    let (terminal, before) = try await opened()
    terminal.signal(signal)
    try await terminal.wrote("[ended \(128 + signal)]")
    expectGivenBack(terminal, as: before)
  }

  @Test(
    "when a signal asks it to end after it has run other programs, which have threads of their own wait for them",
    .enabled(if: BuildMachine.canBuild, "\(BuildMachine.obstacle ?? "")"))
  func askedAfterPrograms() async throws {
    defer { console.remove() }
    let ground = try await BuildGround()
    for signal in [SIGTERM, SIGHUP] {
      let terminal = try RawTerminal()
      let before = terminal.settings
      try terminal.runUnderShell(console.command, environment: ground.sandbox.environment(["TERM": "xterm-256color"]))
      for (wanted, keys) in [
        ("build-prod", "\r"), ("Instance ID", "gr"), ("team/hello", "\r"), ("Build rules", "B"),
      ] {
        try await terminal.wrote(wanted)
        terminal.type(keys)
      }
      // It has looked what this machine has, by programs, before it queued the build.
      try await terminal.wrote("Waits for its turn")
      terminal.signal(signal)
      try await terminal.wrote("[ended \(128 + signal)]")
      expectGivenBack(terminal, as: before)
    }
  }

  @Test("when it traps", arguments: [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP])
  func trap(signal: Int32) async throws {
    defer { console.remove() }
    let (terminal, before) = try await opened()
    terminal.signal(signal)
    try await terminal.wrote("[ended \(128 + signal)]")
    expectGivenBack(terminal, as: before)
  }

  @Test("when it is stopped by Ctrl-Z, and taken again by fg")
  func stopped() async throws {
    defer { console.remove() }
    let terminal = try RawTerminal()
    try terminal.run(
      ["/bin/bash", "--norc", "--noprofile", "-i"], environment: console.environment(["PS1": "ready> "]))
    try await terminal.wrote("ready> ")
    terminal.type("\(console.command.joined(separator: " "))\n")
    try await terminal.wrote(ConsoleUnderTest.firstScreen)
    try await terminal.settled()
    terminal.type("\u{1a}")
    try await terminal.wrote("Stopped")
    let stopped = terminal.text
    for off in ["[?1049l", "[?25h", "1000l", "[?2004l"] { #expect(stopped.contains(off)) }
    terminal.type("echo sum $((40 + 2)); stty -a\n")
    try await terminal.wrote("sum 42")
    try await terminal.wrote(" echo ")

    let mark = terminal.output.count
    terminal.type("fg\n")
    try await terminal.wrote("[?1049h", since: mark)
    try await terminal.wrote(ConsoleUnderTest.firstScreen, since: mark)
    try await terminal.settled()
    terminal.type("\u{3}")
    try await terminal.wrote("ready> ", since: terminal.output.count)
    terminal.type("echo left $?; exit\n")
    try await terminal.wrote("left 0")
    #expect(try await terminal.ended() == .exited(0))
  }

  @Test("and redrawn when others stopped it and had the terminal meanwhile")
  func stoppedByOthers() async throws {
    defer { console.remove() }
    let (terminal, before) = try await opened()
    let mark = terminal.output.count
    terminal.signal(SIGSTOP)
    terminal.signal(SIGCONT)
    try await terminal.wrote(ConsoleUnderTest.firstScreen, since: mark)
    terminal.type("\u{3}")
    try await terminal.wrote("[ended 0]")
    expectGivenBack(terminal, as: before)
  }

  @Test("not, but it ends, when the line hangs up")
  func hungUp() async throws {
    defer { console.remove() }
    let terminal = try RawTerminal()
    try terminal.run(console.command, environment: console.environment)
    try await terminal.wrote(ConsoleUnderTest.firstScreen)
    terminal.hangUp()
    let ending = try await terminal.ended()
    #expect(ending == .exited(128 + SIGHUP))
  }

  @Test("and Ctrl-Z does nothing where no shell could let it go on")
  func noShell() async throws {
    defer { console.remove() }
    let terminal = try RawTerminal()
    try terminal.run(console.command, environment: console.environment)
    try await terminal.wrote(ConsoleUnderTest.firstScreen)
    terminal.type("\u{1a}\u{3}")
    #expect(try await terminal.ended() == .exited(0))
  }
}
