import ArgumentParser
import SecureBuild

struct GitLabCommands: ParsableCommand {
  static let json = """
    {InstanceId Status(BOUND|UNBOUND|BINDING|INVALID) CheckedAt NetworkType Address Username LinkId Draft TokenStored \
    Known At By From LastPassed{At By From Source Endpoint ResolvedBy Version UserState IsBot TokenExpiresOn \
    NotExercised} LastFailed{At By From Source Hop Code NotExercised} Confirmed{Known At By} Warnings[Code Message]}
    """

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "gitlab", Phrase("The GitLab account of an instance's code source.", "实例代码源绑定的 GitLab 账号。"),
      subcommands: [
        BindGitLab.self, ShowGitLab.self, CheckGitLab.self, ConfirmGitLab.self, ListProjects.self,
        ProbeScriptCommand.self,
        ReadProbe.self, ListProbes.self, WebhookCommands.self, UnbindGitLab.self,
      ])
  }
}

struct ShowGitLab: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "show", Phrase("Show what is bound, and how that is known.", "查看绑定状态及其依据。"), json: GitLabCommands.json)
  }

  @OptionGroup var choice: InstanceChoice
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    try invocation.output.show(try CodeSourceView(of: choice.id(), in: workspace))
  }
}

struct CheckGitLab: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "check", Phrase("Try the binding again from this host, hop by hop.", "从本机逐跳重新检查绑定。"), json: GitLabCommands.json)
  }

  @OptionGroup var choice: InstanceChoice
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let id = try choice.id()
    do {
      _ = try await workspace.check(id, report: HopLines(invocation.output).report)
    } catch let refusal as Refusal where refusal.hop != nil {
      // The try was noted: whether it changed the status is what a person wants to know first.
      let status = try workspace.codeSource(of: id).status.title
      invocation.output.say(Phrase("Status: \(status.en)", "状态：\(status.zh)"))
      if refusal.hop.map({ $0 >= .connect }) ?? false { invocation.output.say(.notExercised) }
      throw refusal
    }
    try invocation.output.show(try CodeSourceView(of: id, in: workspace))
    invocation.output.say(.notExercised)
  }
}

struct ConfirmGitLab: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "confirm",
      Phrase("Note that you saw Bound in the vendor's console (own workspaces).", "记录您已在厂商控制台看到“已绑定”（仅自有工作区）。"),
      json: GitLabCommands.json)
  }

  @OptionGroup var choice: InstanceChoice
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let id = try choice.id()
    _ = try workspace.confirmBinding(of: id, dryRun: change.dryRun)
    try invocation.output.show(try CodeSourceView(of: id, in: workspace), rehearsed: change.dryRun)
  }
}

struct UnbindGitLab: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "unbind", Phrase("Remove the binding or draft, with its token.", "解除绑定或删除草稿，并删除其 Token。"),
      json: GitLabCommands.json)
  }

  @OptionGroup var choice: InstanceChoice
  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let id = try choice.id()
    try removal.remove(
      invocation, what: \.removal,
      { dryRun in
        let before = try CodeSourceView(of: id, in: workspace)
        _ = try workspace.unbind(id, dryRun: dryRun)
        // What goes, while it is asked; what is left, after.
        return dryRun ? before : try CodeSourceView(of: id, in: workspace)
      })
    invocation.tellSecretsLeftBehind(in: workspace)
  }
}
