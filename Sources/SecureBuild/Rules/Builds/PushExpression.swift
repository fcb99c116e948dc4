/// An expression that names of branches or tags match as a whole, with named groups for the version.
struct PushExpression: Sendable {
  let pattern: String
  /// The names of its groups, in their order.
  let groups: [String]

  /// The longest that is taken (I).
  static let longest = 256

  /// - Throws: `Refusal` at the field where it isn't one.
  init(_ text: String) throws(Refusal) {
    guard text.utf8.count <= Self.longest else {
      throw Self.refusal(Phrase("An expression is at most \(Self.longest) bytes.", "正则表达式最多 \(Self.longest) 字节。"))
    }
    do { _ = try Regex(text) } catch {
      throw Self.refusal(Phrase("“\(text)” is no regular expression: \(error).", "“\(text)”不是正则表达式：\(error)。"))
    }
    pattern = text
    groups = text.matches(of: /\(\?P?<([A-Za-z_][A-Za-z0-9_]*)>/).map { String($0.output.1) }
  }

  /// What its groups stand for where a name matches as a whole; nil where it doesn't.
  func match(_ name: String) -> [String: String]? {
    guard name.utf8.count <= 255, let regex = try? Regex(pattern), let match = try? regex.wholeMatch(in: name) else {
      return nil
    }
    var found: [String: String] = [:]
    for group in groups { found[group] = match[group]?.substring.map(String.init) ?? "" }
    return found
  }

  private static func refusal(_ message: Phrase) -> Refusal {
    Refusal(
      .invalidPushName, field: .pushName, message: message,
      mend: Phrase(
        "Enter one such as release-(?<imageTag>\\w*), or a plain name.",
        "请输入形如 release-(?<imageTag>\\w*) 的表达式，或单个名称。"))
  }
}
