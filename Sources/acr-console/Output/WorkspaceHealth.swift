import FlatFiles
import SecureBuild

/// What a look at all files of a workspace found.
struct WorkspaceHealth {
  let path: String
  let findings: [Finding]

  /// - Throws: `Refusal` where there is no workspace, or it can't be looked at.
  init(of path: String, waiting: LockWait) throws {
    self.path = path
    do { findings = try Store.check(at: path, waiting: waiting) } catch { throw Refusal(error) }
  }

  private var isSound: Bool { !findings.contains(where: \.isDamage) }

  /// What a damaged workspace ends the command by.
  var refusal: Refusal? {
    guard !isSound else { return nil }
    let count = findings.count(where: \.isDamage)
    return Refusal(
      .workspaceDamaged,
      message: Phrase("The workspace in \(path) is damaged: \(count) place(s).", "\(path) 中的工作区已损坏：\(count) 处。"),
      mend: Phrase(
        "Nothing is written while this stands: restore a copy, or mend what is named above.",
        "修复前不会写入任何内容：请恢复备份，或按上述位置修正。"))
  }

  func print(to output: Output) throws {
    guard output.format == .table else {
      return try output.print([
        "Path": .string(path), "Sound": .bool(isSound),
        "Findings": .array(findings.map { $0.json(output.language) }),
      ])
    }
    let verdict = isSound ? Phrase("sound", "完好") : Phrase("damaged", "已损坏")
    try StandardStream.output.write(TextTable.text([[path, verdict(output.language)]]))
    for finding in findings { try StandardStream.output.write("  " + finding.sentence(output.language) + "\n") }
  }
}
