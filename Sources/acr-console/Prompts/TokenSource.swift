import SecureBuild

/// Where a token may come from: standard input, the environment, or a prompt without echo. Never an argument.
struct TokenSource {
  let fromStandardInput: Bool
  /// Asks also where a token is stored already.
  let alwaysAsks: Bool
  let invocation: Invocation

  /// The token given; nil where none was and the stored one is to be used.
  /// - Parameter stored: whether a token is stored already.
  /// - Throws: `Refusal` at the field `Token`.
  func token(stored: Bool) throws -> Token? {
    // Somebody who types it at a terminal is asked, so that it isn't shown.
    if fromStandardInput, let typed = try ask() { return try checked(typed) }
    if fromStandardInput { return try checked(try SecretInput.text(for: .token)) }
    if !alwaysAsks, let given = invocation.secrets.token { return try checked(given) }
    if stored && !alwaysAsks { return nil }
    guard let typed = try ask(), !typed.isEmpty else { return nil }
    return try checked(typed)
  }

  /// Nil where nobody sits at a terminal.
  private func ask() throws -> String? {
    let question = Phrase("Private token (not shown): ", "私有 Token（不回显）：")
    return try ControllingTerminal()?.askSecret(
      question(invocation.language), warning: Self.typedAhead(invocation.language))
  }

  /// What is said where something was typed before a token was asked for.
  static let typedAhead = Phrase(
    "What was typed before this question was shown, and is dropped. If a token was in it, make a new one.",
    "本问题之前输入的内容已显示在屏幕上，现已丢弃；若其中含有 Token，请更换。")

  private func checked(_ typed: String) throws(Refusal) -> Token {
    if let token = Token(typed) { return token }
    let isEmpty = typed.allSatisfy(\.isWhitespace)
    throw Refusal(
      isEmpty ? .missing : .invalidToken, field: .token,
      message: isEmpty
        ? Phrase("The token is empty.", "Token 为空。")
        : Phrase("A token has no spaces or control characters in it.", "Token 中不能含有空格或控制字符。"),
      mend: Phrase("Give it as GitLab showed it.", "请按 GitLab 显示的内容提供。"))
  }
}
