import ArgumentParser
import Console
import SecureBuild

struct RegistryCommands: ParsableCommand {
  static let json = """
    {InstanceId Kind(WORKSPACE|LAYOUT|SERVER) Layout Address Username PasswordStored CaCertificates PlainHttp \
    Hosts[Name Ip] Mirrors[Of At PlainHttp] Known At By}
    """

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "registry",
      Phrase("Where an instance's images go, and where base images may come from.", "实例的镜像推送位置，以及基础镜像来源。"),
      subcommands: [SetRegistry.self, ShowRegistry.self])
  }
}

struct ShowRegistry: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "show", Phrase("Show where an instance's images go.", "查看实例的镜像推送位置。"), json: RegistryCommands.json)
  }

  @OptionGroup var choice: InstanceChoice
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let id = try choice.id()
    try invocation.output.show(RegistryView(of: id, try workspace.state().registry(of: id), in: workspace))
  }
}

struct SetRegistry: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "set",
      Phrase(
        "Say where an instance's images go. With --layout, --embedded or --address the place is said whole; else what isn't given stays. The password comes from --password-stdin, the variable ACR_CONSOLE_REGISTRY_PASSWORD, a prompt, or what is stored: never from an argument.",
        "设置实例的镜像推送位置。使用 --layout、--embedded 或 --address 时整体设置；否则未指定的内容不变。密码来自 --password-stdin、环境变量 ACR_CONSOLE_REGISTRY_PASSWORD、提示输入或已保存的内容，绝不作为参数传递。"
      ),
      json: RegistryCommands.json)
  }

  @OptionGroup var choice: InstanceChoice
  @Option(
    help: ArgumentHelp(
      Phrase("To an OCI layout in this directory: no registry server is needed.", "推送到该目录中的 OCI 布局，无需镜像服务。"),
      value: "dir"),
    completion: .directory)
  var layout: String?
  @Flag(help: ArgumentHelp(Phrase("To the OCI layout in the workspace, as at first.", "推送到工作区中的 OCI 布局（初始设置）。")))
  var embedded = false
  @Option(help: ArgumentHelp(Phrase("To a registry at this address.", "推送到该地址的镜像服务。"), value: "host[:port]"))
  var address: String?
  @Option(
    help: ArgumentHelp(
      Phrase("The user at the registry; an empty one for none.", "镜像服务用户名；留空表示不使用。"), value: "name"))
  var username: String?
  @Flag(help: ArgumentHelp(Phrase("Read the password from standard input.", "从标准输入读取密码。")))
  var passwordStdin = false
  @Flag(help: ArgumentHelp(Phrase("Ask for the password also where one is stored.", "即使已保存密码也重新询问。")))
  var askPassword = false
  @Option(
    help: ArgumentHelp(
      Phrase("A file with the CA's certificates (PEM) for https.", "https 所用 CA 证书文件（PEM）。"), value: "file"),
    completion: .file())
  var caFile: String?
  @Flag(help: ArgumentHelp(Phrase("By plain http, on a network that is trusted.", "使用 http，仅限可信网络。")))
  var plainHttp = false
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      Phrase(
        "The address of one of its hosts (API, token realm, blob store), before what this machine's resolver says; may be repeated.",
        "镜像服务某一主机（API、令牌、数据存储）的地址，优先于本机解析结果；可重复。"), value: "name=ip"))
  var host: [String] = []
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      Phrase(
        "Where base images of a registry's name come from: docker.io=mirror.corp.example:5000/hub, with http:// before the host for one without TLS; may be repeated. They go in place of those before.",
        "某镜像服务的基础镜像来源，例如 docker.io=mirror.corp.example:5000/hub，无 TLS 时在主机前加 http://；可重复，将替换原有列表。"),
      value: "registry=place"))
  var mirror: [String] = []
  @Flag(help: ArgumentHelp(Phrase("Take all mirrors away.", "移除全部加速地址。")))
  var noMirrors = false
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws {
    _ = try choice.id()
    try exclude([("--layout", layout != nil), ("--embedded", embedded), ("--address", address != nil)])
    try exclude([("--ca-file", caFile != nil), ("--plain-http", plainHttp)])
    try exclude([("--password-stdin", passwordStdin), ("--ask-password", askPassword)])
    try exclude([("--mirror", !mirror.isEmpty), ("--no-mirrors", noMirrors)])
    guard layout != nil || embedded || isAboutServer || !mirror.isEmpty || noMirrors else {
      throw ValidationError(Choice.nothingToChange("--layout, --embedded, --address, --mirror …"))
    }
  }

  private var isAboutServer: Bool {
    address != nil || username != nil || passwordStdin || askPassword || caFile != nil || plainHttp || !host.isEmpty
  }

  private func exclude(_ options: [(name: String, isGiven: Bool)]) throws {
    let given = options.filter(\.isGiven).map(\.name)
    guard given.count > 1 else { return }
    throw ValidationError(
      Phrase("\(given[0]) and \(given[1]) exclude each other", "\(given[0]) 与 \(given[1]) 不能同时使用")(HelpLanguage.current)
    )
  }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let id = try choice.id()
    let opened = try workspace.state().openRegistry(of: id)
    let draft = try draft(over: opened.value, invocation)
    let set = try workspace.setRegistry(draft, since: opened, dryRun: change.dryRun)
    try invocation.output.show(RegistryView(of: id, set, in: workspace), rehearsed: change.dryRun)
    invocation.tellSecretsLeftBehind(in: workspace)
  }

  /// What is stored with what was given in its place.
  private func draft(over stored: Registry?, _ invocation: Invocation) throws -> RegistryDraft {
    var draft = try stored.map(RegistryDraft.init(of:)) ?? RegistryDraft(instanceId: choice.id())
    if layout != nil || embedded || address != nil {
      // A place is said whole: nothing of the one before is left in it.
      draft = try RegistryDraft(instanceId: choice.id(), caCertificates: "", mirrors: draft.mirrors)
    }
    if let layout { draft.layout = layout.isEmpty ? "" : try WorkspacePath.absolute(Candidates.atHome(layout)) }
    draft.address = address ?? draft.address
    draft.username = username ?? draft.username
    if let caFile { (draft.caCertificates, draft.plainHTTP) = (try CertificateFile.read(caFile), false) }
    if plainHttp { (draft.caCertificates, draft.plainHTTP) = ("", true) }
    if !host.isEmpty { draft.hosts = host.map { HostEntryDraft($0) } }
    if !mirror.isEmpty || noMirrors { draft.mirrors = mirror }
    draft.password = try password(for: draft, over: stored, invocation)
    return draft
  }

  /// Asked for only where the registry has users.
  private func password(
    for draft: RegistryDraft, over stored: Registry?, _ invocation: Invocation
  ) throws -> RegistryPassword? {
    guard isAboutServer, !draft.username.isEmpty || passwordStdin || askPassword else { return nil }
    let server = stored?.server
    let isStored = server?.secret != nil && server?.address == draft.address && server?.username == draft.username
    return try PasswordSource(
      fromStandardInput: passwordStdin, alwaysAsks: askPassword, invocation: invocation
    ).password(stored: isStored)
  }
}
