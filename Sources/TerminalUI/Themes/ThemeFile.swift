import TOMLKit

/// A theme file as read: what it inherits, and styles by role. Every fault is named with its line.
struct ThemeFile {
  var inherits: String?
  /// The least contrast of text; nil where the file doesn't say.
  var contrast: Double?
  var styles: [Role: Style] = [:]
  var problems: [ThemeProblem] = []

  private let name: String
  private let lines: [Substring]
  private var palette: [String: ThemeColor] = [:]

  /// - Parameter name: the file's name, as problems show it.
  init(_ text: String, name: String) {
    self.name = name
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if let flaw = TOMLFlaw(in: text) {
      problems.append(ThemeProblem(file: name, line: flaw.line, what: .syntax(flaw.words)))
      return
    }
    do {
      read(try TOMLTable(string: text))
    } catch let error as TOMLParseError {
      problems.append(ThemeProblem(file: name, line: error.source.begin.line, what: .syntax(error.description)))
    } catch {
      problems.append(ThemeProblem(file: name, line: 1, what: .syntax("\(error)")))
    }
  }

  private mutating func read(_ table: TOMLTable) {
    inherits = table["inherits"]?.string
    if let value = table["contrast"] { readContrast(value) }
    if let colours = table["palette"]?.table {
      for key in colours.keys { palette[key] = colour(colours[key], at: key, in: "palette") }
    }
    guard let roles = table["roles"]?.table else { return }
    for key in roles.keys {
      guard let role = Role(rawValue: key) else {
        complain(.unknownRole(key), at: key)
        continue
      }
      if let entry = roles[key]?.table {
        styles[role] = style(entry, at: key)
      } else {
        complain(.notAStyle(key), at: key)
      }
    }
  }

  private mutating func readContrast(_ value: any TOMLValueConvertible) {
    guard let number = value.double ?? value.int.map(Double.init), (1...21).contains(number) else {
      complain(.badContrast, at: "contrast", in: nil)
      return
    }
    contrast = number
  }

  private mutating func style(_ table: TOMLTable, at key: String) -> Style {
    var style = Style(
      foreground: colour(table["fg"], at: key, in: "roles"), background: colour(table["bg"], at: key, in: "roles"))
    for index in 0..<(table["attributes"]?.array?.count ?? 0) {
      let name = table["attributes"]?.array?[index].string ?? ""
      if let attribute = Style.Attributes(named: name) {
        style.attributes.insert(attribute)
      } else {
        complain(.badAttribute(name), at: key)
      }
    }
    for member in table.keys where !["fg", "bg", "attributes"].contains(member) {
      complain(.notAStyle(member), at: key)
    }
    return style
  }

  /// A name of the palette, `#rrggbb`, or `["#rrggbb", "blue"]`.
  private mutating func colour(_ value: (any TOMLValueConvertible)?, at key: String, in section: String) -> ThemeColor?
  {
    guard let value else { return nil }
    let parts = value.array.map { array in (0..<array.count).map { array[$0].string ?? "" } } ?? [value.string ?? ""]
    if parts.count == 1, let known = palette[parts[0]] ?? RGB(parts[0]).map({ ThemeColor($0) }) { return known }
    guard parts.count == 2, let rgb = RGB(parts[0]) else {
      complain(.badColour(parts.joined(separator: ", ")), at: key, in: section)
      return nil
    }
    guard let named = ThemeColor.names.firstIndex(of: parts[1]) else {
      complain(.badName(parts[1]), at: key, in: section)
      return nil
    }
    return ThemeColor(rgb, named: named)
  }

  private mutating func complain(_ what: ThemeProblem.What, at key: String, in section: String? = "roles") {
    problems.append(ThemeProblem(file: name, line: line(of: key, in: section), what: what))
  }

  /// The library gives positions for syntax alone: the line is the first in the section that begins with the key.
  func line(of key: String, in section: String?) -> Int {
    let header = section.flatMap { name in lines.firstIndex { $0.filter { $0 != " " }.hasPrefix("[\(name)]") } }
    let index = lines.indices.dropFirst(header ?? 0).first { index in
      let start = lines[index].drop { $0 == " " || $0 == "\t" || $0 == "\"" }
      return start.hasPrefix(key)
        && !(start.dropFirst(key.count).first.map { $0.isLetter || $0.isNumber || ".-_".contains($0) } ?? false)
    }
    return (index ?? 0) + 1
  }
}

/// What is wrong with a theme file.
public struct ThemeProblem: Error, Sendable, Equatable {
  public let file: String
  public let line: Int
  public let what: What

  public enum What: Sendable, Equatable {
    /// Not TOML; the parser's words.
    case syntax(String)
    case unknownRole(String)
    case badColour(String)
    /// None of the sixteen colours that terminals have names for.
    case badName(String)
    /// Not a number from 1 to 21.
    case badContrast
    case badAttribute(String)
    case notAStyle(String)
    /// `inherits` names no theme, or one that inherits this.
    case unknownParent(String)
    /// No regular text file of less than 1 MiB, or not allowed to be read.
    case unreadable
  }
}
