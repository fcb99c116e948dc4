import SecureBuild
import TerminalUI

/// Tries the stored binding again and shows each hop.
@ScreenActor
final class CheckDialog: Dialog {
  unowned let app: App
  private let instance: String
  private var trial = TrialView()
  private var outcome: Result<Binding, Refusal>?
  private var scroll = Scroll()

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

  func move(_ key: Key) -> Bool { scroll.move(key) }

  private func start() {
    guard let workspace = app.workspace, app.work == nil else { return }
    trial = TrialView()
    outcome = nil
    scroll = Scroll()
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
      subtitle: app.text(
        Phrase("From here, not from \(Probe.notExercised)", "从本机实测，非 \(Probe.notExercised)")))
    let width = min(76, area.width - 10)
    let inner = frame.draw(
      on: &canvas, in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1),
      body: Size(width: width, height: Hop.allCases.count + 6))
    drawBody(on: &canvas, in: inner)
    Footer(app: app).draw(on: &canvas)
  }

  /// All hops, then what came of them; without room for both, what came of them first, and of the hops those that tell
  /// something.
  private func drawBody(on canvas: inout Canvas, in inner: Rect) {
    var said = saidLines(width: inner.width, vendorFirst: true)
    let isShort = Hop.allCases.count + (said.isEmpty ? 0 : said.count + 1) > inner.height
    if isShort { said = saidLines(width: inner.width, vendorFirst: false) }
    let steps = trial.steps(app, collapsing: isShort)
    let rows = steps.count + (said.isEmpty ? 0 : said.count + 1)
    // While it runs the last hops that have begun are in view; what came of them begins at the top.
    scroll.settle(rows: rows, room: inner.height, natural: outcome == nil ? rows - inner.height : 0)
    let first = scroll.top
    let outer = canvas.clip
    canvas.clip = outer.intersection(inner)
    let hops = inner.y - first + (isShort && !said.isEmpty ? said.count + 1 : 0)
    ProgressList(steps).draw(
      on: &canvas, in: Rect(x: inner.x, y: hops, width: inner.width, height: steps.count))
    let texts = inner.y - first + (isShort ? 0 : steps.count + 1)
    for (row, (line, role)) in said.enumerated() {
      canvas.put(line, x: inner.x, y: texts + row, role, width: inner.width)
    }
    canvas.clip = outer
    scroll.draw(on: &canvas, right: inner.maxX, from: inner.y)
  }

  private func saidLines(width: Int, vendorFirst: Bool) -> [(String, Role)] {
    func lines(_ phrase: Phrase, _ role: Role) -> [(String, Role)] {
      Paragraph.lines(app.text(phrase), width: width).map { ($0, role) }
    }
    switch outcome {
    case .success: return lines(Phrase("✓ Every hop passed.", "✓ 全部通过。"), .statusOk)
    case .failure(let refusal):
      let vendor =
        refusal.vendor.map { lines(Phrase("The vendor's console says:", "厂商控制台提示：") + $0, .dialogMuted) } ?? []
      let own =
        lines(Phrase("✗", "✗ ") + refusal.message, .statusError) + lines(Phrase("→", "→ ") + refusal.mend, .dialog)
      return vendorFirst ? vendor + own : own + vendor
    case nil: return []
    }
  }
}
