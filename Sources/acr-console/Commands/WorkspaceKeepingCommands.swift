import ArgumentParser
import FlatFiles
import SecureBuild

struct RepairWorkspace: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "repair",
      Phrase(
        "Mend a damaged workspace as far as its files allow; every file that is replaced is kept as it was.",
        "尽可能修复损坏的工作区；被替换的文件均按原样另存。"),
      json: "{Path Kept Steps[Kind File Line Column Message]}")
  }

  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let repair = try Workspace.repair(
      at: invocation.path, by: ProcessEnvironment.actor, at: SystemClock().now(), dryRun: change.dryRun,
      waiting: invocation.waiting)
    let done = RepairView(path: invocation.path, repair: repair)
    if !repair.steps.isEmpty {
      try done.print(to: invocation.output, rehearsed: change.dryRun)
      if change.dryRun { return }
    }
    // What a repair can't know: records that make no sense, secrets that others could read.
    let health = try WorkspaceHealth(of: invocation.path, waiting: invocation.waiting)
    if let refusal = health.refusalOfRepaired { throw refusal }
    if repair.steps.isEmpty { try done.print(to: invocation.output, rehearsed: change.dryRun) }
  }
}

struct CompactWorkspace: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "compact",
      Phrase(
        "Begin a new journal: the records go to a snapshot, what was done stays in the history. It happens by itself, too, at a natural pause.",
        "开始新的日志：记录写入快照，操作历史保留。空闲时也会自动进行。"),
      json: "{Path Generation Records Transactions}")
  }

  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let state = change.dryRun ? try workspace.state().state : try workspace.compact()
    let records = try state.kinds.map { try state.records($0).count }.reduce(0, +)
    let done = CompactedWorkspace(
      path: invocation.path, generation: state.generation + (change.dryRun ? 1 : 0), records: records,
      transactions: state.sequence)
    try invocation.output.show(done, rehearsed: change.dryRun)
  }
}

struct ExportWorkspace: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "export",
      Phrase(
        "Write the workspace as one JSON document, with its history and without tokens; `workspace init --from` reads it.",
        "将工作区导出为一个 JSON 文件，含操作历史，不含 Token；可用 `workspace init --from` 恢复。"),
      json: "{created format id kind members sequence records{kind[id revision value]} history[at by changes did seq]}")
  }

  @Option(
    help: ArgumentHelp(
      Phrase("A new file, in place of standard output (-).", "写入新文件（默认 -，即标准输出）。"), value: "file"), completion: .file())
  var output: String?
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    guard let output, output != "-" else {
      return try workspace.store.export(waiting: workspace.waiting) { try StandardStream.output.write($0) }
    }
    try NewFile.write(output) { file in
      try workspace.store.export(waiting: workspace.waiting, to: file.write)
    }
    invocation.output.say(Phrase("The workspace is in \(output), without its tokens.", "工作区已写入 \(output)，不含 Token。"))
  }
}
