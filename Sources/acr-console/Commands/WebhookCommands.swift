import ArgumentParser
import SecureBuild

struct WebhookCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "webhook",
      Phrase(
        "GitLab's webhooks, by which it tells a `build watch` of pushes at once.",
        "GitLab 的 Webhook：推送后立即通知 `build watch`。"),
      subcommands: [AddWebhook.self, DeleteWebhook.self])
  }
}

struct AddWebhook: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "add",
      Phrase(
        "Have GitLab tell a listener of pushes to a repository's project. One with the same address is replaced.",
        "让 GitLab 在镜像仓库的项目有推送时通知监听地址。相同地址的 Webhook 会被替换。"),
      json: "{RepoId WebhookId Url PushEvents TagPushEvents VerifiesTls}")
  }

  @OptionGroup var choice: RepositoryChoice
  @OptionGroup var place: WebhookPlace
  @Flag(
    help: ArgumentHelp(Phrase("Let GitLab take any certificate of the listener.", "GitLab 访问监听地址时不校验证书。")))
  var skipTlsVerification = false
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let hook = try await workspace.addWebhook(
      for: choice.id(), url: place.url, verifiesTLS: !skipTlsVerification)
    try invocation.output.show(WebhookView(hook: hook, repository: try choice.id()))
  }
}

struct DeleteWebhook: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "delete",
      Phrase("Remove the webhooks with this address from a repository's project.", "从镜像仓库的项目中移除该地址的 Webhook。"),
      json: "{RepoId Url Removed}")
  }

  @OptionGroup var choice: RepositoryChoice
  @OptionGroup var place: WebhookPlace
  @Flag(name: [.short, .long], help: ArgumentHelp(Phrase("Don't ask.", "不再询问确认。")))
  var yes = false
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let id = try choice.id()
    try Confirmation.require(
      Phrase("the webhooks to \(place.url)", "指向 \(place.url) 的 Webhook"), unless: yes, invocation.output)
    let removed = try await workspace.removeWebhooks(of: id, url: place.url)
    if invocation.output.format == .json {
      return try invocation.output.print(
        ["RepoId": .string(id), "Url": .string(place.url), "Removed": .number(removed)])
    }
    invocation.output.say(
      Phrase("Removed \(removed) webhook\(removed == 1 ? "" : "s").", "已移除 \(removed) 个 Webhook。"))
  }
}

struct WebhookPlace: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      Phrase(
        "Where `build watch --listen` is, as GitLab reaches it: http://10.0.0.5:8080/gitlab.",
        "GitLab 可以访问的 `build watch --listen` 地址，例如 http://10.0.0.5:8080/gitlab。"), value: "url"))
  var url: String
}

struct WebhookView: Presentable {
  let hook: GitLabHook
  let repository: String

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Repository", "镜像仓库")) { view, _ in view.repository },
      Column(Phrase("Webhook", "Webhook")) { view, _ in String(view.hook.id) },
      Column(Phrase("Address", "地址"), width: .max) { view, _ in view.hook.url },
      Column(Phrase("Tells of", "通知内容")) { view, language in
        let all: [(Bool, Phrase)] = [
          (view.hook.pushEvents, Phrase("branches", "分支")), (view.hook.tagPushEvents, Phrase("tags", "标签")),
        ]
        return all.filter(\.0).map { $0.1(language) }.joined(separator: ", ")
      },
      Column(Phrase("Verifies TLS", "校验证书")) { view, language in Words.yes(view.hook.verifiesTLS)(language) },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "RepoId": .string(repository), "WebhookId": .number(hook.id), "Url": .string(hook.url),
      "PushEvents": .bool(hook.pushEvents), "TagPushEvents": .bool(hook.tagPushEvents),
      "VerifiesTls": .bool(hook.verifiesTLS),
    ]
  }
}
