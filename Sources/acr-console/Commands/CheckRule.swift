import ArgumentParser
import SecureBuild

struct CheckRule: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "check",
      Phrase(
        "Ask GitLab and the places of base images about a rule, before a build: is the branch there, is the Dockerfile, can each FROM be had and from where, what can't be built. With --repository about a rule that isn't there yet. Exit 1 where something stands in the way.",
        "构建前向 GitLab 和基础镜像来源核对规则：分支、Dockerfile 是否存在，每个 FROM 能否取得及来源，有哪些内容无法构建。使用 --repository 可核对尚未添加的规则。存在问题时返回 1。"),
      json: """
        {BuildRuleId RepoId Project Ref CommitId Dockerfile Matching[Name ImageTag] BaseImages[Name Lines[] \
        State(FOUND|MISSING|UNKNOWN) Digest Origin From Tried[Place Answer] Message] Problems[Code Field Message Mend] \
        Notes[] Known At By}
        """)
  }

  @Option(
    name: .customLong("rule"), help: ArgumentHelp(Phrase("The build rule's id.", "构建规则 ID。"), value: "id"),
    completion: .rules)
  var option: String?
  @Argument(help: ArgumentHelp(Phrase("The build rule's id.", "构建规则 ID。"), value: "rule-id"), completion: .rules)
  var argument: String?
  @Option(
    help: ArgumentHelp(
      Phrase("In place of a rule: the repository that one would be added to.", "代替规则：拟添加规则的镜像仓库 ID。"), value: "id"),
    completion: .repositories)
  var repository: String?
  @OptionGroup var options: RuleOptions
  @Option(help: ArgumentHelp(Phrase("What is to build it.", "构建引擎。"), value: "engine"))
  var engine = BuildRequest.EngineName.local
  @OptionGroup var common: CommonOptions

  func check() throws {
    guard repository != nil else {
      _ = try Choice.one(option, argument, name: "--rule")
      return
    }
    guard option == nil, argument == nil else {
      throw ValidationError(
        Phrase("--repository and --rule exclude each other", "--repository 与 --rule 不能同时使用")(HelpLanguage.current))
    }
    try options.requireWhole()
  }

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let reading = try workspace.state()
    let rule = try option.map(reading.rule) ?? argument.map(reading.rule)
    var draft = rule.map { RuleDraft(of: $0) } ?? RuleDraft(repoId: repository ?? "")
    options.fill(&draft)
    let repository = try reading.repository(draft.repoId)
    let check = try await workspace.checkSource(of: repository, rule: draft, engine: engine)
    let view = SourceCheckView(check, rule: rule?.id, repository: repository, by: ProcessEnvironment.actor)
    try invocation.output.show(view)
    if invocation.output.format == .table {
      try StandardStream.output.write(view.tables(invocation.language))
      for problem in check.problems.dropFirst() { invocation.output.report(problem) }
    }
    // What was found has been printed; what stands in the way is how it ends.
    if let first = check.problems.first { throw first }
  }
}
