import ArgumentParser
import SecureBuild

struct ListBuilds: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List builds, the newest first.", "列出构建记录，最新的在前。"), json: "[\(BuildCommands.json)]")
  }

  @Option(help: ArgumentHelp(Phrase("Only this instance's.", "仅限该实例。"), value: "id"), completion: .instances)
  var instance: String?
  @Option(help: ArgumentHelp(Phrase("At most so many.", "最多显示的条数。"), value: "n"))
  var limit = 50
  @Option(help: ArgumentHelp(Phrase("Only those older than this one.", "仅限早于该记录的。"), value: "id"), completion: .builds)
  var before: String?
  @OptionGroup var common: CommonOptions

  func check() throws {
    guard (1...10_000).contains(limit) else {
      throw ValidationError(Phrase("--limit is 1 to 10000", "--limit 的取值范围为 1 到 10000")(HelpLanguage.current))
    }
  }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    if let instance { _ = try workspace.instance(instance) }
    let page = try workspace.builds.records(of: instance, before: before, limit: limit)
    try invocation.output.list(
      page.records.map { BuildView($0) },
      orElse: Phrase(
        "There are no builds. `acr-console build start --rule ID` starts one.",
        "没有构建记录。可用 `acr-console build start --rule ID` 发起构建。"))
    if let next = page.next {
      invocation.output.say(Phrase("Older builds: --before \(next)", "更早的构建：--before \(next)"))
    }
    for refusal in page.unreadable.dropLast() { invocation.output.say(refusal.message) }
    // What can be read has been printed; what can't is how it ends.
    if let last = page.unreadable.last { throw last }
  }
}

struct ShowBuild: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "show",
      Phrase(
        "Show a build: its stages with what each was let out to, its image, what was refused.",
        "查看构建：各阶段及其放行地址、镜像、被拒绝的连接。"), json: "{\(BuildCommands.json)}")
  }

  @OptionGroup var choice: BuildChoice
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    try invocation.output.show(try workspace.builds.record(choice.id()), in: workspace)
  }
}

extension Builds {
  /// A build that can be cancelled.
  func cancellable(_ id: String) throws -> BuildRecord {
    let record = try record(id)
    guard !record.status.isOver else { throw Refusal.buildIsOver(id) }
    return record
  }

  /// A build that can be deleted.
  func deletable(_ id: String) throws -> BuildRecord {
    let record = try record(id)
    guard record.status.isOver else { throw Refusal.buildIsRunning(id) }
    return record
  }
}
