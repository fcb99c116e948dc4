import ArgumentParser
import SecureBuild

struct ProbeScriptCommand: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "probe-script",
      Phrase(
        "Print a shell script, without any token, that tries a link's addresses from an ECS instance in its vSwitch: where this machine is the wrong place. `gitlab probe-read` takes its output back.",
        "输出一个不含 Token 的 shell 脚本，在链路交换机内的 ECS 上测试链路的各地址（本机网络位置不合适时使用）。用 `gitlab probe-read` 读入其输出。"),
      json: "{InstanceId LinkId Script}")
  }

  @OptionGroup var choice: InstanceChoice
  @Option(
    help: ArgumentHelp(
      Phrase("The link's id; without it the binding's, else the newest.", "链路 ID；默认取绑定所用链路，否则取最新的。"), value: "id"),
    completion: .links)
  var link: String?
  @Option(
    help: ArgumentHelp(
      Phrase("GitLab's address, in place of the binding's.", "GitLab 地址，代替绑定中的地址。"), value: "url"))
  var address: String?
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      Phrase(
        "A port to try of one of the link's addresses; may be repeated.", "要测试的链路地址及端口；可重复。"), value: "ip:port"))
  var port: [String] = []
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let script = try invocation.open().state().probeScript(
      of: try choice.id(), link: link, address: address, ports: port)
    guard invocation.output.format == .table else {
      return try invocation.output.print([
        "InstanceId": .string(script.instanceId), "LinkId": .string(script.linkId), "Script": .string(script.text),
      ])
    }
    try StandardStream.output.write(script.text)
    if StandardStream.output.isTerminal {
      invocation.output.say(
        Phrase(
          "Run it with sh on an ECS instance in the link's vSwitch, and give its output to `acr-console gitlab probe-read`.",
          "请在链路交换机内的 ECS 上用 sh 运行，并将其输出交给 `acr-console gitlab probe-read`。"))
    }
  }
}

struct ReadProbe: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "probe-read",
      Phrase(
        "Take back what a probe script printed, as tried from there: in one change, or not at all. The same output again changes nothing.",
        "读入探测脚本的输出，记为“从该处实测”：一次写入，有误则不写入。重复读入不作修改。"),
      json: "{\(ProbeView.members) Taken(STORED|KNOWN_ALREADY|OLDER_THAN_KNOWN)}")
  }

  @Argument(
    help: ArgumentHelp(
      Phrase("The file with the script's output; - for standard input.", "脚本输出的文件；- 表示标准输入。"), value: "file"),
    completion: .file())
  var file: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let output = invocation.output
    let workspace = try invocation.open()
    let read = try ProbeOutput(
      reading: try GivenFile.read(file, most: ProbeOutput.mostBytes, else: .invalidProbe), name: file)
    let (probe, taken) = try workspace.readProbe(read, dryRun: change.dryRun)
    let view = ProbeView(probe, in: workspace.latest)
    guard output.format == .table else {
      let dry: JSONText = change.dryRun ? ["DryRun": .bool(true)] : [:]
      return try output.print(view.json(output.language).adding(["Taken": .string(taken.rawValue)]).adding(dry))
    }
    try ProbeView.print([view], to: output)
    switch taken {
    case .stored: output.say(change.dryRun ? Output.dryRun : Phrase("Stored.", "已保存。"))
    case .knownAlready: output.say(Phrase("It was read before: nothing was changed.", "此前已读入，未作任何修改。"))
    case .olderThanKnown:
      output.say(
        Phrase(
          "A later output of that machine was read before: it stays, and nothing was changed.",
          "此前已读入该机器更新的输出，予以保留，未作任何修改。"))
    }
  }
}

struct ListProbes: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "probe-list",
      Phrase(
        "List what was tried from other machines, all or an instance's or a link's, the newest first.",
        "列出从其他机器测试的结果，可按实例或链路筛选，新的在前。"),
      json: "[\(ProbeView.members)]")
  }

  @Option(help: ArgumentHelp(Phrase("Only this instance's.", "仅限该实例。"), value: "id"), completion: .instances)
  var instance: String?
  @Option(help: ArgumentHelp(Phrase("Only this link's.", "仅限该链路。"), value: "id"), completion: .links)
  var link: String?
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let reading = try invocation.open().state()
    let views = try reading.probes(of: instance, link: link).map { ProbeView($0, in: reading) }
    guard invocation.output.format == .table, !views.isEmpty else {
      return try invocation.output.list(
        views,
        orElse: Phrase(
          "Nothing was tried from other machines. `acr-console gitlab probe-script` makes a script for one.",
          "尚无从其他机器测试的结果。可用 `acr-console gitlab probe-script` 生成脚本。"))
    }
    try ProbeView.print(views, to: invocation.output)
  }
}
