import Glibc
import Testing

/// The keys as terminals send them: as their descriptions say, and as xterm and its like do in either mode.
@Suite("Keys of a terminal", .enabled(if: TmuxTerminal.isInstalled), .timeLimit(.minutes(5)))
struct TerminalKeyTests {
  /// What the keys send that move and delete in a field.
  private struct Encoding {
    var left = "\u{1b}[D"
    var right = "\u{1b}[C"
    var home: String
    var end: String
    var delete = "\u{1b}[3~"
  }

  private static let common = [
    Encoding(home: "\u{1b}[H", end: "\u{1b}[F"),
    Encoding(left: "\u{1b}OD", right: "\u{1b}OC", home: "\u{1b}OH", end: "\u{1b}OF"),
    Encoding(home: "\u{1b}[1~", end: "\u{1b}[4~"), Encoding(home: "\u{1b}[7~", end: "\u{1b}[8~"),
  ]

  private func encodings(_ info: Terminfo) throws -> [Encoding] {
    let first = Self.common[0]
    return try [
      Encoding(
        left: info.key("kcub1") ?? first.left, right: info.key("kcuf1") ?? first.right,
        home: info.key("khome") ?? first.home, end: info.key("kend") ?? first.end,
        delete: info.key("kdch1") ?? first.delete)
    ] + Self.common
  }

  private let ground: TrainingGround
  init() async throws { ground = try await TrainingGround() }

  private func opened(_ term: String) async throws -> TmuxTerminal {
    let terminal = try TmuxTerminal(
      [Sandbox.program], environment: ground.sandbox.environment(), width: 100, height: 30, term: term)
    return try await terminal.shows("▸ build-prod")
  }

  @Test("move and delete in a field", arguments: Terminfo.common)
  func field(term: String) async throws {
    guard let info = try Terminfo.known(term) else { return }
    let terminal = try await opened(term)
    for keys in try encodings(info) {
      try terminal.type("/bcd").type(keys.home).type("a").type(keys.end).type("e").type(keys.left).type("x")
      try terminal.type(keys.right).type("y").type(keys.home).type(keys.delete)
      try await terminal.shows("/ bcdxey")
      try terminal.type(keys.end).type("\u{7f}\u{8}z")
      try await terminal.shows("/ bcdxz")
      try await terminal.press("Escape").shows("build-prod")
    }
    #expect(try await terminal.press("C-c").ended() == 0)
    #expect(try !terminal.isAlternate())
  }

  @Test("move in a list and open help", arguments: Terminfo.common)
  func list(term: String) async throws {
    guard let info = try Terminfo.known(term) else { return }
    let terminal = try await opened(term)
    let ways = try [
      (info.key("kcuu1") ?? "\u{1b}[A", info.key("kcud1") ?? "\u{1b}[B", info.key("kf1") ?? "\u{1b}OP"),
      ("\u{1b}[A", "\u{1b}[B", "\u{1b}[11~"), ("\u{1b}OA", "\u{1b}OB", "\u{1b}OP"),
    ]
    let pages = try [(info.key("kpp") ?? "\u{1b}[5~", info.key("knp") ?? "\u{1b}[6~"), ("\u{1b}[5~", "\u{1b}[6~")]
    for (up, down, help) in ways {
      try await terminal.type(down).shows("▸ build-staging").type(up).shows("▸ build-prod")
      try await terminal.type(help).shows("In lists").press("Escape").hides("In lists")
    }
    for (up, down) in pages {
      try await terminal.type(down).hides("▸ build-prod").type(up).shows("▸ build-prod")
    }
    #expect(try await terminal.press("C-c").ended() == 0)
  }

  /// Pieces of a key, and what "abc" is in a field when then `X` is typed.
  @Test(
    "that come in two pieces are never text",
    arguments: [
      ("\u{1b}[D", "abXc"), ("\u{1b}OD", "abXc"), ("\u{1b}[1~", "Xabc"), ("\u{1b}[H", "Xabc"), ("\u{1b}[1;5D", "Xabc"),
      ("\u{1b}[<64;9;9M", "abcX"), ("\u{1b}[99~", "abcX"), ("中", "abc中X"), ("\u{1b}[200~q\u{1b}[201~", "abcqX"),
    ])
  func pieces(key: String, text: String) async throws {
    let terminal = try await opened("xterm-256color")
    let bytes = Array(key.utf8)
    for cut in 1..<bytes.count {
      try await terminal.type("/abc").shows("/ abc")
      try terminal.send(Array(bytes[..<cut]))
      // Longer than the escape delay: what is tested is this pause.
      usleep(80_000)
      try terminal.send(Array(bytes[cut...]))
      if cut == 1, bytes[0] == 0x1b {
        // The Esc came alone and cleared the filter; the rest was a key of the list's, or nothing.
        try await terminal.type("/X").shows("/ X")
      } else {
        try await terminal.type("X").shows("/ \(text) ")
      }
      try await terminal.press("Escape").shows("/ filter")
    }
    #expect(try await terminal.press("C-c").ended() == 0)
  }
}
