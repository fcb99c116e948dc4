import SecureBuild
import TerminalUI

/// Tries the stored binding again and shows each hop.
@ScreenActor
final class CheckDialog: Dialog {
  unowned let app: App
  private let instance: String
  private var trial = TrialView()
  private var outcome: Result<Binding, Refusal>?

  init(app: App, instance: String) {
    self.app = app
    self.instance = instance
    start()
  }

  // MARK: Keys

  let scope = Scope.check

  var actions: [Action] {
    guard app.work == nil else { return [] }
    return [
      Action(.check, "again", "再次检查") { [unowned self] in start() },
      Action(.back, "close", "关闭", isHinted: false) { [unowned self] in leave() },
    ]
  }

  var waitsForWork: Bool { true }

  func take(_ key: Key) -> Bool {
    guard key == .enter else { return false }
    leave()
    return true
  }

  private func start() {
    guard let workspace = app.workspace, app.work == nil else { return }
    trial = TrialView()
    outcome = nil
    app.tryingInstance = instance
    let report: @Sendable (HopReport) -> Void = { [weak self] report in
      Task { @ScreenActor in self?.trial.take(report) }
    }
    app.perform(Phrase("Asking GitLab", "正在访问 GitLab"), cancellable: true) { [instance] in
      try await workspace.check(instance, report: report)
    } then: { [weak self, app] outcome in
      app.tryingInstance = nil
      app.showLatest()
      self?.outcome = outcome
      self?.trial.stop()
    }
  }

  func draw(on canvas: inout Canvas, in area: Rect) {
    let frame = DialogFrame(
      title: app.text(Phrase("Check GitLab", "检查 GitLab")) + " · " + app.instanceName(instance),
      subtitle: app.text(Phrase("Tried from this host", "从本机实测")))
    let width = min(76, area.width - 10)
    let said = saidLines(width: width)
    let inner = frame.draw(
      on: &canvas, in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1),
      body: Size(width: width, height: Hop.allCases.count + 6))
    trial.draw(
      app, on: &canvas,
      in: Rect(x: inner.x, y: inner.y, width: inner.width, height: min(Hop.allCases.count, inner.height)))
    var y = inner.y + Hop.allCases.count + 1
    for (line, role) in said where y < inner.maxY {
      canvas.put(line, x: inner.x, y: y, role, width: inner.width)
      y += 1
    }
    Footer(app: app).draw(on: &canvas, in: area.row(area.height - 1))
  }

  private func saidLines(width: Int) -> [(String, Role)] {
    func lines(_ phrase: Phrase, _ role: Role) -> [(String, Role)] {
      Paragraph.lines(app.text(phrase), width: width).map { ($0, role) }
    }
    switch outcome {
    case .success: return lines(Phrase("✓ Every hop passed.", "✓ 全部通过。"), .statusOk)
    case .failure(let refusal):
      let vendor =
        refusal.vendor.map { lines(Phrase("The vendor's console says:", "厂商控制台提示：") + $0, .dialogMuted) } ?? []
      return vendor + lines(Phrase("✗", "✗ ") + refusal.message, .statusError)
        + lines(Phrase("→", "→ ") + refusal.mend, .dialog)
    case nil: return []
    }
  }
}
