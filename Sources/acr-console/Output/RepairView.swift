import FlatFiles
import SecureBuild

/// What a repair did, or would do.
struct RepairView {
  let path: String
  let repair: Repair

  func print(to output: Output, rehearsed: Bool) throws {
    guard output.format == .table else {
      let object: JSONText = [
        "Path": .string(path), "Kept": repair.kept.map { .string($0) } ?? .null,
        "Steps": .array(repair.steps.map { $0.json(output.language) }),
      ]
      return try output.print(rehearsed ? object.adding(["DryRun": .bool(true)]) : object)
    }
    for step in repair.steps { try StandardStream.output.write("  " + step.sentence(output.language) + "\n") }
    if rehearsed { output.say(Output.dryRun) }
    if repair.steps.isEmpty {
      return output.say(Phrase("Nothing is damaged: nothing was changed.", "未发现损坏，未作任何修改。"))
    }
    if let kept = repair.kept {
      output.say(
        Phrase(
          "Repaired. The files that were replaced are in \(path)/\(kept).", "已修复。被替换的文件保存在 \(path)/\(kept)。"))
    }
  }
}

extension Repair.Step {
  /// What it is, by a stable word.
  private var kind: String {
    switch self {
    case .lostLine: "LOST_LINE"
    case .tornTail: "TORN_TAIL"
    case .missingLines: "MISSING_LINES"
    case .changedLine: "CHANGED_LINE"
    case .lostRecord: "LOST_RECORD"
    case .restoredRecords: "RESTORED_RECORDS"
    case .rewritten: "REWRITTEN"
    case .setAside: "SET_ASIDE"
    }
  }

  private var place: FilePlace {
    switch self {
    case .lostLine(let damage), .tornTail(let damage), .changedLine(let damage), .lostRecord(let damage):
      FilePlace(damage)
    case .missingLines(let file, _), .rewritten(let file), .setAside(let file): FilePlace(file)
    case .restoredRecords(let kind, _): FilePlace("\(kind).jsonl")
    }
  }

  private var text: Phrase {
    switch self {
    case .lostLine(let damage):
      Phrase("a change is lost: \(damage.flaw.phrase.en)", "一次修改已丢失：\(damage.flaw.phrase.zh)")
    case .tornTail:
      Phrase("an unfinished or damaged last line, as a crash leaves it: not taken", "末行不完整或已损坏，系崩溃所致：不采用")
    case .missingLines(_, let numbers):
      Phrase(
        "no line of change \(Self.range(numbers)): its number is kept, empty",
        "缺少第 \(Self.range(numbers)) 号修改的记录：保留序号，内容为空")
    case .changedLine:
      Phrase("changed after it was written: it counts as it stands", "该行写入后被改动：按现有内容采用")
    case .lostRecord(let damage):
      Phrase("a record is lost: \(damage.flaw.phrase.en)", "一条记录已丢失：\(damage.flaw.phrase.zh)")
    case .restoredRecords(_, let ids):
      Phrase(
        "taken from the history: \(ids.joined(separator: ", "))", "由操作历史恢复：\(ids.joined(separator: "、"))")
    case .rewritten: Phrase("written anew from the other files", "根据其他文件重新生成")
    case .setAside: Phrase("of another past of this workspace: set aside", "属于该工作区的另一份历史：另存")
    }
  }

  private static func range(_ numbers: ClosedRange<Int>) -> String {
    numbers.count == 1 ? "\(numbers.lowerBound)" : "\(numbers.lowerBound)–\(numbers.upperBound)"
  }

  var sentence: Phrase { place.sentence(text) }

  func json(_ language: Language) -> JSONText {
    (["Kind": .string(kind)] as JSONText).adding(place.json(text, language))
  }
}
