import SecureBuild
import TerminalUI

/// A path for people: target by target, a line a hop, what to do below it.
struct PathText {
  let text: String

  init(_ report: PathReport, _ language: Language) {
    let width = PathHop.allCases.map { CellWidth.of($0.title(language)) }.max() ?? 0
    text = report.targets.map { target in
      let lines = report.findings(for: target).flatMap { finding in
        let title = Truncated.padded(finding.hop.title(language), to: width)
        let mend = finding.mend(language)
        return ["  \(finding.mark) \(title)  \(finding.reason(language))"]
          + (mend.isEmpty ? [] : [String(repeating: " ", count: width + 6) + "→ " + mend])
      }
      let tried = report.tried(target).map { line in
        Phrase(
          "  \(line.mark) tried from \(line.place), \(Age.text(of: line.at).en) (\(line.at)): \(line.words.en)",
          "  \(line.mark) \(Age.text(of: line.at).zh)（\(line.at)）从 \(line.place) 实测：\(line.words.zh)")(language)
      }
      return ([target.title] + lines + tried).map { Printable.text($0) + "\n" }.joined()
    }.joined(separator: "\n")
  }
}

extension PathFinding: Presentable {
  static var columns: [Column<PathFinding>] {
    [
      Column(Phrase("Target", "目标")) { finding, _ in finding.target.text },
      Column(Phrase("Hop", "位置")) { finding, language in finding.hop.title(language) },
      Column(Phrase("Verdict", "结论")) { finding, language in finding.verdict.title(language) },
      Column(Phrase("Reason", "原因"), width: .max) { finding, language in finding.reason(language) },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "Target": .string(target.ip.description), "Port": target.port.map(JSONText.number) ?? .null,
      "Label": .string(target.label), "Hop": .string(hop.rawValue), "RuleId": .string(rule.rawValue),
      "Verdict": .string(verdict.rawValue), "Reason": .string(reason(language)), "Mend": .string(mend(language)),
      "Command": command.map(JSONText.string) ?? .null,
      "Known": .string(Known.computed.rawValue),
    ]
  }
}
