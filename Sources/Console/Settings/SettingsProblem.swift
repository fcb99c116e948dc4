import SecureBuild

/// What is wrong in `settings.toml`, and where.
public struct SettingsProblem: Error, Sendable, Equatable {
  public let file: String
  /// Counted from 1; 0 where the file as a whole is meant.
  public let line: Int
  public let what: What

  public enum What: Sendable, Equatable {
    /// Not TOML; the parser's words.
    case syntax(String)
    case unknownKey(String)
    /// Nothing of a table; what it has.
    case unknownKeyOf(SettingName, String, [String])
    case notAText(String)
    case notOneOf(String, [String])
    case notInRange(String, ClosedRange<Int>)
    /// Not what it may be, which is told.
    case notSuch(String, Phrase)
    /// A theme that isn't there; those that are.
    case noSuchTheme(String, [String])
    case notATable(String)
    /// An action of the table `[keys]` that is given anything but keys.
    case notKeys(String)
    /// The system's own words.
    case unreadable(String)
  }

  /// Whether a setting that a person has given may go unseen by it, whichever it is.
  public var mayHideSetting: Bool {
    switch what {
    case .syntax, .unknownKey, .unknownKeyOf, .unreadable: true
    case .notAText, .notOneOf, .notInRange, .notSuch, .noSuchTheme, .notATable, .notKeys: false
    }
  }

  private static let names = SettingName.allCases.map(\.rawValue)

  /// `file:line: what`, with what counts instead.
  public var sentence: Phrase {
    let place = line > 0 ? "\(file):\(line)" : file
    return Phrase("\(place): \(text.en)", "\(place)：\(text.zh)")
  }

  /// What is wrong, without the place.
  public var text: Phrase {
    switch what {
    case .syntax(let words): Phrase("not TOML: \(words)", "不是合法的 TOML：\(words)")
    case .unknownKey(let key):
      Phrase(
        "there is no setting “\(key)”; there are \(Self.names.joined(separator: ", "))",
        "没有名为“\(key)”的设置；可用的有 \(Self.names.joined(separator: "、"))")
    case .unknownKeyOf(let table, let key, let names):
      Phrase(
        "there is no setting “\(table.rawValue).\(key)”; there are \(names.joined(separator: ", "))",
        "没有名为“\(table.rawValue).\(key)”的设置；可用的有 \(names.joined(separator: "、"))")
    case .notAText(let key): Phrase("“\(key)” must be a text in quotes", "“\(key)”必须是带引号的文本")
    case .notOneOf(let key, let values):
      Phrase("“\(key)” must be \(values.joined(separator: " or "))", "“\(key)”只能是 \(values.joined(separator: " 或 "))")
    case .notInRange(let key, let range):
      Phrase(
        "“\(key)” must be a number from \(range.lowerBound) to \(range.upperBound)",
        "“\(key)”必须是 \(range.lowerBound) 到 \(range.upperBound) 之间的整数")
    case .notSuch(let key, let values):
      Phrase("“\(key)” must be \(values.en)", "“\(key)”必须是\(values.zh)")
    case .noSuchTheme(let name, let names):
      Phrase(
        "there is no theme “\(name)”; there are \(names.joined(separator: ", "))",
        "没有名为“\(name)”的主题；可用的有 \(names.joined(separator: "、"))")
    case .notATable(let key):
      Phrase("“\(key)” must be a table: [\(key)] on a line of its own", "“\(key)”必须是表：单独一行写 [\(key)]")
    case .notKeys(let command):
      Phrase(
        "“\(command)” must be a key in quotes, or a list of such: \"x\" or [\"x\", \"y\"]",
        "“\(command)”必须是带引号的按键或其列表：\"x\" 或 [\"x\", \"y\"]")
    case .unreadable(let words): Phrase("can't be read: \(words)", "无法读取：\(words)")
    }
  }
}
