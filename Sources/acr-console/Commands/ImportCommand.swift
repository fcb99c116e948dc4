import ArgumentParser
import Glibc
import SecureBuild
import Synchronization

struct ImportCommand: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "import",
      Phrase(
        "Take over what `aliyun cr|vpc|ecs|slb …` printed: instances, endpoints, VPCs, vSwitches, routes, VBRs, network ACLs, ECS and SLB instances, security groups. Several files and pages together, in one change; again with the same result.",
        "导入 `aliyun cr|vpc|ecs|slb …` 的输出：实例、访问域名、专有网络、交换机、路由、边界路由器、网络 ACL、ECS 与 SLB 实例、安全组。多个文件和分页可一次导入，重复导入结果不变。"),
      json: "{Changes[Kind New[] Changed[] Same[] Dropped[]] Notes[Code Message]}")
  }

  @Argument(
    help: ArgumentHelp(
      Phrase("Files of what `aliyun` printed; - for standard input.", "`aliyun` 输出的文件；- 表示标准输入。"), value: "file"),
    completion: .file())
  var files: [String]
  @Option(
    help: ArgumentHelp(
      Phrase(
        "The region of what names none: GetInstance, vSwitches, route tables, VBRs.",
        "接口返回中不含地域时（GetInstance、交换机、路由表、边界路由器）所用的地域。"), value: "id"), completion: .regions)
  var region: String?
  @Option(
    help: ArgumentHelp(
      Phrase("The instance that ListInstanceEndpoint was asked of.", "ListInstanceEndpoint 所查询的实例。"), value: "id"),
    completion: .instances)
  var instance: String?
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws {
    guard files.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError(
        Phrase("Standard input (-) is given twice", "标准输入（-）给出了两次")(HelpLanguage.current))
    }
  }

  func run(_ invocation: Invocation) throws {
    let output = invocation.output
    let workspace = try invocation.open()
    let read = try files.map { ImportedFile(name: $0, bytes: try GivenFile.read($0)) }
    let steps = ImportSteps(output)
    let answers = try VendorAnswers(reading: read, progress: steps.show)
    let request = try ImportRequest(answers, region: region, instance: instance)
    let plan = try workspace.plan(request, progress: steps.show)
    // For people what will change stands there before it does; a script reads what was done.
    if output.format == .table {
      var before = output
      before.isAnswer = change.dryRun
      try plan.print(to: before)
    }
    guard !change.dryRun else {
      if output.format == .json { return try output.print(plan.json(output.language).adding(["DryRun": .bool(true)])) }
      return output.say(Output.dryRun)
    }
    let done = try workspace.carryOut(plan, progress: steps.show)
    if output.format == .json { try output.print(done.json(output.language)) }
    output.say(
      done.changesNothing
        ? Phrase("All of it was known already: nothing was changed.", "内容均已登记，未作任何修改。")
        : Phrase("Imported.", "已导入。"))
  }
}

/// Says how far a long import has come to whoever watches a terminal, once a second.
private final class ImportSteps: Sendable {
  private let output: Output
  private let last: Mutex<ContinuousClock.Instant>

  init(_ output: Output) {
    self.output = output
    last = Mutex(.now)
  }

  func show(_ progress: ImportProgress) {
    guard isatty(2) != 0 else { return }
    let isDue = last.withLock { last in
      guard last.duration(to: .now) >= .seconds(1) else { return false }
      last = .now
      return true
    }
    guard isDue else { return }
    switch progress {
    case .read(let count, let total):
      output.notice(Phrase("Read \(100 * count / total) % …", "已读取 \(100 * count / total)% ……"))
    case .compared(let count, let total):
      output.notice(Phrase("Compared \(count) of \(total) …", "已比对 \(count) / \(total) ……"))
    case .written(let count, let total):
      output.notice(Phrase("Prepared \(count) of \(total) changes …", "已准备修改 \(count) / \(total) ……"))
    }
  }
}
