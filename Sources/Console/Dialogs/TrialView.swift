import SecureBuild
import TerminalUI

/// The hops of a try as they go by.
struct TrialView {
  private var reports: [Hop: HopReport] = [:]

  private var isStopped = false

  mutating func take(_ report: HopReport) { reports[report.hop] = report }

  /// It runs no more; a hop that was being tried stays without an answer.
  mutating func stop() { isStopped = true }

  /// Where there isn't room for all, those that are still to come are one line and the last ones are in view.
  @ScreenActor
  func draw(_ app: App, on canvas: inout Canvas, in area: Rect) {
    let all = steps(app, collapsing: area.height < Hop.allCases.count)
    ProgressList(all.suffix(area.height)).draw(on: &canvas, in: area)
  }

  /// - Parameter collapsing: hops at the end that nothing is known of become one line.
  @ScreenActor
  func steps(_ app: App, collapsing: Bool) -> [ProgressList.Step] {
    let all = Hop.allCases
    let known = (all.lastIndex { reports[$0] != nil } ?? -1) + 1
    let rest = all.count - known
    guard collapsing, rest > 1 else { return all.map { step($0, app) } }
    let title =
      isStopped
      ? Phrase("\(rest) more not reached", "其余 \(rest) 步未到达") : Phrase("\(rest) more to try", "还有 \(rest) 步")
    return all.prefix(known).map { step($0, app) } + [ProgressList.Step(id: "rest", title: app.text(title))]
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
