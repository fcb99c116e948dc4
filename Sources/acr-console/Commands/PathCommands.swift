import ArgumentParser
import SecureBuild

struct PathCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "path", Phrase("The way from a build to GitLab, hop by hop.", "构建访问 GitLab 的逐跳路径。"),
      subcommands: [CheckPath.self])
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
      do throws(SmallFile.Fault) { try SmallFile.create(runbook, text) } catch {
        throw Refusal(
          .fileNotWritten,
          message: Phrase(
            "The run-book can't be written to \(runbook): \(error.reason).", "无法将操作手册写入 \(runbook)：\(error.reason)。"),
          mend: Phrase("Name a new file in a folder that is there.", "请指定已有目录中的新文件。"))
      }
      invocation.output.say(Phrase("The run-book is in \(runbook).", "操作手册已写入 \(runbook)。"))
    }
    if invocation.output.format == .json {
      try invocation.output.list(report.findings, orElse: Phrase("", ""))
    } else {
      try StandardStream.output.write(PathText(report, invocation.language).text)
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
