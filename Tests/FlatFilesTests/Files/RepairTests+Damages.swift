import FlatFiles
import Foundation
import Testing

extension RepairTests {
  static let before = ["one=uno", "two=two", "three=three", "four=four", "five=five"]

  struct Damaged: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let spoil: @Sendable (TemporaryWorkspace) throws -> Void
    /// What is there afterwards.
    var instances = RepairTests.before
    let steps: [Repair.Step]
  }

  /// Another workspace, with six changes in its first journal.
  private static func other(compacted: Bool) throws -> TemporaryWorkspace {
    let other = try TemporaryWorkspace()
    let store = try other.create()
    for name in ["a", "b", "c", "d", "e"] { try store.put(.instance, name, ["InstanceName": .string(name)]) }
    if compacted { try store.compact() }
    return other
  }

  static let damages = [
    Damaged(
      testDescription: "a line that somebody changed counts as it stands",
      spoil: { try $0.edit("journal.2.jsonl", #""InstanceName":"four""#, #""InstanceName":"vier""#) },
      instances: ["one=uno", "two=two", "three=three", "four=vier", "five=five"],
      steps: [.changedLine(Damage(file: "journal.2.jsonl", line: 1, column: 1, flaw: .checksum))]),
    Damaged(
      testDescription: "the checksum of the line before the last one",
      spoil: { workspace in
        let lines = try workspace.text("journal.2.jsonl").split(separator: "\n")
        let spoilt = lines[1].dropLast(5) + "xyz\"}"
        try workspace.write("journal.2.jsonl", [lines[0], spoilt, lines[2], ""].joined(separator: "\n"))
      },
      steps: [.changedLine(Damage(file: "journal.2.jsonl", line: 2, column: 1, flaw: .checksum))]),
    Damaged(
      testDescription: "an unfinished last line beside it isn't taken",
      spoil: { workspace in
        try workspace.edit("journal.2.jsonl", #""InstanceName":"four""#, #""InstanceName":"vier""#)
        try workspace.append("journal.2.jsonl", Array(#"{"at":"#.utf8))
      },
      instances: ["one=uno", "two=two", "three=three", "four=vier", "five=five"],
      steps: [
        .changedLine(Damage(file: "journal.2.jsonl", line: 1, column: 1, flaw: .checksum)),
        .tornTail(Damage(file: "journal.2.jsonl", line: 4, column: 1, flaw: .checksum)),
      ]),
    Damaged(
      testDescription: "a line that can't be read is lost, those after it aren't",
      spoil: { try $0.edit("journal.2.jsonl", #"{"InstanceName":"four"}"#, #"{"InstanceName":"fo"#) },
      instances: ["one=uno", "two=two", "three=three", "five=five"],
      steps: [
        .lostLine(
          Damage(file: "journal.2.jsonl", line: 1, column: 118, flaw: .notJSON(expected: "comma or end of object"))),
        .missingLines(file: "journal.2.jsonl", 5...5),
      ]),
    Damaged(
      testDescription: "a line that is missing leaves its number",
      spoil: { workspace in
        let lines = try workspace.text("journal.2.jsonl").split(separator: "\n")
        try workspace.write("journal.2.jsonl", lines[1] + "\n" + lines[2] + "\n")
      },
      instances: ["one=uno", "two=two", "three=three", "five=five"],
      steps: [.missingLines(file: "journal.2.jsonl", 5...5)]),
    Damaged(
      testDescription: "a number that was changed is what the next line says that it was",
      spoil: { try $0.edit("journal.2.jsonl", #""seq":6"#, #""seq":60000"#) },
      steps: [
        .changedLine(Damage(file: "journal.2.jsonl", line: 2, column: 0, flaw: .sequence(expected: 6)))
      ]),
    Damaged(
      testDescription: "so is the last one, where it would mean that thousands are gone without a trace",
      spoil: { try $0.edit("journal.2.jsonl", #""seq":7"#, #""seq":90000"#) },
      steps: [
        .changedLine(Damage(file: "journal.2.jsonl", line: 3, column: 0, flaw: .sequence(expected: 7)))
      ]),
    Damaged(
      testDescription: "a number that no transaction has is a line that can't be read",
      spoil: { try $0.edit("journal.2.jsonl", #""seq":6"#, #""seq":-9223372036854775808"#) },
      instances: ["one=uno", "two=two", "three=three", "four=four"],
      steps: [
        .lostLine(Damage(file: "journal.2.jsonl", line: 2, column: 0, flaw: .member("seq"))),
        .missingLines(file: "journal.2.jsonl", 6...6),
      ]),
    Damaged(
      testDescription: "a copy of a journal under a number of its own is nobody's",
      spoil: { workspace in
        try FileManager.default.copyItem(
          atPath: workspace.file("journal.2.jsonl"), toPath: workspace.file("journal.20261130.jsonl"))
        try FileManager.default.copyItem(
          atPath: workspace.file("snapshot.2"), toPath: workspace.file("snapshot.20261130"))
        try workspace.write("current", "")
      },
      steps: [.rewritten(file: "current")]),
    Damaged(
      testDescription: "a journal that is gone is empty",
      spoil: { try FileManager.default.removeItem(atPath: $0.file("journal.2.jsonl")) },
      instances: ["one=one", "two=two", "three=three"],
      steps: [.lostLine(Damage(file: "journal.2.jsonl", line: 0, column: 0, flaw: .missing))]),
    Damaged(
      testDescription: "a history that is gone takes nothing from what is there now",
      spoil: { try FileManager.default.removeItem(atPath: $0.file("history/journal.1.jsonl")) },
      steps: [
        .lostLine(Damage(file: "history/journal.1.jsonl", line: 0, column: 0, flaw: .missing)),
        .missingLines(file: "history/journal.1.jsonl", 1...4), .rewritten(file: "snapshot.2/manifest.json"),
      ]),
    Damaged(
      testDescription: "a line of the history that somebody changed",
      spoil: { try $0.edit("history/journal.1.jsonl", #""by":"ada@host""#, #""by":"bob@host""#) },
      steps: [
        .changedLine(Damage(file: "history/journal.1.jsonl", line: 1, column: 1, flaw: .checksum)),
        .changedLine(Damage(file: "history/journal.1.jsonl", line: 2, column: 1, flaw: .checksum)),
        .changedLine(Damage(file: "history/journal.1.jsonl", line: 3, column: 1, flaw: .checksum)),
        .changedLine(Damage(file: "history/journal.1.jsonl", line: 4, column: 1, flaw: .checksum)),
        .rewritten(file: "snapshot.2/manifest.json"),
      ]),
    Damaged(
      testDescription: "a record of the snapshot that can't be read comes from the history",
      spoil: { try $0.edit("snapshot.2/instance.jsonl", #"{"InstanceName":"two"}"#, #"{"InstanceName":"#) },
      instances: ["one=uno", "three=three", "two=two", "four=four", "five=five"],
      steps: [
        .lostRecord(
          Damage(
            file: "snapshot.2/instance.jsonl", line: 2, column: 50, flaw: .notJSON(expected: "digit"))),
        .restoredRecords(.instance, ids: ["two"]), .rewritten(file: "snapshot.2/manifest.json"),
      ]),
    Damaged(
      testDescription: "an id that is twice in the snapshot counts once",
      spoil: { workspace in
        let text = try workspace.text("snapshot.2/instance.jsonl")
        try workspace.write("snapshot.2/instance.jsonl", text + text.split(separator: "\n")[1] + "\n")
      },
      steps: [
        .lostRecord(
          Damage(file: "snapshot.2/instance.jsonl", line: 4, column: 0, flaw: .duplicate(id: "two"))),
        .rewritten(file: "snapshot.2/manifest.json"),
      ]),
    Damaged(
      testDescription: "a file of the snapshot that is gone comes from the history",
      spoil: { try FileManager.default.removeItem(atPath: $0.file("snapshot.2/instance.jsonl")) },
      steps: [
        .restoredRecords(.instance, ids: ["one", "two", "three"]), .rewritten(file: "snapshot.2/instance.jsonl"),
        .rewritten(file: "snapshot.2/manifest.json"),
      ]),
    Damaged(
      testDescription: "a snapshot that is gone comes from the history",
      spoil: { try FileManager.default.removeItem(atPath: $0.file("snapshot.2")) },
      steps: [
        .restoredRecords(.instance, ids: ["one", "two", "three"]), .rewritten(file: "snapshot.2/instance.jsonl"),
        .rewritten(file: "snapshot.2/manifest.json"),
      ]),
    Damaged(
      testDescription: "a manifest that can't be read",
      spoil: { try $0.write("snapshot.2/manifest.json", "{}\n") },
      steps: [.rewritten(file: "snapshot.2/manifest.json")]),
    Damaged(
      testDescription: "a manifest that can't be read takes nothing from a file that somebody edited",
      spoil: { workspace in
        try workspace.edit("snapshot.2/instance.jsonl", #""InstanceName":"two""#, #""InstanceName":"zwei""#)
        try workspace.write("snapshot.2/manifest.json", "{}\n")
      },
      instances: ["one=uno", "two=zwei", "three=three", "four=four", "five=five"],
      steps: [.rewritten(file: "snapshot.2/manifest.json")]),
    Damaged(
      testDescription: "nor does one whose history is gone, too",
      spoil: { workspace in
        try FileManager.default.removeItem(atPath: workspace.file("history/journal.1.jsonl"))
        try FileManager.default.removeItem(atPath: workspace.file("snapshot.2/manifest.json"))
      },
      steps: [
        .lostLine(Damage(file: "history/journal.1.jsonl", line: 0, column: 0, flaw: .missing)),
        .missingLines(file: "history/journal.1.jsonl", 1...4), .rewritten(file: "snapshot.2/manifest.json"),
      ]),
    Damaged(
      testDescription: "a number of the history's first line that was changed",
      spoil: { try $0.edit("history/journal.1.jsonl", #""seq":1,"#, #""seq":9,"#) },
      steps: [
        .changedLine(Damage(file: "history/journal.1.jsonl", line: 1, column: 0, flaw: .sequence(expected: 1)))
      ]),
    Damaged(
      testDescription: "the number and more of the history's last line",
      spoil: { workspace in
        try workspace.edit("history/journal.1.jsonl", #""seq":4,"#, #""seq":9,"#)
        try workspace.edit("history/journal.1.jsonl", #""InstanceName":"three""#, #""InstanceName":"drei""#)
      },
      steps: [
        .changedLine(Damage(file: "history/journal.1.jsonl", line: 4, column: 0, flaw: .sequence(expected: 4))),
        .rewritten(file: "snapshot.2/manifest.json"),
      ]),
    Damaged(
      testDescription: "the history of another workspace, longer than this one's",
      spoil: { workspace in
        try workspace.write("history/journal.1.jsonl", try other(compacted: false).text("journal.1.jsonl"))
      },
      steps: [
        .setAside(file: "history/journal.1.jsonl"), .missingLines(file: "history/journal.1.jsonl", 1...4),
        .rewritten(file: "snapshot.2/manifest.json"),
      ]),
    Damaged(
      testDescription: "the snapshot of another workspace",
      spoil: { workspace in
        let other = try other(compacted: true)
        for name in ["manifest.json", "instance.jsonl"] {
          try workspace.write("snapshot.2/\(name)", try other.text("snapshot.2/\(name)"))
        }
      },
      steps: [
        .restoredRecords(.instance, ids: ["one", "two", "three"]), .rewritten(file: "snapshot.2/instance.jsonl"),
        .rewritten(file: "snapshot.2/manifest.json"),
      ]),
    Damaged(
      testDescription: "the manifest of another workspace, of the same number",
      spoil: { workspace in
        let other = try TemporaryWorkspace()
        let store = try other.create()
        for name in ["a", "b", "c"] { try store.put(.vpc, name, ["VpcName": .string(name)]) }
        try store.compact()
        try workspace.write("snapshot.2/manifest.json", try other.text("snapshot.2/manifest.json"))
      },
      steps: [.rewritten(file: "snapshot.2/manifest.json")]),
    Damaged(
      testDescription: "the live journal's first line at the end of the history",
      spoil: { workspace in
        let lines = try workspace.text("journal.2.jsonl").split(separator: "\n")
        try workspace.append("history/journal.1.jsonl", Array((lines[0] + "\n").utf8))
        try workspace.write("journal.2.jsonl", lines[1] + "\n" + lines[2] + "\n")
      },
      steps: [
        .changedLine(Damage(file: "history/journal.1.jsonl", line: 5, column: 0, flaw: .sequence(expected: 5)))
      ]),
    Damaged(
      testDescription: "the history's last line at the beginning of the live journal",
      spoil: { workspace in
        let lines = try workspace.text("history/journal.1.jsonl").split(separator: "\n")
        try workspace.write(
          "journal.2.jsonl", lines[3] + "\n" + workspace.text("journal.2.jsonl"))
        try workspace.write("history/journal.1.jsonl", lines[..<3].joined(separator: "\n") + "\n")
      },
      steps: [
        .changedLine(Damage(file: "journal.2.jsonl", line: 1, column: 0, flaw: .sequence(expected: 4)))
      ]),
    Damaged(
      testDescription: "the history and the live journal in each other's place",
      spoil: { workspace in
        let history = try workspace.text("history/journal.1.jsonl")
        try workspace.write("history/journal.1.jsonl", try workspace.text("journal.2.jsonl"))
        try workspace.write("journal.2.jsonl", history)
      },
      steps: (1...3).map {
        .changedLine(Damage(file: "history/journal.1.jsonl", line: $0, column: 0, flaw: .sequence(expected: $0 + 4)))
      }
        + (1...4).map {
          .changedLine(Damage(file: "journal.2.jsonl", line: $0, column: 0, flaw: .sequence(expected: $0)))
        }),
    Damaged(
      testDescription: "the live journal in the history",
      spoil: { workspace in
        try FileManager.default.moveItem(
          atPath: workspace.file("journal.2.jsonl"), toPath: workspace.file("history/journal.2.jsonl"))
      },
      steps: [.rewritten(file: "journal.2.jsonl")]),
    Damaged(
      testDescription: "the end of the history's last line",
      spoil: { workspace in
        try workspace.write("history/journal.1.jsonl", String(workspace.text("history/journal.1.jsonl").dropLast()))
      },
      steps: [.rewritten(file: "history/journal.1.jsonl")]),
    Damaged(
      testDescription: "two lines in each other's place",
      spoil: { workspace in
        let lines = try workspace.text("journal.2.jsonl").split(separator: "\n")
        try workspace.write("journal.2.jsonl", [lines[1], lines[0], lines[2], ""].joined(separator: "\n"))
      },
      steps: [
        .changedLine(Damage(file: "journal.2.jsonl", line: 1, column: 0, flaw: .sequence(expected: 6)))
      ]),
    Damaged(
      testDescription: "a line that is there twice, and blank lines, lose nothing",
      spoil: { workspace in
        let lines = try workspace.text("journal.2.jsonl").split(separator: "\n")
        try workspace.write(
          "journal.2.jsonl", [lines[0], "", lines[1], lines[1], lines[2], lines[2], "", "", ""].joined(separator: "\n"))
      },
      steps: [
        .rewritten(file: "journal.2.jsonl"),
        .tornTail(Damage(file: "journal.2.jsonl", line: 8, column: 1, flaw: .notJSON(expected: "object"))),
      ]),
    Damaged(
      testDescription: "a byte order mark before the first line",
      spoil: { try $0.write("journal.2.jsonl", "\u{FEFF}" + $0.text("journal.2.jsonl")) },
      steps: [.rewritten(file: "journal.2.jsonl")]),
    Damaged(
      testDescription: "a current that is gone",
      spoil: { try FileManager.default.removeItem(atPath: $0.file("current")) },
      steps: [.rewritten(file: "current")]),
    Damaged(
      testDescription: "a current that is no number", spoil: { try $0.write("current", "two\n") },
      steps: [.rewritten(file: "current")]),
    Damaged(
      testDescription: "a symbolic link in the place of the snapshot's file",
      spoil: { workspace in
        let file = workspace.file("snapshot.2/instance.jsonl")
        try FileManager.default.moveItem(atPath: file, toPath: file + ".elsewhere")
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: file + ".elsewhere")
      },
      steps: [
        .restoredRecords(.instance, ids: ["one", "two", "three"]), .rewritten(file: "snapshot.2/instance.jsonl"),
        .rewritten(file: "snapshot.2/manifest.json"),
      ]),
  ]
}
