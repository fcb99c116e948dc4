extension Refusal {
  init(_ fault: CredentialHelperFault, of helper: String) {
    let (message, mend): (Phrase, Phrase)
    switch fault {
    case .cancelled:
      self.init(CancellationError())
      return
    case .noGit:
      message = Phrase(
        "The credential helper “\(helper)” is asked through git, which isn't on this machine.",
        "凭据助手“\(helper)”须通过 git 调用，而本机没有 git。")
      mend = Phrase("On Debian: apt-get install git", "在 Debian 上执行：apt-get install git")
    case .notFound(let program):
      message = Phrase(
        "There is no credential helper “\(helper)”: \(program) isn't on this machine.",
        "没有凭据助手“\(helper)”：本机没有 \(program)。")
      mend = Phrase(
        "Install it, or name another in the setting credential_helper.", "请安装该助手，或在设置 credential_helper 中改用其他助手。")
    case .timedOut:
      message = Phrase(
        "The credential helper “\(helper)” didn't answer in time.", "凭据助手“\(helper)”未及时响应。")
      mend = Phrase(
        "It may wait to be unlocked: unlock its keyring or agent, then try again.", "它可能在等待解锁：请先解锁其密钥环或代理，然后重试。")
    case .unusableName:
      message = Phrase(
        "The setting credential_helper names no credential helper.", "设置 credential_helper 未指定有效的凭据助手。")
      mend = Phrase(
        "`acr-console settings show` says what is wrong with it. Nothing was kept in a file in its place.",
        "可用 `acr-console settings show` 查看问题所在。未改为保存在文件中。")
    case .notStarted(let words) where helper.isEmpty:
      message = Phrase(
        "Whether a credential helper is set can't be told: \(words).", "无法得知是否设置了凭据助手：\(words)。")
      mend = Phrase(
        "Make the settings file readable, or move it away. Nothing was kept in a file of the workspace in its place.",
        "请使设置文件可读，或将其移走。未改为保存在工作区的文件中。")
    case .notStarted(let words):
      message = Phrase(
        "The credential helper “\(helper)” can't be asked: \(words).", "无法调用凭据助手“\(helper)”：\(words)。")
      mend = Phrase("Try again.", "请重试。")
    case .refused(let words):
      message = Phrase(
        "The credential helper “\(helper)” gives nothing: \(words).", "凭据助手“\(helper)”没有给出内容：\(words)。")
      mend = Phrase(
        "It may be locked: unlock it and try again. If it has lost what it was given, give the token or password anew.",
        "它可能已锁定：请解锁后重试。如果其中内容已丢失，请重新提供 Token 或密码。")
    }
    self.init(.credentialHelperFailed, message: message, mend: mend)
  }

  static func keepsNothing(_ helper: String) -> Refusal {
    Refusal(
      .credentialHelperFailed,
      message: Phrase(
        "The credential helper “\(helper)” doesn't give back what it was given: nothing was saved.",
        "凭据助手“\(helper)”未能返回刚交给它的内容，本次未保存。"),
      mend: Phrase(
        "It may be locked, read-only or without its daemon. Unlock it, or name another in the setting credential_helper.",
        "它可能已锁定、只读或其守护进程未运行。请先解锁，或在设置 credential_helper 中改用其他助手。"))
  }

  /// - Parameter given: the helper that it was given to, where that is known.
  static func notGiven(by helper: String, given: String?) -> Refusal {
    let other = given.flatMap { $0 == helper ? nil : $0 }
    return Refusal(
      .credentialHelperFailed,
      message: other.map {
        Phrase(
          "The stored secret was given to the credential helper “\($0)”; “\(helper)” doesn't have it.",
          "保存的密钥已交给凭据助手“\($0)”，“\(helper)”中没有。")
      }
        ?? Phrase(
          "The credential helper “\(helper)” doesn't give the stored secret: it is locked, or has it no more.",
          "凭据助手“\(helper)”未给出保存的密钥：可能已锁定，或其中已不存在。"),
      mend: Phrase(
        "\(other.map { "Set credential_helper to “\($0)” again" } ?? "Unlock it and try again"), or give the token or password anew.",
        "\(other.map { "请将 credential_helper 改回“\($0)”" } ?? "请解锁后重试")，或重新提供 Token 或密码。"))
  }

  static func noHelperSet(_ given: String?) -> Refusal {
    let whose = given.map { " “\($0)”" } ?? ""
    return Refusal(
      .credentialHelperFailed,
      message: Phrase(
        "The stored secret is in the credential helper\(whose), and none is set now.",
        "保存的密钥在凭据助手\(given.map { "“\($0)”" } ?? "")中，而当前未设置凭据助手。"),
      mend: Phrase(
        "Set credential_helper in the settings again, or give the token or password anew.",
        "请在设置中恢复 credential_helper，或重新提供 Token 或密码。"))
  }
}
