/// What a draft may hold: anything but what must not get into the journal.
extension BindingRules {
  /// The address of a draft: normalised where it can be read, else as typed.
  /// - Throws: `Refusal` where a user, a password or a query stands in it, since those may hold secrets.
  static func draftAddress(_ draft: BindingDraft) throws(Refusal) -> String {
    let typed = draft.address.withoutControls.trimmed
    if looksLikeToken(typed) || holds(typed, draft.token) { throw tokenAsAddress }
    do throws(Refusal) {
      return try GitLabAddress(parsing: typed).description
    } catch {
      if typed.contains(where: { "@?#".contains($0) }) { throw error }
      return typed
    }
  }

  /// The user name of a draft, as typed.
  static func draftUsername(_ draft: BindingDraft) throws(Refusal) -> String {
    let typed = draft.username.trimmed
    try ShownText.check(typed, .invalidUsername, at: .username)
    if looksLikeToken(typed) || holds(typed, draft.token) { throw tokenAsUsername }
    return typed
  }

  /// GitLab's tokens begin with a prefix of their kind (`glpat-`, `gldt-`, …) unless an administrator changed it.
  static func looksLikeToken(_ text: some StringProtocol) -> Bool { text.lowercased().hasPrefix("glpat-") }

  private static func holds(_ typed: String, _ token: Token?) -> Bool {
    token.map { $0.secret.utf8.count >= 8 && typed.contains($0.secret) } ?? false
  }

  private static let tokenAsAddress = Refusal(
    .invalidAddress, field: .address, hop: .address,
    message: Phrase("The token stands in the address.", "地址中含有 Token。"),
    mend: Phrase("Enter it in its own field.", "请将其填入专用字段。"))

  static let tokenAsUsername = Refusal(
    .invalidUsername, field: .username,
    message: Phrase("This is the token, not the user name.", "这是 Token，不是用户名。"),
    mend: Phrase(
      "Enter the sign-in name here, and the token in its own field.", "请在此输入登录名，并将 Token 填入其专用字段。"))
}

extension BindingDraft {
  /// What was given as a token can't be one.
  public static let tokenUnusable = Refusal(
    .invalidToken, field: .token,
    message: Phrase("A token has no spaces or control characters in it.", "Token 中不能含有空格或控制字符。"),
    mend: Phrase("Paste it again as GitLab showed it.", "请按 GitLab 显示的内容重新粘贴。"))
}
