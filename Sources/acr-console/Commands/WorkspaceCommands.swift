import ArgumentParser
import FlatFiles
import SecureBuild

struct WorkspaceCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "workspace", Phrase("Workspaces: practise in one, plan your own in another.", "工作区：用于演练，或规划自有环境。"),
      subcommands: [
        InitWorkspace.self, ListWorkspaces.self, CheckWorkspace.self, RepairWorkspace.self, CompactWorkspace.self,
        ExportWorkspace.self,
      ])
  }
}

struct InitWorkspace: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "init", Phrase("Make a workspace: to practise, or your own.", "创建工作区：演练或自有。"),
      json:
        "{Kind(training|own) Path}, for training also Address Username Token GitLabIntranetIp InstanceId VpcId VSwitchId"
    )
  }

  @Flag(
    help: ArgumentHelp(
      Phrase("To practise: with instances, networks and a GitLab on loopback.", "演练：自带实例、网络和本机环回上的 GitLab。")))
  var training = false
  @Flag(help: ArgumentHelp(Phrase("Your own: empty at first.", "自有：初始为空。")))
  var own = false
  @Option(
    help: ArgumentHelp(
      Phrase(
        "Of what `workspace export` wrote, with its history; - for standard input. Tokens have to be entered again.",
        "由 `workspace export` 的输出恢复，含操作历史；- 表示标准输入。Token 需重新录入。"), value: "file"),
    completion: .file())
  var from: String?
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws {
    guard [training, own, from != nil].count(where: \.self) <= 1 else {
      throw ValidationError(
        Phrase("--training, --own and --from exclude each other", "--training、--own 与 --from 不能同时使用")(
          HelpLanguage.current))
    }
  }

  func run(_ invocation: Invocation) throws {
    if let from { return try restore(from, invocation) }
    let kind = training ? WorkspaceKind.training : own ? .own : try ask(invocation.output)
    let made = try NewWorkspace.make(kind, at: invocation.path, dryRun: change.dryRun)
    if !change.dryRun { KnownWorkspaces().remember(invocation.path) }
    if kind == .training { invocation.label() }
    try invocation.output.show(made, rehearsed: change.dryRun)
    if !change.dryRun { invocation.output.say(made.next) }
  }

  private func restore(_ file: String, _ invocation: Invocation) throws {
    let bytes = try GivenFile.read(file, else: .invalidDocument)
    let document: WorkspaceDocument
    do { document = try WorkspaceDocument(reading: bytes, file: file) } catch { throw Refusal(document: error) }
    let made = try NewWorkspace.restore(document, at: invocation.path, dryRun: change.dryRun)
    if !change.dryRun { KnownWorkspaces().remember(invocation.path) }
    if made.kind == .training { invocation.label() }
    try invocation.output.show(made, rehearsed: change.dryRun)
    if !change.dryRun {
      invocation.output.say(
        Phrase(
          "Tokens aren't in such a file: bind accounts again where they are to be used.", "此类文件不含 Token：需要使用时请重新绑定账号。"))
    }
  }

  private func ask(_ output: Output) throws -> WorkspaceKind {
    guard let terminal = ControllingTerminal() else {
      throw Refusal.usage(
        Phrase("Which kind of workspace is to be made isn't said.", "未指定要创建的工作区类型。"),
        mend: Phrase("Give --training to practise, or --own for your own.", "请使用 --training（演练）或 --own（自有）。"))
    }
    let question = Phrase("Practise, or your own? [P/o] ", "演练（p）还是自有（o）？[P/o] ")
    while let answer = try terminal.ask(question(output.language))?.lowercased().filter({ !$0.isWhitespace }) {
      if answer.isEmpty || answer.hasPrefix("p") { return .training }
      if answer.hasPrefix("o") { return .own }
    }
    throw Refusal.declined
  }
}

struct ListWorkspaces: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List the workspaces made or opened before.", "列出曾创建或打开过的工作区。"),
      json: "[Path Kind(training|own) Default Current State(PRESENT|MISSING|UNREADABLE) Message]")
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let places = WorkspacePlace.all(current: invocation.path)
    try invocation.output.list(
      places,
      orElse: Phrase(
        "There are none. `acr-console workspace init` makes one.", "没有工作区。可用 `acr-console workspace init` 创建。"))
  }
}

struct CheckWorkspace: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "check",
      Phrase("Look at every file of the workspace: exit 0 when sound, 74 when damaged.", "检查工作区的所有文件：完好返回 0，损坏返回 74。"),
      json: "{Path Sound Findings[Kind Damage File Line Column Message]}")
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let health = try WorkspaceHealth(of: invocation.path, waiting: invocation.waiting)
    try health.print(to: invocation.output)
    if let refusal = health.refusal { throw refusal }
  }
}
