import TerminalUI

/// Which keys do what: the defaults, and what the settings put in their place.
public struct Keymap: Sendable, Equatable {
  private var chords: [Command: [Chord]] = [:]

  /// The keys as they come.
  public init() {}

  /// The keys as the settings have them. What can't be had is left as it comes, and named.
  init(_ remapped: [(command: Command, chords: [Chord], line: Int)]) {
    for entry in remapped { chords[entry.command] = entry.chords }
  }

  func chords(of command: Command) -> [Chord] { chords[command] ?? command.defaultKeys }

  /// The key that hints show; nil where none does it.
  func hint(of command: Command) -> String? { chords(of: command).first?.text }

  /// The key that hints of a place show: one that isn't typed there.
  func hint(of command: Command, in scope: Scope) -> String? {
    chords(of: command).first { !scope.isFixed($0.keys[0]) }?.text
  }

  mutating func set(_ chords: [Chord], for command: Command) { self.chords[command] = chords }

  mutating func reset(_ command: Command) { chords[command] = nil }

  /// What keys pressed one after the other come to, among some commands.
  enum Meaning: Equatable {
    case command(Command)
    /// They begin what another key completes.
    case beginning
    case nothing
  }

  func meaning(of keys: [Key], among commands: some Sequence<Command>) -> Meaning {
    var begins = false
    for command in commands {
      for chord in chords(of: command) {
        if chord.keys == keys { return .command(command) }
        if chord.keys.count > keys.count, chord.keys.starts(with: keys) { begins = true }
      }
    }
    return begins ? .beginning : .nothing
  }

  /// The keys of a command that have a fixed meaning in a place where it works, and so would never reach it there; with
  /// what else would work, such as `?` besides F1 in a form, that is no loss.
  func lost(_ command: Command) -> Chord? {
    for scope in Scope.allCases where scope.commands.contains(command) {
      let chords = chords(of: command)
      if !chords.isEmpty, chords.allSatisfy({ scope.isFixed($0.keys[0]) }) { return chords[0] }
    }
    return nil
  }

  /// Commands that have the same key in one place; each pair once.
  var clashes: [(chord: Chord, commands: (Command, Command))] {
    var found: [(chord: Chord, commands: (Command, Command))] = []
    for scope in Scope.allCases {
      let commands = scope.commands
      for (index, command) in commands.enumerated() {
        for other in commands[(index + 1)...] where other != command {
          guard
            let chord = chords(of: command).first(where: { mine in
              chords(of: other).contains { $0.clashes(with: mine) }
            }), !found.contains(where: { $0.commands == (command, other) })
          else { continue }
          found.append((chord, (command, other)))
        }
      }
    }
    return found
  }
}
