import SecureBuild
import TerminalUI

/// Repositories › Code Source (仓库管理 › 代码源): the five platforms, and all that is known of GitLab's binding.
@ScreenActor
final class CodeSourcePage: Page {
  private unowned let app: App
  private let instance: String
  private var table = Table()
  private var source: Result<CodeSource, Refusal>?
  private var area = Rect(x: 0, y: 0, width: 0, height: 0)

  init(app: App, instance: String) {
    self.app = app
    self.instance = instance
    table.select(Platform.allCases.firstIndex(of: .gitLab) ?? 0)
  }

  var place: Place { .codeSource(instance: instance) }
  let vendorPath: Phrase? = Phrase("the instance › Repositories › Code Source", "实例 › 仓库管理 › 代码源")
  var breadcrumb: [String] {
    [
      app.text(Phrase("Instances", "实例列表")), app.instanceName(instance), app.text(Phrase("Repositories", "仓库管理")),
      app.text(Phrase("Code Source", "代码源")),
    ]
  }

  private var platform: Platform { Platform.allCases[min(table.selected, Platform.allCases.count - 1)] }
  private var binding: Binding? { (try? source?.get())?.binding }

  func refresh() {
    guard let reading = app.reading else { return }
    source = Result { () throws(Refusal) in try reading.codeSource(of: instance) }
  }

  // MARK: Keys

  let scope = Scope.codeSource

  var actions: [Action] {
    guard platform == .gitLab else { return notFromHere }
    let isBound = binding != nil
    let none =
      isBound
      ? nil
      : Phrase(
        "No GitLab account is bound here (\(app.key(.bind)) binds one).", "尚未绑定 GitLab 账号（按 \(app.key(.bind)) 绑定）。")
    return [
      Action(.links, "links", "链路管理") { [app, instance] in app.open(LinksDialog(app: app, instance: instance)) },
      Action(.bind, "bind account", "绑定账号") { [app, instance] in app.open(BindDialog(app: app, instance: instance)) },
      Action(.check, "check again", "检查", whyNot: none) { [app, instance] in
        app.open(CheckDialog(app: app, instance: instance))
      },
      Action(.path, "path", "路径检查") { [app, instance] in
        app.open(PathDialog(app: app) { reading throws(Refusal) in try reading.path(of: instance) })
      },
      Action(.unbind, "unbind", "解绑", whyNot: none) { [unowned self] in unbind() },
      Action(.confirm, "confirm", "确认", whyNot: none ?? whyNotConfirmed) { [unowned self] in confirm() },
      Action(.goSecurityGroup, "security group", "托管安全组") { [app, instance] in
        app.go(to: .securityGroup(instance: instance))
      },
      Action(.copy, "copy address", "复制地址", whyNot: none) { [unowned self] in
        if let binding { app.copy(binding.address) }
      },
      Action(.open, "bind account", "绑定账号") { [app, instance] in app.open(BindDialog(app: app, instance: instance)) },
    ]
  }

  /// What GitLab has, and why the selected platform hasn't.
  private var notFromHere: [Action] {
    let commands: [(Command, Phrase)] = [
      (.bind, Phrase("bind account", "绑定账号")), (.check, Phrase("check again", "检查")),
      (.unbind, Phrase("unbind", "解绑")), (.confirm, Phrase("confirm", "确认")), (.open, Phrase("bind account", "绑定账号")),
    ]
    return commands.map { Action($0.0, $0.1.en, $0.1.zh, whyNot: platform.why) {} }
  }

  private var whyNotConfirmed: Phrase? {
    guard app.isTraining else { return nil }
    return Phrase(
      "This is a training workspace: there is nothing to confirm at the vendor's.", "这是演练工作区：厂商侧没有可确认的内容。")
  }

  func move(_ key: Key) -> Bool { table.handle(.key(key), count: Platform.allCases.count, area: area) != .ignored }

  func point(_ mouse: Mouse) -> Bool {
    switch table.handle(.mouse(mouse), count: Platform.allCases.count, area: area) {
    case .activated:
      if platform == .gitLab { app.open(BindDialog(app: app, instance: instance)) }
      return true
    case .moved, .sortBy: return true
    case .ignored: return false
    }
  }

