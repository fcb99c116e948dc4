import SecureBuild
import TerminalUI

/// The hops of a try as they go by.
struct TrialView {
  private var reports: [Hop: HopReport] = [:]

  private var isStopped = false

  mutating func take(_ report: HopReport) { reports[report.hop] = report }

  /// It runs no more; a hop that was being tried stays without an answer.
  mutating func stop() { isStopped = true }

  @ScreenActor
  func draw(_ app: App, on canvas: inout Canvas, in area: Rect) {
    ProgressList(Hop.allCases.map { step($0, app) }).draw(on: &canvas, in: area)
  }

  @ScreenActor
  private func step(_ hop: Hop, _ app: App) -> ProgressList.Step {
    var step = ProgressList.Step(id: hop.rawValue, title: app.text(hop.title))
    guard let report = reports[hop] else { return step }
    switch report.outcome {
    case .running where isStopped:
      step.state = .unknown
      step.detail = app.text(Phrase("stopped before an answer came", "未得到响应即停止"))
    case .running: step.state = .running
    case .passed(let word):
      step.state = .passed
      step.detail = app.text(word)
    case .skipped(let why):
      step.state = .skipped
      step.detail = app.text(why)
    case .failed(let refusal):
      step.state = .failed
      step.detail = app.text(refusal.message)
    }
    if let elapsed = report.elapsed { step.elapsed = Self.text(elapsed) }
    return step
  }

  private static func text(_ elapsed: Duration) -> String {
    let milliseconds = Int(elapsed / .milliseconds(1))
    return milliseconds < 1000 ? "\(milliseconds) ms" : "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
  }
}
