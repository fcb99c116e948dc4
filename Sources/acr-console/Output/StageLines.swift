import SecureBuild
import TerminalUI

/// The progress of a build for somebody who watches: a line where a stage begins and where it ends, on standard error,
/// where that is a terminal.
struct StageLines {
  private let output: Output
  private var told: [BuildStage: StageStatus] = [:]

  init(_ output: Output) { self.output = output }

  mutating func report(_ record: BuildRecord) {
    guard StandardStream.error.isTerminal else { return }
    let width = BuildStage.allCases.map { CellWidth.of($0.title(output.language)) }.max() ?? 0
    for stage in record.stages where stage.status != .waiting && told[stage.name] != stage.status {
      told[stage.name] = stage.status
      let title = Truncated.padded(stage.name.title(output.language), to: width)
      let took = stage.endTime.flatMap { end in
        stage.startTime.map { Elapsed.text(from: $0, to: end)(output.language) }
      }
      let line = "\(stage.status.mark) \(title)  \(took ?? stage.status.title(output.language))"
      output.say(Phrase(line, line))
    }
  }
}
