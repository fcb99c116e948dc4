/// The branch or tag of a rule: one name, or an expression that names match.
enum PushName: Sendable {
  case name(String)
  case expression(PushExpression)

  /// Reads what was typed. What git can't have as a name is an expression, and so is what has a group, a choice or
  /// `.+` in it; `release.1` and `c++` are names.
  /// - Throws: `Refusal` at the field.
  init(_ typed: String, type: PushType) throws(Refusal) {
    let text = typed.trimmed
    guard !text.isEmpty else { throw Refusal.missing(.pushName, example: type == .branch ? "main" : "v1.0.0") }
    if Self.isExpression(text) {
      self = .expression(try PushExpression(text))
    } else if GitRefName.isLegal(text) {
      self = .name(text)
    } else {
      throw Refusal(
        .invalidPushName, field: .pushName,
        message: Phrase(
          "git has no \(type == .branch ? "branch" : "tag") called “\(text)”.", "git 不允许名为“\(text)”的\(type.title.zh)。"),
        mend: Phrase(
          "Enter its name as GitLab shows it, or an expression such as release-(?<imageTag>\\w*).",
          "请输入 GitLab 中显示的名称，或正则表达式，例如 release-(?<imageTag>\\w*)。"))
    }
  }

  static func isExpression(_ text: String) -> Bool {
    text.contains { "\\^$*?[](){}|".contains($0) } || text.contains(".+")
  }
}

extension BuildRule {
  /// Whether it is for all branches or tags that an expression matches: it builds only on a push.
  public var isExpression: Bool { PushName.isExpression(pushName) }
}

extension RuleDraft {
  /// Whether what is typed so far will be taken as an expression, for forms to say so.
  public var isExpression: Bool { PushName.isExpression(pushName.trimmed) }
}
