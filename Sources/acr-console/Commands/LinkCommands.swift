import ArgumentParser
import SecureBuild

struct LinkCommands: ParsableCommand {
  static let json =
    "LinkId InstanceId GitLabIntranetIp AllowedIps[Ip Label] Hosts[Name Ip] VpcId VSwitchId ZoneId Notes[Code Field Ip Message] Known At By UsedBy{Draft Address Username}"

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "link", Phrase("Links: how build machines reach a private GitLab.", "链路：构建机访问私有 GitLab 的通道。"),
      subcommands: [ListLinks.self, CreateLink.self, EditLink.self, DeleteLink.self])
  }
}

struct ListLinks: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List the links, all or an instance's or a region's.", "列出链路，可按实例或地域筛选。"),
      json: "[\(LinkCommands.json)]")
  }

  @Option(help: ArgumentHelp(Phrase("Only this instance's.", "仅限该实例。"), value: "id"), completion: .instances)
  var instance: String?
  @Option(help: ArgumentHelp(Phrase("Only this region's.", "仅限该地域。"), value: "id"), completion: .regions)
  var region: String?
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let reading = try invocation.open().state()
    var links = try reading.links(of: instance)
    if let region {
      let there = Set(try reading.instances(in: region).map(\.id))
      links.removeAll { !there.contains($0.instanceId) }
    }
    try invocation.output.list(
      try links.map { try LinkView($0, in: reading) },
      orElse: Phrase(
        "There are no links. `acr-console link create` makes one.", "没有链路。可用 `acr-console link create` 创建。"))
  }
}

struct CreateLink: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration("create", Phrase("Create a link.", "创建链路。"), json: "{\(LinkCommands.json)}")
  }

  @Option(
    help: ArgumentHelp(Phrase("The instance's id; it must be running.", "实例 ID，须处于运行中。"), value: "id"),
    completion: .instances)
  var instance: String?
  @Option(
    name: .customLong("gitlab-ip"), help: ArgumentHelp(Phrase("GitLab's intranet IP.", "GitLab 内网 IP 地址。"), value: "ip")
  )
  var gitLabIp: String?
  @OptionGroup var addresses: LinkAddresses
  @Option(help: ArgumentHelp(Phrase("The VPC's id.", "专有网络 ID。"), value: "id"), completion: .vpcs)
  var vpc: String?
  @Option(
    name: .customLong("vswitch"),
    help: ArgumentHelp(Phrase("The vSwitch's id; its zone must carry the mode.", "交换机 ID，其可用区须支持安全构建。"), value: "id"),
    completion: .vSwitches)
  var vSwitch: String?
  @OptionGroup var conversation: PlainOption
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  var isPlain: Bool { conversation.plain }

  func check() throws {
    let given = [
      ("--instance <id>", instance != nil), ("--gitlab-ip <ip>", gitLabIp != nil), ("--vpc <id>", vpc != nil),
      ("--vswitch <id>", vSwitch != nil),
    ]
    guard !conversation.plain else {
      let more = [
        ("--allow", !addresses.allow.isEmpty), ("--host", !addresses.host.isEmpty), ("--dry-run", change.dryRun),
      ]
      return try PlainConversation.refuse((given.dropFirst() + more).filter(\.1).map(\.0), common)
    }
    if let missing = given.first(where: { !$0.1 })?.0 {
      throw Choice.missing(missing)
    }
  }

  func run(_ invocation: Invocation) async throws {
    if conversation.plain { return try await PlainConversation.hold(.createLink(instance: instance), invocation) }
    let draft = LinkDraft(
      instanceId: instance ?? "", gitLabIntranetIp: gitLabIp ?? "", allowedIps: addresses.allowed,
      hosts: addresses.hostEntries, vpcId: vpc ?? "", vSwitchId: vSwitch ?? "")
    let workspace = try invocation.open()
    let link = try workspace.createLink(draft, dryRun: change.dryRun)
    let reading = workspace.latest
    let notes = try reading.notes(for: draft)
    try invocation.output.show(try LinkView(link, given: notes, in: reading), rehearsed: change.dryRun)
  }
}

struct EditLink: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "edit",
      Phrase(
        "Change what a link lets out to, also while an account is bound over it.", "修改链路放行的地址；已绑定账号时也可修改。"),
      json: "{\(LinkCommands.json)}")
  }

  @OptionGroup var choice: LinkChoice
  @Option(
    name: .customLong("gitlab-ip"),
    help: ArgumentHelp(
      Phrase("A new GitLab intranet IP, only while unbound.", "新的 GitLab 内网 IP，仅在未绑定时可改。"), value: "ip"))
  var gitLabIp: String?
  @OptionGroup var addresses: LinkAddresses
  @Option(parsing: .singleValue, help: ArgumentHelp(Phrase("No longer allow this IP.", "不再放行该 IP。"), value: "ip"))
  var disallow: [String] = []
  @Option(parsing: .singleValue, help: ArgumentHelp(Phrase("Drop this host name.", "移除该主机名。"), value: "name"))
  var dropHost: [String] = []
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws {
    _ = try choice.id()
    guard gitLabIp != nil || !(addresses.allow + addresses.host + disallow + dropHost).isEmpty else {
      throw ValidationError(
        Phrase(
          "Nothing to change is given: --allow, --disallow, --host, --drop-host or --gitlab-ip",
          "未指定要修改的内容：--allow、--disallow、--host、--drop-host 或 --gitlab-ip")(HelpLanguage.current))
    }
  }

  func run(_ invocation: Invocation) throws {
    let edit = LinkChange(
      gitLabIntranetIp: gitLabIp, allow: addresses.allowed, disallow: disallow, hosts: addresses.hostEntries,
      dropHosts: dropHost)
    let workspace = try invocation.open()
    let link = try workspace.editLink(choice.id(), edit, dryRun: change.dryRun)
    let reading = workspace.latest
    let notes = reading.notes(on: edit, to: link)
    try invocation.output.show(try LinkView(link, given: notes, in: reading), rehearsed: change.dryRun)
  }
}

struct DeleteLink: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "delete", Phrase("Delete a link that no binding uses.", "删除未被绑定使用的链路。"), json: "{\(LinkCommands.json)}")
  }

  @OptionGroup var choice: LinkChoice
  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let id = try choice.id()
    try removal.remove(
      invocation,
      what: { view in
        Phrase(
          "link \(view.link.id) to \(view.link.gitLabIntranetIp)",
          "链路 \(view.link.id)（GitLab \(view.link.gitLabIntranetIp)）")
      }, { dryRun in try LinkView(try workspace.deleteLink(id, dryRun: dryRun), in: workspace.latest) })
  }
}

/// What a link lets out to beside GitLab, and the names of its addresses.
struct LinkAddresses: ParsableArguments, Sendable {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      Phrase("Another IP to allow, with an optional label; may be repeated.", "其它需放行的 IP，可带标签；可重复。"),
      value: "ip[=label]"))
  var allow: [String] = []
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      Phrase("A host name for one of these IPs; may be repeated.", "上述 IP 的主机名；可重复。"), value: "name=ip"))
  var host: [String] = []

  var allowed: [AllowedIpDraft] { allow.map { AllowedIpDraft($0) } }
  var hostEntries: [HostEntryDraft] { host.map { HostEntryDraft($0) } }
}
