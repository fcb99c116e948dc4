import ArgumentParser
import Console
import SecureBuild

struct BindGitLab: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "bind",
      Phrase(
        "Try a GitLab account hop by hop from this host, and bind it when every hop passes. The token comes from --token-stdin, the variable ACR_CONSOLE_GITLAB_TOKEN, a prompt, or what is stored: never from an argument.",
        "从本机逐跳检查 GitLab 账号，全部通过后绑定。Token 来自 --token-stdin、环境变量 ACR_CONSOLE_GITLAB_TOKEN、提示输入或已保存的内容，绝不作为参数传递。"),
      json: GitLabCommands.json)
  }

  @Option(help: ArgumentHelp(Phrase("The instance's id.", "实例 ID。"), value: "id"), completion: .instances)
  var instance: String?
  @Option(help: ArgumentHelp(Phrase("Network type.", "网络类型。"), value: "type"))
  var network = NetworkType.intranet
  @Option(
    help: ArgumentHelp(Phrase("The link, for network type intranet.", "链路 ID（网络类型为内网时）。"), value: "id"),
    completion: .links)
  var link: String?
  @Option(
    help: ArgumentHelp(
      Phrase("GitLab's address: https://gitlab.example.com.", "GitLab 地址，例如 https://gitlab.example.com。"), value: "url")
  )
  var address: String?
  @Option(help: ArgumentHelp(Phrase("The user name at GitLab.", "GitLab 用户名称。"), value: "name"))
  var username: String?
  @Flag(help: ArgumentHelp(Phrase("Read the token from standard input.", "从标准输入读取 Token。")))
  var tokenStdin = false
  @Flag(help: ArgumentHelp(Phrase("Ask for the token also where one is stored.", "即使已保存 Token 也重新询问。")))
  var askToken = false
  @Option(
    help: ArgumentHelp(
      Phrase("A file with the CA's certificates (PEM) for https.", "https 所用 CA 证书文件（PEM）。"), value: "file"),
    completion: .file())
  var caFile: String?
  @Flag(
    help: ArgumentHelp(Phrase("Keep every field without a try: the status stays Not bound.", "仅保存为草稿，不做检查；状态仍为未绑定。")))
  var draft = false
  @OptionGroup var conversation: PlainOption
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  var isPlain: Bool { conversation.plain }

  func check() throws {
    if conversation.plain {
      let given = [
        ("--network", network != .intranet), ("--link", link != nil), ("--address", address != nil),
        ("--username", username != nil), ("--token-stdin", tokenStdin), ("--ask-token", askToken),
        ("--ca-file", caFile != nil), ("--draft", draft), ("--dry-run", change.dryRun),
      ]
      try PlainConversation.refuse(given.filter(\.1).map(\.0), common)
    } else if instance == nil {
      throw Choice.missing("--instance <id>")
    }
    guard !(tokenStdin && askToken) else {
      throw ValidationError(
        Phrase("--token-stdin and --ask-token exclude each other", "--token-stdin 与 --ask-token 不能同时使用")(
          HelpLanguage.current))
    }
  }

  func run(_ invocation: Invocation) async throws {
    if conversation.plain { return try await PlainConversation.hold(.bindGitLab(instance: instance), invocation) }
    let instance = instance ?? ""
    let workspace = try invocation.open()
    let stored = try workspace.binding(of: instance)
    let source = TokenSource(fromStandardInput: tokenStdin, alwaysAsks: askToken, invocation: invocation)
    let filled = try fill(stored, of: instance, token: source.token(stored: stored?.secret != nil || draft))
    if draft {
      _ = try workspace.saveDraft(filled, dryRun: change.dryRun)
    } else if change.dryRun {
      try workspace.rehearseBinding(filled)
    } else {
      _ = try await workspace.bind(filled, report: HopLines(invocation.output).report)
    }
    try invocation.output.show(try CodeSourceView(of: instance, in: workspace), rehearsed: change.dryRun)
    invocation.tellSecretsLeftBehind(in: workspace)
  }

  /// The dialog's fields: as given, else what the draft or the binding has of the same network type.
  private func fill(_ stored: Binding?, of instance: String, token: Token?) throws -> BindingDraft {
    let stored = stored?.networkType == network ? stored : nil
    return BindingDraft(
      instanceId: instance, networkType: network, linkId: link ?? stored?.linkId ?? "",
      address: address ?? stored?.address ?? "", username: username ?? stored?.username ?? "", token: token,
      caCertificates: try caFile.map { try CertificateFile.read($0) })
  }
}
