import ArgumentParser
import Console
import SecureBuild

struct PathCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "path", Phrase("The way from a build to GitLab, hop by hop.", "构建访问 GitLab 的逐跳路径。"),
      subcommands: [CheckPath.self, ShowRunBook.self, ConfirmRunBook.self])
  }
}

struct CheckPath: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "check",
      Phrase(
        "Compute from the inventory, by the vendor's rules, whether each hop lets a build through to every address of a link: passes, fails, or isn't known. Of an instance's link, or with --gitlab-ip of one that isn't made yet. Exit 1 where a hop fails.",
        "根据已登记的资源和厂商规则，逐跳推算构建能否到达链路的每个地址：通过、不通过或未知。可检查实例的链路，或用 --gitlab-ip 检查尚未创建的链路。有一跳不通过时返回 1。"),
      json: "[Target Port Label Hop RuleId Verdict(PASS|FAIL|UNKNOWN) Reason Mend Command Known]")
  }

  @Option(
    help: ArgumentHelp(Phrase("The instance's id.", "实例 ID。"), value: "id"), completion: .instances)
  var instance: String?
  @Option(
    help: ArgumentHelp(
      Phrase("The link's id; without it the binding's, else the newest.", "链路 ID；默认取绑定所用链路，否则取最新的。"), value: "id"),
    completion: .links)
  var link: String?
  @Option(
    help: ArgumentHelp(
      Phrase(
        "Only the way to this IP; or GitLab's address, https://gitlab.corp.example, to ask of its name and port.",
        "仅检查到该 IP 的路径；或给出 GitLab 地址（如 https://gitlab.corp.example）以核对域名与端口。"), value: "ip|url"))
  var address: String?
  @Option(
    name: .customLong("gitlab-ip"),
    help: ArgumentHelp(
      Phrase("Of a link that isn't made yet: GitLab's intranet IP.", "用于尚未创建的链路：GitLab 内网 IP 地址。"), value: "ip"))
  var gitLabIp: String?
  @OptionGroup var addresses: LinkAddresses
  @Option(help: ArgumentHelp(Phrase("Its VPC's id.", "其专有网络 ID。"), value: "id"), completion: .vpcs)
  var vpc: String?
  @Option(
    name: .customLong("vswitch"), help: ArgumentHelp(Phrase("Its vSwitch's id.", "其交换机 ID。"), value: "id"),
    completion: .vSwitches)
  var vSwitch: String?
  @Option(
    help: ArgumentHelp(
      Phrase(
        "Also write a run-book of an instance's link to this new file: what a person must do, in order, ticked where it is right already.",
        "同时将该实例链路的操作手册写入新文件：按顺序列出需要人工完成的事项，已满足的打勾。"), value: "file.md"), completion: .file())
  var runbook: String?
  @OptionGroup var common: CommonOptions

  func check() throws {
    func refuse(_ en: String, _ zh: String) -> ValidationError {
      ValidationError(Phrase(en, zh)(HelpLanguage.current))
    }
    if gitLabIp != nil {
      guard vpc != nil else { throw refuse("Missing expected argument '--vpc <id>'", "缺少参数 '--vpc <id>'") }
      guard vSwitch != nil else { throw refuse("Missing expected argument '--vswitch <id>'", "缺少参数 '--vswitch <id>'") }
      guard link == nil else {
        throw refuse("--gitlab-ip and --link exclude each other", "--gitlab-ip 与 --link 不能同时使用")
      }
      guard runbook == nil else {
        throw refuse("--runbook is of a link that is made: --instance <id>", "--runbook 仅用于已创建的链路：--instance <id>")
      }
    } else {
      guard instance != nil else {
        throw refuse("Missing expected argument '--instance <id>'", "缺少参数 '--instance <id>'")
      }
      guard vpc == nil, vSwitch == nil, addresses.allow.isEmpty, addresses.host.isEmpty else {
        throw refuse(
          "--vpc, --vswitch, --allow and --host belong to --gitlab-ip",
          "--vpc、--vswitch、--allow、--host 须与 --gitlab-ip 一起使用")
      }
    }
  }

  func run(_ invocation: Invocation) throws {
    let reading = try invocation.open().state()
    let report =
      if let gitLabIp {
        try reading.path(
          of: PathDraft(
            instanceId: instance, gitLabIntranetIp: gitLabIp, allowedIps: addresses.allowed,
            hosts: addresses.hostEntries, vpcId: vpc ?? "", vSwitchId: vSwitch ?? "", address: address ?? ""))
      } else {
        try reading.path(of: instance ?? "", link: link, to: address)
      }
    if let runbook {
      let text = try reading.runBook(of: instance ?? "", link: link).markdown(invocation.language)
      try RunBookFile.write(text, to: runbook, replacing: false)
      invocation.output.say(Phrase("The run-book is in \(runbook).", "操作手册已写入 \(runbook)。"))
    }
    if invocation.output.format == .json {
      try invocation.output.list(report.findings, orElse: Phrase("", ""))
    } else {
      try StandardStream.output.write(PathText(report, invocation.language).text)
      if !report.tried.isEmpty { invocation.output.say(.notExercised) }
    }
    if let failing = report.findings.first(where: { $0.verdict == .fail }) { throw Refusal.pathFails(failing) }
    let unknown = report.findings.filter { $0.verdict == .unknown }.count
    if unknown > 0 {
      invocation.output.notice(
        Phrase(
          "Not known: \(unknown) of \(report.findings.count) hops. Unknown is not passed.",
          "\(report.findings.count) 跳中有 \(unknown) 跳未知；未知不等于通过。"))
    }
  }
}