  private func unbind() {
    guard let workspace = app.workspace, let binding else { return }
    let group = (try? app.reading?.securityGroup(of: instance))?.group?.id
    let opened = try? app.reading?.openBinding(of: instance)
    let what = [binding.username.isEmpty ? "" : "@" + binding.username, binding.address].filter { !$0.isEmpty }
      .joined(separator: " · ")
    app.open(
      ConfirmDialog(
        app: app, title: Phrase("Unbind GitLab", "解绑 GitLab"),
        question: Phrase(
          "Unbind \(what) from \(app.instanceName(instance))? Its stored token is removed"
            + (group.map { ", and the managed security group \($0) goes with it." } ?? "."),
          "从 \(app.instanceName(instance)) 解绑 \(what)？已保存的 Token 将被删除"
            + (group.map { "，托管安全组 \($0) 也会随之删除。" } ?? "。")),
        action: Phrase("Unbind", "解绑")
      ) { [app, instance] in
        app.perform(Phrase("Unbinding", "正在解绑"), cancellable: false) {
          _ = try workspace.unbind(instance, since: opened)
          return (try? workspace.secretsLeftBehind()) ?? []
        } then: {
          app.done($0) { left in
            Phrase("GitLab is unbound.", "GitLab 已解绑。") + (left.first?.sentence ?? Phrase("", ""))
          }
        }
      })
  }

  private func confirm() {
    guard let workspace = app.workspace else { return }
    app.open(
      ConfirmDialog(
        app: app, title: Phrase("Seen in the vendor's console", "厂商控制台已确认"),
        question: Phrase(
          "Note that you saw 已绑定 / Bound for this GitLab in the vendor's console? It is written down with your name and the time.",
          "确认已在厂商控制台看到该 GitLab 为“已绑定”？将记录确认人和时间。"),
        action: Phrase("I saw it", "已看到"), isDanger: false
      ) { [app, instance] in
        app.perform(Phrase("Noting", "正在记录"), cancellable: false) {
          try workspace.confirmBinding(of: instance)
        } then: {
          app.done($0) { _ in Phrase("Noted.", "已记录。") }
        }
      })
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    let facts = platform == .gitLab ? BindingFacts(app: app, source: source).facts : whyNot
    let width = area.width - 4
    // The facts come first; the selected platform stays in view.
    let tableHeight = max(2, min(Platform.allCases.count + 1, area.height - 1 - facts.height(width: width)))
    self.area = Rect(x: area.x, y: area.y, width: area.width, height: tableHeight)
    table.settle(count: Platform.allCases.count, height: tableHeight)
    table.draw(
      on: &canvas, in: self.area, columns: columns, count: Platform.allCases.count, focused: focused, empty: []
    ) { row in cells(of: Platform.allCases[row]) }
    let room = area.height - tableHeight
    let gap = facts.height(width: width) < room ? 1 : 0
    var lines = Lines(in: Rect(x: area.x + 2, y: area.y + tableHeight + gap, width: width, height: room - gap))
    facts.draw(&lines, room: room - gap, on: &canvas)
  }

  private var whyNot: Facts {
    var facts = Facts(label: 0)
    facts.add(app.text(platform.why), .textMuted, rank: 0)
    for (index, what) in platform.takes.enumerated() { facts.add(app.text(what), .text, mark: "•", rank: index + 1) }
    return facts
  }

  private var columns: [TableColumn] {
    [
      TableColumn(app.text(Phrase("Code source", "代码源")), minimum: 10, maximum: 24),
      TableColumn(app.text(Phrase("Status", "状态")), minimum: 10, maximum: 20, isWhole: true),
      TableColumn(app.text(Phrase("Account", "账号")), minimum: 6, maximum: 40, expendable: 1),
      TableColumn(app.text(Phrase("Sign-in", "认证方式")), minimum: 6, maximum: 26, expendable: 2),
    ]
  }

  private func cells(of platform: Platform) -> [TableCell] {
    guard platform == .gitLab else {
      return [
        TableCell(platform.name), TableCell("– " + app.text(Phrase("not from here", "此处不可绑定")), .textMuted),
        TableCell("—", .textMuted), TableCell(app.text(platform.signIn), .textMuted),
      ]
    }
    let source = try? self.source?.get()
    let status = app.bindingRuns(for: instance) ? CodeSource.Status.binding : source?.status ?? .unbound
    let warning = source?.warnings.isEmpty == false ? " ⚠" : ""
    return [
      TableCell(platform.name), TableCell("\(status.mark.shape) \(app.text(status.title))\(warning)", status.mark.role),
      TableCell(source?.binding.map { $0.username.isEmpty ? "—" : "@" + $0.username } ?? "—"),
      TableCell(app.text(platform.signIn), .textMuted),
    ]
  }
}
