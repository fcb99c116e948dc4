import FlatFiles
import Foundation
import Testing

@Suite struct HistoryTests {
  let workspace: TemporaryWorkspace
  let store: Store

  init() throws {
    workspace = try TemporaryWorkspace()
    store = try workspace.create()
    for number in 2...9 {
      try store.put(.instance, "cri-\(number)", ["InstanceName": "\(number)"])
      if number % 3 == 0 { try store.compact() }
    }
    try store.drop(.instance, "cri-4")
  }

  @Test("The history goes through all generations, newest first")
  func all() throws {
    let history = try store.history()
    #expect(history.map(\.sequence) == Array((1...10).reversed()))
    #expect(history.last?.request == "workspace init")
    #expect(history.first?.actor == "ada@host")
    #expect(history.first?.time == "2026-11-24T20:00:01Z")
    #expect(history.first?.changes.map(\.id) == ["cri-4"])
    #expect(try workspace.names("history") == ["journal.1.jsonl", "journal.2.jsonl", "journal.3.jsonl"])
  }

  @Test("It comes in pages", arguments: [1, 2, 3, 4, 7, 100])
  func pages(_ limit: Int) throws {
    var before: Int?
    var found: [Int] = []
    while let page = Optional(try store.history(before: before, limit: limit)), let last = page.last {
      found += page.map(\.sequence)
      before = last.sequence
    }
    #expect(found == Array((1...10).reversed()))
  }

  @Test("One entry is found by its number", arguments: [(0, false), (1, true), (5, true), (10, true), (11, false)])
  func entry(_ sequence: Int, _ isThere: Bool) throws {
    #expect(try store.entry(sequence)?.sequence == (isThere ? sequence : nil))
  }

  @Test("Who changed a record last is known, also when it is gone")
  func lastChange() throws {
    #expect(try store.lastChange(of: .instance, "cri-6")?.sequence == 6)
    #expect(try store.lastChange(of: .instance, "cri-4")?.sequence == 10)
    #expect(try store.lastChange(of: .instance, "cri-99") == nil)
  }

  @Test("A journal that an interrupted compaction left in its place is still history")
  func notMovedYet() throws {
    try FileManager.default.moveItem(
      atPath: workspace.file("history/journal.3.jsonl"), toPath: workspace.file("journal.3.jsonl"))
    let reader = try workspace.open()
    #expect(try reader.history().map(\.sequence) == Array((1...10).reversed()))
    #expect(try reader.check() == [.leftover(file: "journal.3.jsonl")])
    #expect(try workspace.names().contains("journal.3.jsonl"), "a reader moves nothing")
    try reader.put(.instance, "cri-11", ["InstanceName": "11"])
    #expect(try reader.check() == [])
    #expect(try workspace.names("history").contains("journal.3.jsonl"))
  }

  @Test("An archived journal is never overwritten")
  func notOverwritten() throws {
    try workspace.write("history/journal.4.jsonl", "of another past\n")
    try store.compact()
    #expect(try workspace.text("history/replaced.journal.4.jsonl.1") == "of another past\n")
    #expect(try store.history().count == 10)
    #expect(try store.check() == [.setAside(file: "history/replaced.journal.4.jsonl.1")])
  }

  @Test("A missing or changed line anywhere in the history is found")
  func tampering() throws {
    try workspace.edit("history/journal.2.jsonl", "\"InstanceName\":\"5\"", "\"InstanceName\":\"6\"")
    let findings = try store.check()
    #expect(
      findings == [.damage(Damage(file: "history/journal.2.jsonl", line: 2, column: 1, flaw: .checksum))])
  }
}
