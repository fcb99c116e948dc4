import SecureBuild
import TerminalUI

/// One build (构建记录): its stages, what came of it, what it was refused, and its log as it comes.
@ScreenActor
final class BuildRecordPage: Page, ShowsBuilds {
  unowned let app: App
  private let id: String
  private let own: String
  private(set) var record: BuildRecord?
  private(set) var trouble: Refusal?
  private let log: LogPane
  private var isWholeLog = false
  private var task: Task<Void, Never>?
  /// What following it told is of this number; what comes late isn't.
  private var number = 0

  init(app: App, build: String, instance: String) {
    self.app = app
    id = build
    own = instance
    log = LogPane(app: app)
  }

  var place: Place { .build(id: id, instance: own) }
  let vendorPath: Phrase? = Phrase("Build › Build Record › Log", "构建 › 构建记录 › 日志")
  var breadcrumb: [String] {
    [app.instanceName(own), app.text(Phrase("Build records", "构建记录")), record?.imageName ?? id]
  }

  // MARK: Following

  func refresh() {
    follow()
    followBuild()
    log.refreshMarks(record)
    if app.page === self { log.goOn() }
  }

  func buildsChanged() {}

  /// Follows the build to its end, in a task; each change is told once, however much has happened meanwhile.
  private func followBuild() {
    guard task == nil, record?.status.isOver != true, app.page === self, let workspace = app.workspace else { return }
    number += 1
    let (id, number) = (id, number)
    task = Task.detached(executorPreference: Workers.shared, priority: .userInitiated) { [weak self] in
      do {
        let builds = workspace.builds
        let log = try builds.log(id)
        for try await change in try builds.changes(of: id) {
          guard await self?.take(change, log, number) == true else { return }
        }
        await self?.ended(nil, number)
      } catch {
        await self?.ended(Refusal(error), number)
      }
    }
  }

  private func take(_ change: BuildChange, _ bytes: BuildLog, _ number: Int) -> Bool {
    guard number == self.number else { return false }
    record = change.record
    trouble = nil
    log.take(bytes, length: change.logLength, of: change.record)
    if !change.record.status.isOver { app.display.requestTick(after: .seconds(1)) }
    return true
  }

  private func ended(_ refusal: Refusal?, _ number: Int) {
    guard number == self.number else { return }
    task = nil
    if let refusal, refusal.code != .cancelled { trouble = refusal }
    if refusal == nil, record == nil {
      trouble = Refusal(
        .noSuchBuild, message: Phrase("This build is here no more.", "该构建已不存在。"),
        mend: Phrase("Esc goes back.", "按 Esc 返回。"))
    }
  }

  func leave() {
    task?.cancel()
    (task, number) = (nil, number + 1)
    log.stop()
  }

  func tick() {
    // Seconds go by only while it runs and is in view.
    if record?.status.isOver == false, app.page === self { app.display.requestTick(after: .seconds(1)) }
  }

  // MARK: Keys

  let scope = Scope.build

  var actions: [Action] {
    let record = record
    let none = record == nil ? Phrase("There is no build to take.", "没有可操作的构建。") : nil
    let alive = record?.status.isOver == false ? Phrase("It isn't over yet.", "该构建尚未结束。") : nil
    let canCancel = Action(.cancelBuild, "cancel", "取消", whyNot: app.whyNoCancel(record)) { [app] in
      if let record { app.cancel(record) }
    }
    let again = Action(.build, "build again", "重新构建", whyNot: none ?? alive) { [app] in
      if let record { app.buildAgain(record) }
    }
    let isHere = record?.request.engine != .kubernetes
    return [
      canCancel, again,
      Action(
        .cluster, "what a cluster must have", "集群须满足的条件",
        whyNot: isHere ? Phrase("This build is one of this machine.", "该构建在本机进行。") : nil, isHinted: !isHere
      ) { [app] in app.open(ClusterDialog(app: app, rule: nil)) },
      Action(.allowAddress, "allow what was refused", "放行被拒绝的地址", whyNot: whyNotAllowed) { [unowned self] in allow() },
      Action(.wholeLog, isWholeLog ? "facts" : "whole log", isWholeLog ? "显示信息" : "仅显示日志") { [unowned self] in
        isWholeLog.toggle()
      },
    ] + log.actions + [
      Action(.copy, "copy image", "复制镜像地址", whyNot: none, isHinted: record?.image != nil) { [app] in
        if let record { app.copy(record.image?.references.first ?? record.id) }
      }
    ]
  }

  /// What the link could let out to.
  private var allowable: [IPv4Address] {
    var seen: Set<IPv4Address> = []
    return (record?.refused ?? []).compactMap { refused in
      guard case .v4(let ip) = refused.ip, refused.isAllowable, seen.insert(ip).inserted else { return nil }
      return ip
    }
  }

  private var link: Link? {
    guard let reading = app.reading, let used = (try? reading.codeSource(of: own))?.binding?.linkId else { return nil }
    return (try? reading.links(of: own))?.first { $0.id == used }
  }

  private var whyNotAllowed: Phrase? {
    if record?.refused.isEmpty != false { return Phrase("Nothing was refused.", "没有被拒绝的连接。") }
    if link == nil { return Phrase("The binding uses no link.", "当前绑定未使用链路。") }
    return allowable.isEmpty
      ? Phrase("A link lets out to IPv4 addresses of services alone.", "链路只能放行服务的 IPv4 地址。") : nil
  }

  private func allow() { if let link { app.open(LinkDialog(app: app, editing: link, allowing: allowable)) } }

  func type(_ event: Event) -> Bool { log.type(event) }
  var typingHints: [KeyHint]? { log.typingHints }
  func clearFilter() -> Bool { log.clearSearch() }
  func move(_ key: Key) -> Bool { log.move(key) }
  /// Sideways, as far as the log goes; at its left edge the key is the navigation's.
  func take(_ key: Key) -> Bool { (key == .left || key == .right) && log.move(key) }
  func point(_ mouse: Mouse) -> Bool { log.point(mouse) }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    var lines = Lines(in: Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height))
    if let trouble {
      lines.add(app.text(trouble.message), .statusError, mark: "✗", on: &canvas)
      lines.add(app.text(trouble.mend), .text, mark: "→", on: &canvas)
    }
    if let record, !isWholeLog {
      // The log is what one comes for: half of the page is its own.
      let room = max(2, min(area.height - 4, (area.height + 1) / 2))
      BuildFacts(app: app, record: record, canAllow: whyNotAllowed == nil).draw(&lines, room: room, on: &canvas)
    }
    let top = min(lines.y, area.maxY)
    log.draw(
      on: &canvas, in: Rect(x: area.x + 1, y: top, width: area.width - 1, height: area.maxY - top), record, focused)
  }
}

extension RefusedConnection {
  /// Names are asked for at port 53: a link's host names are for that, no address of a resolver.
  var isNameLookup: Bool { port == 53 }

  var isAllowable: Bool { !isNameLookup && !ip.isV6 }
}
