import Glibc
import SecureBuild
import TOMLKit
import TerminalUI

/// `settings.toml` as read. Whatever is wrong with it is named with its line and left out; nothing stops the program.
public struct SettingsFile: Sendable, Equatable {
  /// Where it is, or would be.
  public let path: String
  /// Whether there is such a file.
  public private(set) var exists = false
  public private(set) var problems: [SettingsProblem] = []
  /// Why it can't be read at all, in the system's words: what it sets isn't known then.
  public private(set) var unreadable: String?

  private(set) var language: Setting<Language>?
  private(set) var theme: Setting<String>?
  private(set) var mouse: Setting<Bool>?
  private(set) var escapeDelay: Setting<Int>?
  private(set) var credentialHelper: Setting<String>?
  private(set) var keys: [KeySetting] = []
  private(set) var build: [BuildSettingName: Setting<Int>] = [:]
  private(set) var cluster: [ClusterSettingName: Setting<ClusterSettings.Value>] = [:]

  /// Reads the file; one that isn't there sets nothing.
  public init(reading path: String) {
    self.path = path
    switch Self.text(of: path) {
    case .success(let text?):
      exists = true
      read(text)
    case .success(nil): break
    case .failure(let fault):
      exists = true
      unreadable = fault.reason
      problems = [SettingsProblem(file: path, line: 0, what: .unreadable(fault.reason))]
    }
  }

  /// Takes the file's text as given.
  init(_ text: String, path: String) {
    self.path = path
    exists = true
    read(text)
  }

  /// The file's problems, and its theme where there is none of that name.
  /// - Parameter themes: the names of those that there are.
  public func problems(among themes: [String]) -> [SettingsProblem] {
    guard let theme, case .file(let line) = theme.source, !themes.contains(theme.value) else { return problems }
    let missing = SettingsProblem(file: path, line: line, what: .noSuchTheme(theme.value, themes))
    return (problems + [missing]).sorted { $0.line < $1.line }
  }

  private mutating func read(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // Also where nothing else can be read: no secret may get into a file because of a slip in another line.
    let helper = SettingName.credentialHelper.rawValue
    if lines.contains(where: { Self.begins($0, with: helper) }) {
      credentialHelper = Setting("", from: .file(line: Self.line(of: helper, in: lines)))
    }
    if let flaw = TOMLFlaw(in: text) {
      problems.append(SettingsProblem(file: path, line: flaw.line, what: .syntax(flaw.words)))
      return
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      problems.append(SettingsProblem(file: path, line: error.source.begin.line, what: .syntax(error.description)))
      return
    } catch {
      problems.append(SettingsProblem(file: path, line: 1, what: .syntax("\(error)")))
      return
    }
    for key in table.keys {
      guard let value = table[key] else { continue }
      let line = Self.line(of: key, in: lines)
      if let flaw = take(key, value, line, lines) {
        problems.append(SettingsProblem(file: path, line: line, what: flaw))
      }
    }
    problems.sort { $0.line < $1.line }
  }

  /// Takes one value; what is wrong with it, where something is.
  private mutating func take(
    _ key: String, _ value: any TOMLValueConvertible, _ line: Int, _ lines: [Substring]
  ) -> SettingsProblem.What? {
    switch SettingName(rawValue: key) {
    case .language:
      guard let language = value.string.flatMap(Language.init(rawValue:)) else { return .notOneOf(key, ["en", "zh"]) }
      self.language = Setting(language, from: .file(line: line))
    case .theme:
      guard let name = value.string, !name.isEmpty else { return .notAText(key) }
      theme = Setting(name, from: .file(line: line))
    case .mouse:
      guard let mouse = value.bool else { return .notOneOf(key, ["true", "false"]) }
      self.mouse = Setting(mouse, from: .file(line: line))
    case .escapeDelay:
      let delays = SettingName.delays
      guard let delay = value.int, delays.contains(delay) else { return .notInRange(key, delays) }
      escapeDelay = Setting(delay, from: .file(line: line))
    case .credentialHelper:
      guard let name = value.string, CredentialHelperName.isUsable(name) else {
        return .notSuch(key, SettingName.credentialHelper.values)
      }
      credentialHelper = Setting(name, from: .file(line: line))
    case .keys:
      guard let table = value.table else { return .notATable(key) }
      let read = Self.keys(table, headed: line, in: lines, of: path)
      keys = read.keys
      problems += read.problems
    case .build:
      guard let table = value.table else { return .notATable(key) }
      let read = Self.build(table, headed: line, in: lines, of: path)
      build = read.values
      problems += read.problems
    case .kubernetes:
      guard let table = value.table else { return .notATable(key) }
      let read = Self.cluster(table, headed: line, in: lines, of: path)
      cluster = read.values
      problems += read.problems
    case nil: return .unknownKey(key)
    }
    return nil
  }

  /// The library gives positions for syntax alone: the line is the first that begins with the key.
  private static func line(of key: String, in lines: [Substring]) -> Int {
    (lines.firstIndex { begins($0, with: key) } ?? 0) + 1
  }

  /// Whether a line begins with a key, bare or in quotes, or with it in a heading.
  static func begins(_ line: Substring, with key: String) -> Bool {
    let start = line.drop { $0 == " " || $0 == "\t" || $0 == "\"" || $0 == "'" || $0 == "[" }
    guard start.hasPrefix(key) else { return false }
    return start.dropFirst(key.count).first.map { !($0.isLetter || $0.isNumber || "_-".contains($0)) } ?? true
  }

  // MARK: Reading

  struct Unreadable: Error {
    let reason: String
    init(_ code: Int32) { reason = String(cString: strerror(code)) }
  }

  /// The file's text; nil where there is none. A megabyte at most: what is longer is no settings file.
  static func text(of path: String) -> Result<String?, Unreadable> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      return errno == ENOENT || errno == ENOTDIR ? .success(nil) : .failure(Unreadable(errno))
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(Unreadable(errno))
      }
      if count == 0 { return .success(String(decoding: bytes, as: UTF8.self)) }
      bytes += chunk[..<count]
      if bytes.count > 1 << 20 { return .failure(Unreadable(EFBIG)) }
    }
  }
}
