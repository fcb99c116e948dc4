import SecureBuild
import TerminalUI

/// One conversation: which instance, what to do with it, and the dialogs for that.
@ScreenActor
final class PlainSession {
  private let app: App
  private let workspace: Workspace
  private let talk: PlainTalk

  init(_ workspace: Workspace, _ launch: ConsoleLaunch, _ streams: PlainStreams) {
    self.workspace = workspace
    app = App(launch, on: PlainDisplay(theme: launch.theme), .success(workspace))
    talk = PlainTalk(streams: streams, language: launch.language)
    // What the screen says of a form that waits names a key; the dialog itself says that it is back.
    if launch.notice == nil { app.toast = nil }
  }

  func run(_ errand: PlainConsole.Errand) async throws {
    try talk.say(
      app.isTraining
        ? Phrase("TRAINING workspace \(workspace.path)", "演练工作区 \(workspace.path)")
        : Phrase("Own workspace \(workspace.path)", "自有工作区 \(workspace.path)"))
    switch errand {
    case .createLink(let instance): try await createLink(chosen(instance))
    case .bindGitLab(let instance): try await bind(chosen(instance))
    case .everything:
      // Nobody there to go on is a way to leave.
      do { try await everything() } catch is PlainEnd {}
    }
  }

  // MARK: The dialogs

  private func createLink(_ instance: String) async throws {
    try requireRunning(instance)
    try await PlainForm(app: app, dialog: LinkDialog(app: app, creatingFor: instance), talk: talk).run()
  }

  private func bind(_ instance: String) async throws {
    try requireRunning(instance)
    try await PlainForm(app: app, dialog: BindDialog(app: app, instance: instance), talk: talk).run()
    try sayStatus(instance)
  }

  private func requireRunning(_ instance: String) throws { if let refusal = app.whyNoLink(instance) { throw refusal } }

  private func check(_ instance: String) async throws {
    let (workspace, talk) = (workspace, talk)
    try talk.say(Phrase("Asking GitLab …", "正在访问 GitLab ……"))
    let outcome: Result<Binding, Refusal>
    do {
      outcome = .success(
        try await workspace.check(instance) { report in
          guard let line = PlainHop.line(report) else { return }
          Task { @ScreenActor in try? talk.say(line) }
        })
    } catch { outcome = .failure(Refusal(error)) }
    app.showLatest()
    if case .failure(let refusal) = outcome { try talk.say(refusal) }
    try Task.checkCancellation()
    try sayStatus(instance)
  }

  private func sayStatus(_ instance: String) throws {
    guard let source = try app.reading?.codeSource(of: instance) else { return }
    let user = source.binding.flatMap { $0.username.isEmpty ? nil : "@\($0.username)" }
    let status = source.status.title
    try talk.say(
      Phrase(
        "GitLab: " + [status.en, user].compactMap(\.self).joined(separator: ", "),
        "GitLab：" + [status.zh, user].compactMap(\.self).joined(separator: "，")))
  }

  // MARK: The menu

  private func everything() async throws {
    while let instance = try await chooseInstance() {
      if try await work(on: instance) == .quit { return }
    }
  }

  /// The instance that was given, else the one that is chosen.
  /// - Throws: `Refusal` `NoSuchInstance` where there is none to choose, `Cancelled` where none was chosen.
  private func chosen(_ instance: String?) async throws -> String {
    if let instance { return instance }
    guard try app.reading?.instanceCounts().isEmpty == false else {
      throw Refusal(.noSuchInstance, message: Self.none, mend: Self.howToWriteDown)
    }
    do {
      if let instance = try await chooseInstance() { return instance }
    } catch is PlainEnd { try talk.say(Phrase("The input ended.", "输入已结束。")) }
    throw Refusal(CancellationError())
  }

  private static let none = Phrase("There are no instances.", "没有实例。")
  private static let howToWriteDown = Phrase(
    "`acr-console instance create` writes one down.", "可用 `acr-console instance create` 登记。")

  /// A list that is longer is searched, not read out.
  private static let most = 30

