import SecureBuild

extension Keymap {
  /// The keys as a person's settings have them. An action whose keys can't be had keeps those that it comes with.
  /// - Returns: the keymap, and what was wrong, each with its line.
  public static func reading(_ settings: [KeySetting], file: String) -> (keymap: Keymap, problems: [KeymapProblem]) {
    var keymap = Keymap()
    var problems: [KeymapProblem] = []
    var lines: [Command: Int] = [:]
    for setting in settings {
      func complain(_ what: KeymapProblem.What) {
        problems.append(KeymapProblem(file: file, line: setting.line, what: what))
      }
      guard let command = Command(rawValue: setting.command) else {
        complain(.unknownAction(setting.command))
        continue
      }
      let chords = setting.keys.map { (text: $0, chord: Chord($0)) }
      if let unknown = chords.first(where: { $0.chord == nil }) {
        complain(.unknownKey(unknown.text))
      } else if let reserved = chords.first(where: { $0.chord?.isReserved == true }) {
        complain(.reserved(reserved.text))
      } else {
        keymap.set(chords.compactMap(\.chord), for: command)
        if let lost = keymap.lost(command) {
          complain(.lost(lost.text, command.rawValue))
          keymap.reset(command)
        } else {
          lines[command] = setting.line
        }
      }
    }
    // Taking one back may free a key or bring another clash: until there is none.
    while let clash = keymap.clashes.first {
      let (one, other) = clash.commands
      let line = max(lines[one] ?? 0, lines[other] ?? 0)
      problems.append(
        KeymapProblem(
          file: file, line: line, what: .clash(clash.chord.text, one.rawValue, other.rawValue)))
      for command in [one, other] where lines[command] == line {
        keymap.reset(command)
        lines[command] = nil
      }
      if line == 0 { break }
    }
    return (keymap, problems.sorted { $0.line < $1.line })
  }
}

/// What is wrong with a key in the settings.
public struct KeymapProblem: Error, Sendable, Equatable {
  public let file: String
  public let line: Int
  public let what: What

  public enum What: Sendable, Equatable {
    case unknownAction(String)
    case unknownKey(String)
    /// A key that is needed to get out of everything.
    case reserved(String)
    /// A key that is typed, or has a fixed meaning, where the action is needed: the key and the action.
    case lost(String, String)
    /// A key that would do two things in one place: the key and both actions.
    case clash(String, String, String)
  }

  /// `file:line: what`, with what counts instead.
  public var sentence: Phrase { Phrase("\(file):\(line): \(text.en)", "\(file):\(line)：\(text.zh)") }

  /// What is wrong, without the place.
  public var text: Phrase {
    switch what {
    case .unknownAction(let name):
      Phrase(
        "there is no action “\(name)”; `acr-console settings show` lists them",
        "没有名为“\(name)”的操作，可用 `acr-console settings show` 查看")
    case .unknownKey(let name):
      Phrase(
        "“\(name)” is no key; write x, Ctrl-X, Alt-x, F5, Enter, PgUp … or two of them with a space between",
        "“\(name)”不是按键；请写作 x、Ctrl-X、Alt-x、F5、Enter、PgUp 等，或以空格分隔的两个按键")
    case .reserved(let name):
      Phrase("“\(name)” always does the same and can't be taken", "“\(name)”的作用固定，不能更改")
    case .lost(let key, let name):
      Phrase(
        "“\(key)” is typed or means something else where \(name) is needed; the keys that come with it are used",
        "在需要 \(name) 的地方，“\(key)”用于输入或另有固定作用；已使用默认按键")
    case .clash(let key, let one, let other):
      Phrase(
        "“\(key)” would be both \(one) and \(other) in one place; the keys that come with it are used",
        "“\(key)”在同一处同时对应 \(one) 和 \(other)；已使用默认按键")
    }
  }
}

extension Command {
  /// All actions with the keys that they have, for `settings show`.
  public static func keys(by keymap: Keymap) -> [(command: Command, keys: [String], isDefault: Bool)] {
    allCases.map { command in
      let chords = keymap.chords(of: command)
      return (command, chords.map(\.text), chords == command.defaultKeys)
    }
  }
}
