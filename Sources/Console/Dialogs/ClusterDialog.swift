import SecureBuild
import TerminalUI

/// A build in a cluster: what the cluster must have for it to be as closed as one here, then *Build there*.
@ScreenActor
final class ClusterDialog: Dialog {
  unowned let app: App
  /// Nil where a build is looked at that was given to one.
  private let rule: BuildRule?
  private var scroll = Scroll()

  init(app: App, rule: BuildRule?) {
    self.app = app
    self.rule = rule
  }

  // MARK: Keys

  let scope = Scope.cluster

  var actions: [Action] {
    let close = Action(.back, "close", "关闭", isHinted: false) { [unowned self] in app.close(self) }
    guard let rule else { return [close] }
    return [
      Action(.build, "build there", "在集群中构建", whyNot: whyNot(rule)) { [unowned self] in
        app.close(self)
        app.build(rule, by: .kubernetes)
      },
      Action(.copy, "copy the command", "复制命令") { [unowned self] in app.copy(exportCommand(rule)) }, close,
    ]
  }

  /// A training workspace never connects beyond loopback.
  private func whyNot(_ rule: BuildRule) -> Phrase? {
    if app.isTraining {
      return Phrase("Nothing of a training workspace is given to a real cluster.", "演练工作区的内容不会交给真实集群。")
    }
    return app.whyNoBuild(rule)
  }

  private func exportCommand(_ rule: BuildRule) -> String { "acr-console build export kubernetes --rule \(rule.id)" }

  func take(_ key: Key) -> Bool {
    guard key == .enter else { return false }
    app.close(self)
    return true
  }

  func move(_ key: Key) -> Bool { scroll.move(key) }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    let width = min(84, area.width - 10)
    let title = rule.map { Phrase("Build \($0.title) in a cluster", "在集群中构建 \($0.title)") }
    DialogFrame(title: app.text(title ?? Phrase("A build in a cluster", "集群中的构建"))).draw(
      lines(width: max(20, width)), width: width, scrolledBy: &scroll, on: &canvas,
      in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1))
    Footer(app: app).draw(on: &canvas)
  }

  private func lines(width: Int) -> [Form.Note] {
    func notes(_ text: String, _ role: Role) -> [Form.Note] {
      Paragraph.lines(text, width: width).map { Form.Note($0, role) }
    }
    let gap = [Form.Note("", .dialog)]
    let way = app.text(
      Phrase(
        "Your kubectl gives it to the cluster and namespace that it means, or the settings' [kubernetes].",
        "由本机 kubectl 交给其当前集群与命名空间，或设置中 [kubernetes] 指定的集群。"))
    let needs = app.launch.clusterNeeds.flatMap { need in
      Paragraph.lines(app.text(need), width: max(2, width - 2)).enumerated().map {
        Form.Note(($0 == 0 ? "· " : "  ") + $1, .dialog)
      }
    }
    let head = notes(
      app.text(Phrase("What the cluster must have for the policy to hold:", "集群须满足以下条件，网络策略才会生效：")), .dialogStrong)
    guard let rule else { return head + needs }
    let now = whyNot(rule).map { notes("○ " + app.text($0), .statusWarn) }
    let key = app.key(.build)
    return notes(way, .dialogMuted)
      + (now ?? notes(app.text(Phrase("● \(key) builds it there now.", "● 按 \(key) 立即在集群中构建。")), .statusOk)) + gap
      + head
      + needs + gap
      + notes(app.text(Phrase("The manifests, to look at or apply:", "查看或自行应用清单：")), .dialogMuted)
      + notes(exportCommand(rule), .dialog)
  }
}
