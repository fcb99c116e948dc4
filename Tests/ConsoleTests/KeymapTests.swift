import TerminalUI
import Testing

@testable import Console

@Suite("Keys")
struct KeymapTests {
  @Test("as they come never mean two things in one place")
  func noClash() {
    #expect(Keymap().clashes.map { "\($0.chord.text): \($0.commands.0), \($0.commands.1)" } == [])
  }

  @Test("are written as hints show them", arguments: Command.allCases)
  func roundTrip(command: Command) {
    for chord in command.defaultKeys { #expect(Chord(chord.text) == chord) }
  }

  @Test(
    "have many names, and what isn't one is refused",
    arguments: [
      ("x", Chord(.character("x"))), ("Ctrl-O", Chord(.control("o"))), ("ctrl-o", Chord(.control("o"))),
      ("Alt-x", Chord(.alt("x"))), ("F5", Chord(.function(5))), ("PageUp", Chord(.pageUp)),
      ("Space", Chord(.character(" "))),
      ("g s", Chord(.character("g"), .character("s"))), ("中", Chord(.character("中"))), ("↓", Chord(.down)),
      ("Ctrl-M", Chord(.enter)),
      ("Ctrl-I", Chord(.tab)), ("g s x", nil), ("", nil), ("Ctrl-", nil), ("Hyper-x", nil), ("F99", nil), ("xy", nil),
      ("Ctrl-1", nil),
    ])
  func names(text: String, chord: Chord?) { #expect(Chord(text) == chord) }

  @Test("can be remapped")
  func remapped() {
    let (keymap, problems) = Keymap.reading(
      [KeySetting("check", ["F5", "x"], 2), KeySetting("unbind", [], 3)], file: "settings.toml")
    #expect(problems.isEmpty)
    #expect(keymap.meaning(of: [.function(5)], among: Scope.codeSource.commands) == .command(.check))
    #expect(keymap.meaning(of: [.character("R")], among: Scope.codeSource.commands) == .nothing)
    #expect(keymap.meaning(of: [.character("u")], among: Scope.codeSource.commands) == .nothing)
    #expect(keymap.hint(of: .check) == "F5")
  }

  @Test(
    "that can't be had are named with their line, and the default stays",
    arguments: [
      (KeySetting("check", ["m"], 7), KeymapProblem.What.clash("m", "check", "links")),
      (KeySetting("check", ["g"], 7), .clash("g g", "first", "check")),
      (KeySetting("check", ["g s"], 7), .clash("g s", "check", "go-security-group")),
      (KeySetting("check", ["Esc"], 7), .reserved("Esc")),
      (KeySetting("check", ["Ctrl-C x"], 7), .reserved("Ctrl-C x")),
      (KeySetting("check", ["Meta-Q"], 7), .unknownKey("Meta-Q")),
      (KeySetting("dance", ["x"], 7), .unknownAction("dance")),
      // Where an action is needed a letter may be typed, or a key have a fixed meaning.
      (KeySetting("submit", ["a"], 7), .lost("a", "submit")),
      (KeySetting("accept", ["Enter"], 7), .lost("Enter", "accept")),
      (KeySetting("training-values", ["Tab"], 7), .lost("Tab", "training-values")),
      (KeySetting("help", ["H"], 7), .lost("H", "help")),
    ])
  func problems(setting: KeySetting, what: KeymapProblem.What) {
    let (keymap, problems) = Keymap.reading([setting], file: "settings.toml")
    #expect(problems.map(\.line).allSatisfy { $0 == 7 })
    #expect(problems.map(\.what) == [what])
    #expect(keymap == Keymap())
    #expect(keymap.clashes.isEmpty)
  }

  @Test("may be swapped: a clash is one only where it stays")
  func swapped() {
    let (keymap, problems) = Keymap.reading(
      [KeySetting("links", ["b"], 1), KeySetting("bind", ["m"], 2)], file: "settings.toml")
    #expect(problems.isEmpty)
    #expect(keymap.hint(of: .links) == "b")
  }
}

extension KeySetting {
  init(_ command: String, _ keys: [String], _ line: Int) { self.init(command: command, keys: keys, line: line) }
}
