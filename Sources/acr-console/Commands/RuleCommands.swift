import ArgumentParser
import SecureBuild

struct RuleCommands: ParsableCommand {
  static let json = """
    BuildRuleId RepoId InstanceId PushType(GIT_BRANCH|GIT_TAG) PushName DockerfileLocation DockerfileName ImageTag \
    TagTime(NONE|DAY|MINUTE) TagCommitId BuildArgs[] Platforms[] BuildNow WhyNot{Code Field Message Mend} Known At By
    """

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "rule",
      Phrase("Build rules: what is built from which branch or tag, and as which version.", "构建规则：从哪个分支或标签构建哪个版本。"),
      subcommands: [ListRules.self, ShowRule.self, AddRule.self, EditRule.self, DeleteRule.self, CheckRule.self])
  }
}

struct ListRules: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List the build rules, all or an instance's or a repository's.", "列出构建规则，可按实例或镜像仓库筛选。"),
      json: "[\(RuleCommands.json)]")
  }

  @Option(help: ArgumentHelp(Phrase("Only this instance's.", "仅限该实例。"), value: "id"), completion: .instances)
  var instance: String?
  @Option(help: ArgumentHelp(Phrase("Only this repository's.", "仅限该镜像仓库。"), value: "id"), completion: .repositories)
  var repository: String?
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let reading = try invocation.open().state()
    var rules = try repository.map { try reading.rules(of: $0) } ?? reading.rules(ofInstance: instance)
    if let instance { rules.removeAll { $0.instanceId != instance } }
    try invocation.output.list(
      try rules.map { try RuleView($0, in: reading) },
      orElse: Phrase(
        "There are no build rules. `acr-console rule add` adds one.", "没有构建规则。可用 `acr-console rule add` 添加。"))
  }
}

struct ShowRule: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "show", Phrase("Show one build rule, and why it can't be built now where it can't.", "查看构建规则，以及不能立即构建的原因。"),
      json: "{\(RuleCommands.json)}")
  }

  @OptionGroup var choice: RuleChoice
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let reading = try invocation.open().state()
    try invocation.output.show(try RuleView(reading.rule(choice.id()), in: reading))
  }
}

struct AddRule: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "add",
      Phrase(
        "Add a build rule to a repository. `acr-console rule check` then asks GitLab and the registries.",
        "为镜像仓库添加构建规则。之后可用 `acr-console rule check` 向 GitLab 和镜像服务核对。"),
      json: "{\(RuleCommands.json)}")
  }

  @Option(help: ArgumentHelp(Phrase("The repository's id.", "镜像仓库 ID。"), value: "id"), completion: .repositories)
  var repository: String
  @OptionGroup var options: RuleOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws {
    try options.requireWhole()
  }

  func run(_ invocation: Invocation) throws {
    var draft = RuleDraft(repoId: repository)
    options.fill(&draft)
    let workspace = try invocation.open()
    let added = try workspace.createRule(draft, dryRun: change.dryRun)
    try invocation.output.show(try RuleView(added, in: workspace.latest), rehearsed: change.dryRun)
    if !change.dryRun {
      let onPush = added.isExpression || added.isNamedByPush
      let build = onPush ? "acr-console build watch" : "acr-console build start --rule \(added.id)"
      invocation.output.say(
        Phrase(
          "Next: `acr-console rule check \(added.id)`, then `\(build)`.",
          "接下来：`acr-console rule check \(added.id)`，然后 `\(build)`。"))
    }
  }
}

struct EditRule: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "edit",
      Phrase(
        "Change a build rule; what isn't given stays. Builds asked for before keep the rule as it was.",
        "修改构建规则；未指定的内容不变。此前发起的构建仍使用原规则。"),
      json: "{\(RuleCommands.json)}")
  }

  @OptionGroup var choice: RuleChoice
  @OptionGroup var options: RuleOptions
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(Phrase("Drop the build argument of this name.", "移除该名称的构建参数。"), value: "key"))
  var dropBuildArg: [String] = []
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws {
    _ = try choice.id()
    guard !options.isEmpty || !dropBuildArg.isEmpty else {
      throw ValidationError(Choice.nothingToChange("--push-name, --image-tag, --build-arg …"))
    }
  }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let opened = try workspace.state().openRule(choice.id())
    var draft = RuleDraft(of: opened.value)
    options.fill(&draft, dropping: dropBuildArg)
    let edited = try workspace.editRule(choice.id(), draft, since: opened, dryRun: change.dryRun)
    try invocation.output.show(try RuleView(edited, in: workspace.latest), rehearsed: change.dryRun)
  }
}

struct DeleteRule: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "delete", Phrase("Delete a build rule; its build records stay.", "删除构建规则；构建记录保留。"),
      json: "{\(RuleCommands.json)}")
  }

  @OptionGroup var choice: RuleChoice
  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let id = try choice.id()
    try removal.remove(
      invocation, what: \.sentence,
      { dryRun in
        let rule = try workspace.deleteRule(id, dryRun: dryRun)
        return RuleView(gone: rule, of: try workspace.latest.repository(rule.repoId).path)
      })
  }
}
