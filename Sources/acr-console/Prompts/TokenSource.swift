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
    if fromStandardInput {
      do { return try checked(String(decoding: try SmallFile.read(0), as: UTF8.self)) } catch let fault
        as SmallFile.Fault
      {
        throw Refusal(
          .usage, field: .token,
          message: Phrase("Standard input can't be read: \(fault.reason).", "无法读取标准输入：\(fault.reason)。"),
          mend: Phrase("Pipe the token into it.", "请通过管道传入 Token。"))
      }
    }
    if !alwaysAsks, let given = invocation.environmentToken { return try checked(given) }
    if stored && !alwaysAsks { return nil }
    guard let terminal = ControllingTerminal() else { return nil }
    let question = Phrase("Private token (not shown): ", "私有 Token（不回显）：")
    guard let typed = try terminal.askSecret(question(invocation.language)), !typed.isEmpty else { return nil }
    return try checked(typed)
  }

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