/// Whose run-book: an instance's link.
struct RunBookChoice: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp(Phrase("The instance's id.", "实例 ID。"), value: "id"), completion: .instances)
  var instance: String
  @Option(
    help: ArgumentHelp(
      Phrase("The link's id; without it the binding's, else the newest.", "链路 ID；默认取绑定所用链路，否则取最新的。"), value: "id"),
    completion: .links)
  var link: String?

  func runBook(in reading: Reading) throws -> RunBook { try reading.runBook(of: instance, link: link) }
}

struct ShowRunBook: Command {
  static let json =
    "[LineId Section(PREREQUISITES|NETWORK|CONSOLE|AFTERWARDS) Text Command Verdict(PASS|FAIL|UNKNOWN) Done Known At By Confirmed{Known At By Stale}]"

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "runbook",
      Phrase(
        "List the lines of a link's run-book: what a person must do, in order, which is done, and how that is known. `path check --runbook` writes it as a sheet.",
        "列出链路操作手册的条目：按顺序列出需要人工完成的事项、是否已完成及其依据。`path check --runbook` 可写成文件。"),
      json: json)
  }

  @OptionGroup var choice: RunBookChoice
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let book = try choice.runBook(in: invocation.open().state())
    try invocation.output.list(RunBookLine.all(of: book), orElse: Phrase("", ""))
  }
}

struct ConfirmRunBook: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "confirm",
      Phrase(
        "Note that you did, or saw at the vendor's, what lines of a run-book say (own workspaces). It stands beside what is computed: a hop that fails goes on failing. Once a line says something else, what was confirmed of it no longer counts.",
        "记录您已完成或已在厂商侧确认操作手册的条目（仅自有工作区）。确认与推算结果并列：不通过的仍为不通过；条目内容变化后，原确认不再有效。"),
      json: ShowRunBook.json)
  }

  @Argument(
    help: ArgumentHelp(
      Phrase("The lines' ids, as `path runbook` lists them.", "条目 ID，见 `path runbook`。"), value: "line"))
  var lines: [String]
  @OptionGroup var choice: RunBookChoice
  @Flag(help: ArgumentHelp(Phrase("Take it back.", "撤回确认。")))
  var withdraw = false
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let book = try choice.runBook(in: workspace.state())
    let changed =
      try withdraw
      ? workspace.withdraw(lines, of: book, dryRun: change.dryRun)
      : workspace.confirm(lines, of: book, dryRun: change.dryRun)
    let all = RunBookLine.all(of: book)
    try invocation.output.list(
      changed.compactMap { line in
        all.first { $0.line.id == line.id }.map { RunBookLine(section: $0.section, line: line) }
      },
      orElse: Phrase("Nothing of this run-book has changed.", "操作手册没有变化。"), rehearsed: change.dryRun)
  }
}
