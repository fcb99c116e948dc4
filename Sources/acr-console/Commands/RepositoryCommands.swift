import ArgumentParser
import SecureBuild

struct RepositoryCommands: ParsableCommand {
  static let json = """
    RepoId RepoNamespaceName RepoName RepoType(PRIVATE|PUBLIC) InstanceId Summary Detail CodeRepoType(GITLAB) CodeRepoId \
    CodeRepoNamespaceName CodeRepoName AutoBuild DisableCacheBuild Known At By
    """

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "repository", Phrase("Image repositories, and what they are built from.", "镜像仓库及其代码源。"),
      subcommands: [
        ListRepositories.self, ShowRepository.self, CreateRepository.self, EditRepository.self, DeleteRepository.self,
      ])
  }
}

struct ListRepositories: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List the repositories, all or an instance's.", "列出镜像仓库，可按实例筛选。"),
      json: "[\(RepositoryCommands.json)]")
  }

  @Option(help: ArgumentHelp(Phrase("Only this instance's.", "仅限该实例。"), value: "id"), completion: .instances)
  var instance: String?
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    try invocation.output.list(
      try invocation.open().state().repositories(of: instance),
      orElse: Phrase(
        "There are no repositories. `acr-console repository create` makes one.",
        "没有镜像仓库。可用 `acr-console repository create` 创建。"))
  }
}

struct ShowRepository: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration("show", Phrase("Show one repository.", "查看镜像仓库。"), json: "{\(RepositoryCommands.json)}")
  }

  @OptionGroup var choice: RepositoryChoice
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    try invocation.output.show(try invocation.open().state().repository(choice.id()))
  }
}

struct CreateRepository: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "create", Phrase("Create a repository, and its namespace where that isn't there.", "创建镜像仓库；命名空间不存在时一并创建。"),
      json: "{\(RepositoryCommands.json)}")
  }

  @Option(
    help: ArgumentHelp(Phrase("The instance's id; it must be running.", "实例 ID，须处于运行中。"), value: "id"),
    completion: .instances)
  var instance: String
  @Option(
    help: ArgumentHelp(Phrase("The namespace that it lies in.", "所属命名空间。"), value: "name"), completion: .namespaces)
  var namespace: String
  @Option(help: ArgumentHelp(Phrase("Its name.", "名称。"), value: "name"))
  var name: String
  @Option(help: ArgumentHelp(Phrase("Who may pull from it.", "仓库类型（谁可以拉取）。"), value: "type"))
  var type = RepositoryType.private
  @Option(help: ArgumentHelp(Phrase("What it holds, in a line.", "摘要，一行说明。"), value: "text"))
  var summary: String
  @Option(help: ArgumentHelp(Phrase("A longer description.", "详细信息。"), value: "text"))
  var detail = ""
  @Option(
    help: ArgumentHelp(
      Phrase(
        "The project of the bound GitLab that it is built from; see `gitlab projects`.",
        "构建所用的代码源项目（来自已绑定的 GitLab，参见 `gitlab projects`）。"), value: "group/project"))
  var project: String?
  @Flag(help: ArgumentHelp(Phrase("Build when the project is pushed to.", "代码变更时自动构建。")))
  var autoBuild = false
  @Flag(help: ArgumentHelp(Phrase("Build without the layers of earlier builds.", "构建时不使用缓存。")))
  var noCache = false
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let draft = RepositoryDraft(
      instanceId: instance, namespaceName: namespace, name: name, type: type, summary: summary, detail: detail,
      project: project ?? "", autoBuild: autoBuild, disableCacheBuild: noCache)
    let made = try invocation.open().createRepository(draft, dryRun: change.dryRun)
    try invocation.output.show(made, rehearsed: change.dryRun)
    if !change.dryRun {
      invocation.output.say(
        Phrase(
          "Next: `acr-console rule add --repository \(made.id) --push-type GIT_BRANCH --push-name main --image-tag latest`.",
          "接下来：`acr-console rule add --repository \(made.id) --push-type GIT_BRANCH --push-name main --image-tag latest`。"
        ))
    }
  }
}

struct EditRepository: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "edit", Phrase("Change a repository; what isn't given stays.", "修改镜像仓库；未指定的内容不变。"),
      json: "{\(RepositoryCommands.json)}")
  }

  @OptionGroup var choice: RepositoryChoice
  @Option(help: ArgumentHelp(Phrase("Who may pull from it.", "仓库类型（谁可以拉取）。"), value: "type"))
  var type: RepositoryType?
  @Option(help: ArgumentHelp(Phrase("What it holds, in a line.", "摘要，一行说明。"), value: "text"))
  var summary: String?
  @Option(help: ArgumentHelp(Phrase("A longer description.", "详细信息。"), value: "text"))
  var detail: String?
  @Option(
    help: ArgumentHelp(
      Phrase("The project of the bound GitLab that it is built from.", "构建所用的代码源项目。"), value: "group/project"))
  var project: String?
  @Flag(help: ArgumentHelp(Phrase("Take the code source away.", "移除代码源。")))
  var noProject = false
  @Flag(
    inversion: .prefixedNo, help: ArgumentHelp(Phrase("Build when the project is pushed to, or don't.", "代码变更时是否自动构建。"))
  )
  var autoBuild: Bool?
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(Phrase("Use the layers of earlier builds, or don't.", "构建时是否使用缓存。")))
  var cache: Bool?
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws {
    _ = try choice.id()
    guard project == nil || !noProject else {
      throw ValidationError(
        Phrase("--project and --no-project exclude each other", "--project 与 --no-project 不能同时使用")(HelpLanguage.current)
      )
    }
    guard
      type != nil || summary != nil || detail != nil || project != nil || noProject || autoBuild != nil || cache != nil
    else { throw ValidationError(Choice.nothingToChange("--summary, --project, --auto-build …")) }
  }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let opened = try workspace.state().openRepository(choice.id())
    var draft = RepositoryDraft(of: opened.value)
    draft.type = type ?? draft.type
    draft.summary = summary ?? draft.summary
    draft.detail = detail ?? draft.detail
    if noProject || project.map({ $0 != draft.project }) ?? false {
      (draft.project, draft.projectId) = (project ?? "", nil)
    }
    draft.autoBuild = autoBuild ?? (noProject ? false : draft.autoBuild)
    draft.disableCacheBuild = cache.map { !$0 } ?? draft.disableCacheBuild
    let edited = try workspace.editRepository(choice.id(), draft, since: opened, dryRun: change.dryRun)
    try invocation.output.show(edited, rehearsed: change.dryRun)
  }
}

struct DeleteRepository: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "delete", Phrase("Delete a repository that has no rules; its build records stay.", "删除没有构建规则的镜像仓库；构建记录保留。"),
      json: "{\(RepositoryCommands.json)}")
  }

  @OptionGroup var choice: RepositoryChoice
  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let id = try choice.id()
    try removal.remove(invocation, what: \.sentence, { try workspace.deleteRepository(id, dryRun: $0) })
  }
}
