/// The version (镜像版本) of a rule: a tag, which may hold groups of the rule's expression: `${imageTag}`.
enum ImageVersion {
  /// The most that a registry takes.
  static let longest = 128

  /// `[A-Za-z0-9_][A-Za-z0-9._-]{0,127}` (OCI distribution).
  static func isTag(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= longest, first.isLetterOrDigit || first == UInt8(ascii: "_")
    else { return false }
    return text.utf8.allSatisfy { $0.isLetterOrDigit || "._-".utf8.contains($0) }
  }

  /// Checks a version as typed.
  /// - Parameter groups: the named groups of the rule's expression; nil where it is for one name.
  static func check(_ typed: String, groups: [String]?) throws(Refusal) -> String {
    let text = typed.trimmed
    guard !text.isEmpty else { throw Refusal.missing(.imageTag, example: "latest") }
    var plain = ""
    for piece in pieces(of: text) {
      switch piece {
      case .text(let text): plain += text
      case .group(let name):
        guard let groups else { throw noExpression(name) }
        guard groups.contains(name) else { throw noGroup(name, groups) }
        plain += "x"
      }
    }
    guard isTag(plain) else { throw illegal(text) }
    return text
  }

  /// A version with its groups filled in, and what the rule adds: `v1-202010151613-1a2b3c4d` (the order and the hyphens
  /// are I). The time is the push's, in UTC+8.
  static func tag(_ version: String, groups: [String: String], of rule: BuildRule, at time: Timestamp, commit: String)
    throws(Refusal) -> String
  {
    var tag = ""
    for piece in pieces(of: version) {
      switch piece {
      case .text(let text): tag += text
      case .group(let name): tag += groups[name] ?? ""
      }
    }
    switch rule.time {
    case .none: break
    case .day: tag += "-" + time.inUTC8.prefix(8)
    case .minute: tag += "-" + time.inUTC8.prefix(12)
    }
    if rule.addsCommitId { tag += "-" + commit.prefix(8) }
    guard isTag(tag) else { throw illegal(tag) }
    return tag
  }

  private enum Piece {
    case text(String)
    case group(String)
  }

  private static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
      if start.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<start.lowerBound]))) }
      pieces.append(.group(String(rest[start.upperBound..<end])))
      rest = rest[rest.index(after: end)...]
    }
    return rest.isEmpty ? pieces : pieces + [.text(String(rest))]
  }

  static func illegal(_ tag: String) -> Refusal {
    Refusal(
      .invalidImageTag, field: .imageTag,
      message: Phrase("No registry takes the version “\(tag)”.", "“\(tag)”不能作为镜像版本。"),
      mend: Phrase(
        "Use at most \(longest) letters, digits, . _ and -, beginning with a letter, digit or _.",
        "请使用最多 \(longest) 个字母、数字、. _ -，且以字母、数字或 _ 开头。"))
  }

  private static func noExpression(_ name: String) -> Refusal {
    Refusal(
      .invalidImageTag, field: .imageTag,
      message: Phrase(
        "${\(name)} stands for a group of an expression, and the rule is for one name.",
        "${\(name)} 代表正则表达式中的分组，而该规则对应单个名称。"),
      mend: Phrase(
        "Make the branch or tag an expression such as release-(?<\(name)>\\w*), or enter a fixed version.",
        "请将分支或标签改为正则表达式，例如 release-(?<\(name)>\\w*)，或输入固定版本。"))
  }

  private static func noGroup(_ name: String, _ groups: [String]) -> Refusal {
    let list = groups.joined(separator: ", ")
    return Refusal(
      .invalidImageTag, field: .imageTag,
      message: Phrase(
        "The expression has no group called \(name)\(groups.isEmpty ? "" : ", only \(list)").",
        "正则表达式中没有名为 \(name) 的分组\(groups.isEmpty ? "" : "，只有 \(list)")。"),
      mend: Phrase("Name one as (?<\(name)>…).", "请以 (?<\(name)>…) 命名一个分组。"))
  }
}

extension BuildRule {
  /// Whether its version is known only with a push: its time or commit stands in it.
  public var isNamedByPush: Bool { time != .none || addsCommitId }
}

extension Timestamp {
  /// `20201015161300`: as clocks in China show it.
  var inUTC8: String {
    String(
      Timestamp(milliseconds: milliseconds + 8 * 3_600_000).description.utf8.prefix(19).filter {
        (48...57).contains($0)
      }
      .map { Character(UnicodeScalar($0)) })
  }
}
