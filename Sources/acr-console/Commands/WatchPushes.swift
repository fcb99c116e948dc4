import ArgumentParser
import GitLab
import SecureBuild

struct WatchPushes: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "watch",
      Phrase(
        "Follow the bound projects of repositories with auto build, and start the rules that match a push, each once a commit. It runs until Ctrl-C; the builds go on.",
        "跟踪已开启自动构建的镜像仓库的项目，对每个提交触发一次匹配的规则。按 Ctrl-C 结束，构建仍会继续。"),
      json: """
        an object a line: {At Event(LISTENING|BEGAN|PUSHED|QUEUED|KNOWN|REFUSED|FAILED|NO_RUNNER) InstanceId Project Ref \
        CommitId BuildRuleId BuildRecordId Code Field Message Mend RetryAfter}
        """)
  }

  @Option(help: ArgumentHelp(Phrase("How often GitLab is asked, seconds.", "询问 GitLab 的间隔（秒）。"), value: "seconds"))
  var every = 30
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      Phrase(
        "Also listen here for GitLab's webhooks, at /gitlab; may be repeated. `gitlab webhook add` has GitLab send them.",
        "同时在此监听 GitLab 的 Webhook（路径 /gitlab），可重复。可用 `gitlab webhook add` 在 GitLab 中添加。"), value: "address:port"))
  var listen: [ListeningPlace] = []
  @Option(help: ArgumentHelp(Phrase("What builds.", "构建引擎。"), value: "engine"))
  var engine = BuildRequest.EngineName.local
  @OptionGroup var common: CommonOptions

  func check() throws {
    guard (1...86_400).contains(every) else {
      throw ValidationError(Phrase("--every is 1 to 86400", "--every 的取值范围为 1 到 86400")(HelpLanguage.current))
    }
  }

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    if let refusal = Invocation.noEngine(engine, in: workspace.kind) { throw refusal }
    let watch = try BuildWatch(workspace, every: .seconds(every), engine: engine)
    let lines = WatchLines(invocation.output)
    if try !workspace.watchesAnything {
      invocation.output.notice(
        Phrase(
          "No repository with auto build has a build rule: nothing is followed until one has (repository edit ID --auto-build, rule add).",
          "没有已开启自动构建且带有构建规则的镜像仓库，暂无可跟踪的项目（repository edit ID --auto-build，rule add）。"))
    }
    let secret = listen.isEmpty ? nil : try workspace.webhookSecret()
    do {
      try await withThrowingTaskGroup { group in
        group.addTask { try await watch.run { lines.tell($0) } }
        if let secret {
          for place in listen {
            group.addTask {
              try await HookListener(at: place.address, port: place.port, secret: secret).run(
                listening: { lines.listening(at: place, port: $0) }, telling: { watch.hear($0) })
            }
          }
        }
        // None of them ends by itself: the first end is everybody's.
        try await group.next()
        group.cancelAll()
      }
    } catch  where Task.isCancelled {
      throw Self.stopped
    }
    if Task.isCancelled { throw Self.stopped }
  }

  private static let stopped = Refusal(
    .cancelled, message: Phrase("No longer watching; builds that were started go on.", "已停止监听，已发起的构建仍在进行。"),
    mend: Phrase(
      "What is pushed meanwhile is seen by the next `acr-console build watch`.",
      "期间推送的内容会由下一次 `acr-console build watch` 发现。"))
}

/// Where webhooks are listened for: `10.0.0.5:8080`, `[::1]:8080`.
struct ListeningPlace: Sendable, Equatable, ExpressibleByArgument, CustomStringConvertible {
  let address: String
  let port: Int

  init?(argument: String) {
    guard let colon = argument.lastIndex(of: ":"), let port = Int(argument[argument.index(after: colon)...]),
      (0...65535).contains(port)
    else { return nil }
    let host = argument[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]"), case .v6? = IPAddress(String(host.dropFirst().dropLast())) {
      address = String(host.dropFirst().dropLast())
    } else if IPv4Address(host) != nil {
      address = String(host)
    } else {
      return nil
    }
    self.port = port
  }

  var description: String { (address.contains(":") ? "[\(address)]" : address) + ":\(port)" }
}
