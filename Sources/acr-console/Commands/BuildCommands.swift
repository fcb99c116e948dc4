import ArgumentParser
import SecureBuild

struct BuildCommands: ParsableCommand {
  static let json = """
    BuildRecordId BuildStatus(PENDING|BUILDING|SUCCESS|FAIL|CANCEL) Image{RepoNamespaceName RepoName RepoId ImageTag} \
    CommitId Digest StartTime EndTime Stages[Name(PREPARE|CLONE|BASE_IMAGES|BUILD|PUSH) \
    Status(WAITING|RUNNING|SUCCESS|FAIL|CANCEL) StartTime EndTime Allowed[Ip Port Label] LogOffset] \
    Refused[Ip Port Protocol Count] InstanceId BuildRuleId PushType Ref Trigger(MANUAL|PUSH|AGAIN) \
    Engine(LOCAL|KUBERNETES) Size References[] BaseImages[Name Digest Origin(REGISTRY|MIRROR|ARCHIVE) From] \
    Failure{Code Stage Message Mend} Orphaned Cancelling At By
    """

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "build", Phrase("Builds: start, follow and cancel them; what became of them.", "构建：发起、跟踪、取消及查看结果。"),
      subcommands: [
        StartBuild.self, BuildAgain.self, ListBuilds.self, ShowBuild.self, ShowBuildLog.self, CancelBuild.self,
        DeleteBuild.self, WatchPushes.self, ShowMissingParts.self, ExportBuild.self,
      ])
  }
}

struct StartBuild: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "start",
      Phrase(
        "Build what a rule says, now. It returns once the build is queued and a runner works; with --wait once it is over: exit 0 for SUCCESS, 1 for FAIL, 130 for CANCEL.",
        "按规则立即构建。排队并由运行器接手后即返回；使用 --wait 则等待结束：SUCCESS 返回 0，FAIL 返回 1，CANCEL 返回 130。"),
      json: "{\(BuildCommands.json)}")
  }

  @OptionGroup var choice: RuleChoice
  @OptionGroup var waiting: WaitOption
  @Option(
    help: ArgumentHelp(
      Phrase("What builds it: this machine, or a cluster through kubectl.", "构建引擎：本机，或通过 kubectl 使用集群。"),
      value: "engine"))
  var engine = BuildRequest.EngineName.local
  @Option(
    help: ArgumentHelp(
      Phrase(
        "The commit to build, 40 digits; else the newest of the branch or tag.", "要构建的 Commit ID（40 位）；默认为分支或标签的最新提交。"),
      value: "id"))
  var commit: String?
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let request = try workspace.buildRequest(rule: choice.id(), engine: engine, commit: commit)
    try await BuildStart(workspace, invocation).start(request, wait: waiting.wait, dryRun: change.dryRun)
  }
}

struct BuildAgain: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "again",
      Phrase("Build again what a record built: the same rule as it was, the same commit.", "重新构建某条记录：使用当时的规则和同一提交。"),
      json: "{\(BuildCommands.json)}")
  }

  @OptionGroup var choice: BuildChoice
  @OptionGroup var waiting: WaitOption
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let request = try workspace.request(again: workspace.builds.record(choice.id()))
    try await BuildStart(workspace, invocation).start(request, wait: waiting.wait, dryRun: change.dryRun)
  }
}

struct CancelBuild: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "cancel", Phrase("Cancel a build that waits or runs.", "取消等待中或进行中的构建。"), json: "{\(BuildCommands.json)}")
  }

  @Option(
    name: .customLong("build"), help: ArgumentHelp(Phrase("The build's id.", "构建记录 ID。"), value: "id"),
    completion: .livingBuilds)
  var option: String?
  @Argument(
    help: ArgumentHelp(Phrase("The build's id.", "构建记录 ID。"), value: "build-id"), completion: .livingBuilds)
  var argument: String?
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  private func id() throws -> String { try Choice.one(option, argument, name: "--build") }

  func check() throws { _ = try id() }

  func run(_ invocation: Invocation) async throws {
    let builds = try invocation.open().builds
    let id = try id()
    if change.dryRun {
      return try invocation.output.show(BuildView(try builds.cancellable(id)), rehearsed: true)
    }
    let outcome = try await builds.cancel(id)
    try invocation.output.show(BuildView(try builds.record(id)))
    if outcome == .asked {
      invocation.output.say(
        Phrase(
          "Whoever works on it was told to stop. `acr-console build show \(id)` says when that is done.",
          "已通知运行器停止。可用 `acr-console build show \(id)` 查看何时完成。"))
    }
  }
}

struct DeleteBuild: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "delete", Phrase("Delete the record and the log of a build that is over.", "删除已结束构建的记录和日志。"),
      json: "{\(BuildCommands.json)}")
  }

  @OptionGroup var choice: BuildChoice
  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let builds = try invocation.open().builds
    let id = try choice.id()
    try removal.remove(
      invocation, what: \.sentence,
      { dryRun in
        let gone = BuildView(try builds.deletable(id))
        if !dryRun { try builds.delete(id) }
        return gone
      })
  }
}

/// The flag that waits for a build's end.
struct WaitOption: ParsableArguments, Sendable {
  @Flag(
    help: ArgumentHelp(
      Phrase(
        "Wait until it is over. Ctrl-C ends the waiting, not the build.", "等待构建结束。按 Ctrl-C 只停止等待，不影响构建。")))
  var wait = false
}
