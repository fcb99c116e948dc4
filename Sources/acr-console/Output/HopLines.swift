import SecureBuild
import TerminalUI

/// The progress of a try for somebody who watches: a line a hop, on standard error, where that is a terminal.
struct HopLines: Sendable {
  let output: Output

  /// Of the longest hop's title.
  private let width: Int

  init(_ output: Output) {
    self.output = output
    width = Hop.allCases.map { CellWidth.of($0.title(output.language)) }.max() ?? 0
  }

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
    let title = Truncated.padded(report.hop.title(output.language), to: width)
    let line = "\(mark) \(title)  \(detail(output.language))"
    output.say(Phrase(line, line))
  }
}