  /// - Returns: nil to leave.
  private func chooseInstance() async throws -> String? {
    var text = ""
    while true {
      var rows = try app.reading?.instanceRows(in: nil, matching: text)
      rows?.find(atLeast: Self.most + 1)
      let shown = (0..<min(rows?.count ?? 0, Self.most)).compactMap { rows?[$0] }
      try talk.blank()
      if shown.isEmpty {
        try talk.say(
          text.isEmpty
            ? Self.none + Self.howToWriteDown
            : Phrase("No instance is called “\(text)”.", "没有名为“\(text)”的实例。"))
        if text.isEmpty { return nil }
      } else {
        try talk.say(Phrase("Instances", "实例"))
        try talk.say(numbered: shown.map(line))
        if rows?.count ?? 0 > Self.most {
          try talk.say(Phrase("And more: answer with a part of the name.", "还有更多：可输入名称的一部分。"))
        }
      }
      try talk.say(
        Phrase("Which one? Its number, or a part of its name; . quits.", "选择哪一个？请输入编号或名称的一部分；. 退出。"))
      switch try await talk.choose(among: max(1, shown.count)) {
      case .item(let index) where shown.indices.contains(index): return shown[index].id
      case .other(let typed):
        if let row = shown.first(where: { $0.name == typed || $0.id == typed }) { return row.id }
        text = typed
      case .cancel: return nil
      case .item, .back: text = ""
      }
    }
  }

  private func line(_ row: InstanceRow) -> String {
    [row.name, row.regionId, row.status.map { talk.text($0.title) } ?? "", row.id].filter { !$0.isEmpty }
      .joined(separator: ", ")
  }

  private enum Next { case instances, quit }

  private func work(on instance: String) async throws -> Next {
    while true {
      await catchUp()
      try talk.blank()
      try talk.say(app.instanceName(instance))
      try sayStatus(instance)
      try talk.say(
        numbered: [
          Phrase("Show its links", "查看链路"), Phrase("Create a link", "创建链路"), Phrase("Bind GitLab", "绑定 GitLab"),
          Phrase("Check GitLab", "检查 GitLab"), Phrase("Another instance", "选择其他实例"), Phrase("Quit", "退出"),
        ].map { talk.text($0) })
      switch try await talk.choose(among: 6) {
      case .item(4), .back: return .instances
      case .item(5), .cancel: return .quit
      case .item(let index): try await telling { try await self.choice(index, instance) }
      case .other: try talk.say(Phrase("Answer with a number from 1 to 6.", "请输入 1 到 6 之间的数字。"))
      }
    }
  }

  private func choice(_ index: Int, _ instance: String) async throws {
    switch index {
    case 0: try showLinks(instance)
    case 1: try await createLink(instance)
    case 2: try await bind(instance)
    default: try await check(instance)
    }
  }

  /// What is refused or given up is told, and the menu comes again.
  private func telling(_ body: () async throws -> Void) async throws {
    do { try await body() } catch let refusal as Refusal {
      if refusal.code != .cancelled { try talk.say(refusal) }
    }
  }

  private func showLinks(_ instance: String) throws {
    let links = try app.reading?.links(of: instance) ?? []
    if links.isEmpty { try talk.say(Phrase("There is no link.", "没有链路。")) }
    for link in links {
      let others = link.allowedIps.map { $0.label.isEmpty ? "\($0.ip)" : "\($0.ip) \($0.label)" }
      let more = Phrase(
        others.isEmpty ? "" : ", also allowing \(others.joined(separator: ", "))",
        others.isEmpty ? "" : "，并放行 \(others.joined(separator: "、"))")
      try talk.say(
        Phrase(
          "Link \(link.id) to \(link.gitLabIntranetIp) over \(link.vSwitchId) in \(link.zoneId)\(more.en)",
          "链路 \(link.id)，通往 \(link.gitLabIntranetIp)，交换机 \(link.vSwitchId)（\(link.zoneId)）\(more.zh)"))
    }
  }

  /// Sees what other processes changed meanwhile.
  private func catchUp() async {
    let workspace = workspace
    _ = try? await Task.detached { try workspace.state() }.value
    app.showLatest()
  }
}
