import SecureBuild

/// Where a registry's password may come from: standard input, the environment, or a prompt without echo. Never an
/// argument.
struct PasswordSource {
  let fromStandardInput: Bool
  /// Asks also where a password is stored already.
  let alwaysAsks: Bool
  let invocation: Invocation

  /// The password given; nil where none was and the stored one is to be used.
  /// - Parameter stored: whether one is stored already for the same registry and user.
  /// - Throws: `Refusal` at the field `RegistryPassword`.
  func password(stored: Bool) throws -> RegistryPassword? {
    // Somebody who types it at a terminal is asked, so that it isn't shown.
    if fromStandardInput, let typed = try ask() { return try checked(typed) }
    if fromStandardInput { return try checked(try SecretInput.text(for: .registryPassword)) }
    if !alwaysAsks, let given = invocation.secrets.registryPassword { return try checked(given) }
    if stored && !alwaysAsks { return nil }
    guard let typed = try ask(), !typed.isEmpty else { throw Self.missing }
    return try checked(typed)
  }

  /// Nil where nobody sits at a terminal.
  private func ask() throws -> String? {
    let question = Phrase("Registry password (not shown): ", "镜像服务密码（不回显）：")
    return try ControllingTerminal()?.askSecret(
      question(invocation.language), warning: Self.typedAhead(invocation.language))
  }

  private static let typedAhead = Phrase(
    "What was typed before this question was shown, and is dropped. If a password was in it, change it.",
    "本问题之前输入的内容已显示在屏幕上，现已丢弃；若其中含有密码，请更换。")

  /// Without the line end that a pipe or a prompt puts behind it.
  private func checked(_ typed: String) throws(Refusal) -> RegistryPassword {
    var text = typed[...]
    // A carriage return and a newline are one character.
    if let last = text.last, last.isNewline { text.removeLast() }
    guard !text.isEmpty else { throw Self.missing }
    return RegistryPassword(String(text))
  }

  private static let missing = Refusal(
    .missing, field: .registryPassword,
    message: Phrase("The registry's password is not given.", "未提供镜像服务密码。"),
    mend: Phrase(
      "Pipe it in with --password-stdin, or set \(ProcessEnvironment.registryPasswordVariable).",
      "请用 --password-stdin 通过管道传入，或设置 \(ProcessEnvironment.registryPasswordVariable)。"))
}
