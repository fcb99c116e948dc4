import SecureBuild
import TerminalUI

/// One build rule: what it says, whether it can be built now, and what GitLab says of its source.
@ScreenActor
final class RuleSheet: Dialog, Refreshing {
  unowned let app: App
  private let id: String
  private var rule: BuildRule?
  private let check: SourceCheckView
  private var scroll = Scroll()

  init(app: App, rule: String) {
    self.app = app
    id = rule
    check = SourceCheckView(app: app)
    refresh()
    lookAtSource()
  }

  func refresh() { rule = try? app.reading?.rule(id) }

  private func lookAtSource() {
    guard let rule, let repository = try? app.reading?.repository(rule.repoId), repository.source != nil else { return }
    check.stop()
    check.look(at: RuleDraft(of: rule), of: repository)
  }

  // MARK: Keys

  let scope = Scope.rule

  var actions: [Action] {
    guard let rule else { return [] }
    return [
      Action(.build, "build now", "立即构建", whyNot: app.whyNoBuild(rule)) { [unowned self] in
        leave()
        app.build(rule)
      },
      Action(.edit, "edit", "编辑") { [unowned self] in
        leave()
        app.open(RuleDialog(app: app, editing: rule))
      },
      Action(.delete, "delete", "删除") { [unowned self] in
        leave()
        app.delete(rule)
      },
      Action(.check, "check again", "重新检查") { [unowned self] in lookAtSource() },
      Action(.cluster, "in a cluster", "在集群中构建") { [unowned self] in
        leave()
        app.open(ClusterDialog(app: app, rule: rule))
      },
      Action(.copy, "copy ID", "复制 ID", isHinted: false) { [app] in app.copy(rule.id) },
      Action(.back, "close", "关闭", isHinted: false) { [unowned self] in leave() },
    ]
  }

  func take(_ key: Key) -> Bool {
    guard key == .enter else { return false }
    leave()
    return true
  }

  func move(_ key: Key) -> Bool { scroll.move(key) }

  func tick() { check.tick() }

  func leave() {
    check.stop()
    app.close(self)
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    let width = min(84, area.width - 10)
    let lines = lines(width: max(20, width))
    let frame = DialogFrame(
      title: app.text(Phrase("Build rule ", "构建规则 ")) + (rule?.title ?? id),
      subtitle: app.text(Phrase("In the vendor's console: the repository › Build", "在厂商控制台：仓库 › 构建")))
    let inner = frame.draw(
      on: &canvas, in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1),
      body: Size(width: width, height: lines.count))
    scroll.settle(rows: lines.count, room: inner.height)
    for (row, line) in lines.dropFirst(scroll.top).prefix(inner.height).enumerated() {
      let y = inner.y + row
      canvas.put(line.label, x: inner.x, y: y, .dialogMuted, width: Self.label(app) - 1)
      let x = line.isFact ? inner.x + Self.label(app) : inner.x
      canvas.put(line.text, x: x, y: y, line.role, width: inner.maxX - x)
    }
    scroll.draw(on: &canvas, right: inner.maxX, from: inner.y)
    Footer(app: app).draw(on: &canvas)
  }

  private struct Line {
    var label = ""
    var isFact = false
    let text: String
    let role: Role
  }

  private static func label(_ app: App) -> Int { app.language == .chinese ? 12 : 13 }

  private func lines(width: Int) -> [Line] {
    guard let rule else {
      return [Line(text: app.text(Phrase("This rule is here no more.", "该规则已不存在。")), role: .statusError)]
    }
    func fact(_ en: String, _ zh: String, _ value: String, _ role: Role = .dialog) -> [Line] {
      Paragraph.lines(value, width: max(2, width - Self.label(app))).enumerated().map { index, text in
        Line(label: index == 0 ? app.text(Phrase(en, zh)) : "", isFact: true, text: text, role: role)
      }
    }
    func plain(_ text: String, _ role: Role) -> [Line] {
      Paragraph.lines(text, width: width).map { Line(text: $0, role: role) }
    }
    let facts =
      fact(rule.pushType.title.en, rule.pushType.title.zh, rule.pushName)
      + fact("Dockerfile", "Dockerfile", rule.dockerfilePath) + fact("Version", "镜像版本", rule.versionWords)
      + fact("Platforms", "构建架构", rule.platforms.map(\.rawValue).joined(separator: ", "))
      + (rule.buildArgs.isEmpty ? [] : fact("Arguments", "构建参数", rule.buildArgs.joined(separator: "  ")))
      + fact("Written down", "登记", "\(Moments.text(rule.at)) · \(rule.by) · \(rule.id)", .dialogMuted)
    let gap = [Line(text: "", role: .dialog)]
    let source = check.notes(width: width).map { Line(text: $0.text, role: $0.role) }
    let problems = (check.found?.problems ?? []).filter { $0.field != nil && $0.code != .baseImageMissing }
      .flatMap { plain("✗ " + app.text($0.message), .statusError) + plain("→ " + app.text($0.mend), .dialog) }
    return facts + gap + nowLines(rule, plain) + (source.isEmpty && problems.isEmpty ? [] : gap + source + problems)
  }

  private func nowLines(_ rule: BuildRule, _ plain: (String, Role) -> [Line]) -> [Line] {
    if let why = app.whyNoBuild(rule) { return plain("○ " + app.text(why), .statusWarn) }
    let missing = app.missingParts(for: rule.instanceId)
    guard missing.isEmpty else {
      return missing.flatMap { part in
        plain("✗ \(part.name): \(app.text(part.why))", .statusError) + plain("→ " + app.text(part.mend), .dialog)
      }
    }
    let key = app.key(.build)
    return plain(app.text(Phrase("● \(key) builds it now.", "● 按 \(key) 立即构建。")), .statusOk)
  }
}
