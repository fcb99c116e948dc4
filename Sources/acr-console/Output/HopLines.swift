import SecureBuild

/// The progress of a try for somebody who watches: a line a hop, on standard error, where that is a terminal.
struct HopLines: Sendable {
  let output: Output

  init(_ output: Output) { self.output = output }

  func report(_ report: HopReport) {
    guard StandardStream.error.isTerminal else { return }
    let (mark, detail): (String, Phrase)
    switch report.outcome {
    case .running: return
    case .passed(let word): (mark, detail) = ("✓", word)
    case .skipped(let why): (mark, detail) = ("-", why)
    // The refusal itself follows.
    case .failed: (mark, detail) = ("✗", Phrase("", ""))
    }
    let hop = report.hop.title
    output.say(Phrase("\(mark) \(hop.en)  \(detail.en)", "\(mark) \(hop.zh)  \(detail.zh)"))
  }
}
