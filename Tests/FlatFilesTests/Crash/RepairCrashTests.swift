import FlatFiles
import RecordedDisk
import Testing

/// A repair that is cut off anywhere is finished by the next.
@Suite(.crashPointsCounted) struct RepairCrashTests {
  static let damages: [(String, @Sendable (inout DiskImage) -> Void)] = [
    ("a line of the journal", { $0.replace(#""three""#, by: #""drei?""#, in: "journal.2.jsonl") }),
    (
      "a line of the history",
      { $0.replace(#""by":"ada@host""#, by: #""by":"bob@host""#, in: "history/journal.1.jsonl") }
    ),
    ("a history", { $0.remove("history/journal.1.jsonl") }),
    ("a record", { $0.replace(#""value":{"#, by: #""value":["#, in: "snapshot.2/instance.jsonl") }),
    ("a snapshot", { $0.remove("snapshot.2/instance.jsonl") }),
    (
      "a manifest and current",
      {
        $0.remove("snapshot.2/manifest.json")
        $0.remove("current")
      }
    ),
  ]

  @Test("A power cut or a fault at any point of a repair is mended by repairing again", arguments: damages.indices)
  func cutOff(_ index: Int) throws {
    let scenario = Scenario(testDescription: Self.damages[index].0, spoilt: Self.damages[index].1, steps: [])
    let disk = try scenario.disk()
    let damaged = disk.image
    _ = try repair(disk)
    let (expected, last) = try records(on: disk)
    for point in 0...disk.log.events.count {
      for image in disk.log.prefix(point).powerCuts(tears: 2, subsetsOf: 3) {
        try requireMended(RecordedDisk(image), expected, last, "cut off at \(point)")
      }
    }
    for operation in 0..<disk.operations {
      let failing = RecordedDisk(damaged, faults: [DiskFault(operation: .number(operation), code: 28)])
      _ = try? repair(failing)
      try requireMended(RecordedDisk(failing.image), expected, last, "failed at \(operation)")
    }
  }

  private func repair(_ disk: RecordedDisk) throws -> Repair {
    try Store.repair(
      at: Scenario.folder, files: disk, by: "eve@host", as: "workspace repair", time: "2026-11-24T21:00:00Z",
      waiting: .never)
  }

  /// Without the number of the last transaction: each repair that finds something is one.
  private func records(on disk: RecordedDisk) throws -> ([String], Int) {
    let contents = try Contents(of: try Scenario.open(disk))
    return (contents.records, contents.sequence)
  }

  private func requireMended(_ disk: RecordedDisk, _ expected: [String], _ last: Int, _ what: String) throws {
    Aftermath.count("repair")
    _ = try repair(disk)
    let (found, sequence) = try records(on: disk)
    guard found == expected else { throw Shortcoming("\(what): \(found) where \(expected) should be") }
    guard sequence >= last else { throw Shortcoming("\(what): ends with \(sequence), not \(last)") }
    let findings = try Scenario.open(disk).check(waiting: .never).filter(\.isDamage)
    guard findings.isEmpty else { throw Shortcoming("\(what): \(findings)") }
    try Scenario.change(.instance, "cri-next", ["InstanceName": "next"])(try Scenario.open(disk))
  }
}

extension DiskImage {
  mutating func replace(_ old: String, by new: String, in name: String) {
    guard let inode = inode("\(Scenario.folder)/\(name)"), let node = nodes[inode] else { return }
    nodes[inode]?.bytes = Array(String(decoding: node.bytes, as: UTF8.self).replacing(old, with: new).utf8)
  }

  mutating func remove(_ name: String) {
    let parts = name.split(separator: "/").map(String.init)
    guard let folder = inode(([Scenario.folder] + parts.dropLast()).joined(separator: "/")) else { return }
    apply(.unlink(folder: folder, name: parts[parts.count - 1]))
  }
}
