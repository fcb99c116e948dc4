import FlatFiles
import Foundation
import Testing

@Suite struct RecoveryTests {
  let workspace: TemporaryWorkspace

  init() throws {
    workspace = try TemporaryWorkspace()
    let store = try workspace.create()
    try store.put(.instance, "cri-1", ["InstanceName": "one"])
    try store.put(.instance, "cri-2", ["InstanceName": "two"])
  }

  static let tails: [[UInt8]] = [
    Array("{".utf8), Array(#"{"at":"2026-11-24T20:00:01Z","by":"ada@host","changes":[{"id":"#.utf8),
    Array("{\"at\":\"x\",\"seq\":4,\"sum\":\"\(String(repeating: "0", count: 64))\"}\n".utf8), Array("garbage\n".utf8),
    [0x0A], [UInt8](repeating: 0, count: 4096), [UInt8](repeating: 0, count: 100) + [0x0A], [0xFF, 0xFE],
    Array("{}\n{".utf8),
  ]

  @Test("A torn tail is read by nobody, and moved by no reader", arguments: tails)
  func readers(_ tail: [UInt8]) throws {
    try workspace.append("journal.1.jsonl", tail)
    let before = try Data(contentsOf: URL(filePath: workspace.file("journal.1.jsonl")))
    let store = try workspace.open()
    #expect(try store.state().instances == ["cri-1=one", "cri-2=two"])
    #expect(try store.history().count == 3)
    #expect(try store.check() == [.tornTail(file: "journal.1.jsonl", bytes: tail.count)])
    #expect(store.takeNotices().isEmpty)
    #expect(try Data(contentsOf: URL(filePath: workspace.file("journal.1.jsonl"))) == before)
    #expect(try workspace.names("history") == [])
  }

  @Test("The next change sets a torn tail aside, once, and says so once", arguments: tails)
  func setAside(_ tail: [UInt8]) throws {
    let length = try workspace.text("journal.1.jsonl").utf8.count
    try workspace.append("journal.1.jsonl", tail)
    let store = try workspace.open()
    try store.put(.instance, "cri-3", ["InstanceName": "three"])
    let name = "history/torn.1.\(length).1"
    #expect(store.takeNotices() == [.tornTailSetAside(file: name, bytes: tail.count)])
    #expect(store.takeNotices().isEmpty)
    #expect(try Data(contentsOf: URL(filePath: workspace.file(name))) == Data(tail))
    #expect(try workspace.mode(name) == 0o600)
    try store.put(.instance, "cri-4", ["InstanceName": "four"])
    #expect(store.takeNotices().isEmpty)

    let reopened = try workspace.open()
    #expect(try reopened.state().instances == ["cri-1=one", "cri-2=two", "cri-3=three", "cri-4=four"])
    #expect(try reopened.check() == [.setAside(file: name)])
    #expect(reopened.takeNotices().isEmpty)
  }

  @Test("A whole last line with one missing before it is no torn tail: nothing is read, nothing is cut")
  func missingLine() throws {
    let lines = try workspace.text("journal.1.jsonl").split(separator: "\n")
    try workspace.write("journal.1.jsonl", lines[0] + "\n" + lines[2] + "\n")
    let damage = Damage(file: "journal.1.jsonl", line: 2, column: 0, flaw: .sequence(expected: 2))
    #expect(throws: StoreError.damaged(damage)) { try workspace.open() }
    #expect(try workspace.text("journal.1.jsonl").split(separator: "\n").count == 2)
  }

  @Test("A copy of a journal or a snapshot under another name stays, and is in nobody's way")
  func copies() throws {
    let store = try workspace.open()
    try store.compact()
    try store.put(.instance, "cri-3", ["InstanceName": "three"])
    let names = ["journal.20261130.jsonl", "journal.3.jsonl", "snapshot.9"]
    for (name, of) in zip(names, ["journal.2.jsonl", "journal.2.jsonl", "snapshot.2"]) {
      try FileManager.default.copyItem(atPath: workspace.file(of), toPath: workspace.file(name))
    }
    let opened = try workspace.open()
    #expect(try opened.state().instances == ["cri-1=one", "cri-2=two", "cri-3=three"])
    try opened.put(.instance, "cri-4", ["InstanceName": "four"])
    #expect(try Set(names).isSubset(of: workspace.names()))
    #expect(try !opened.check().contains(where: \.isDamage))
  }

  @Test("Two torn tails at one place are both kept")
  func twice() throws {
    let length = try workspace.text("journal.1.jsonl").utf8.count
    for number in 1...2 {
      try workspace.append("journal.1.jsonl", Array("{".utf8))
      #expect(throws: CancellationError.self) {
        try workspace.open().change { _ in throw CancellationError() }
      }
      #expect(try workspace.names("history").count == number)
    }
    #expect(try workspace.names("history") == ["torn.1.\(length).1", "torn.1.\(length).2"])
  }

  @Test("An open handle, too, sets aside what another process left")
  func openHandle() throws {
    let store = try workspace.open()
    try workspace.append("journal.1.jsonl", Array("{\"at".utf8))
    #expect(try store.state().sequence == 3)
    try store.put(.instance, "cri-3", ["InstanceName": "three"])
    #expect(store.takeNotices().count == 1)
    #expect(try workspace.open().state().instances.count == 3)
  }

  @Test("A journal that was replaced under an open handle is read anew, not cut")
  func replaced() throws {
    let other = try TemporaryWorkspace()
    let elsewhere = try other.create()
    for number in 1...3 { try elsewhere.put(.instance, "cri-\(number)", ["InstanceName": "another \(number)"]) }
    let store = try workspace.open()
    let text = try other.text("journal.1.jsonl")
    // As `cp` does it: into the same file.
    let handle = try #require(FileHandle(forWritingAtPath: workspace.file("journal.1.jsonl")))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()

    _ = try? store.put(.instance, "cri-9", ["InstanceName": "nine"])
    #expect(try workspace.text("journal.1.jsonl").hasPrefix(text))
    #expect(try store.state().records(.instance).count >= 3)
    #expect(try workspace.names("history") == [])
  }

  @Test("An editor's new file in the journal's place is seen, and not written into where it is damaged")
  func edited() throws {
    let store = try workspace.open()
    let edited = try workspace.text("journal.1.jsonl").replacing("one", with: "uno")
    try workspace.write("journal.1.jsonl~", edited)
    try FileManager.default.removeItem(atPath: workspace.file("journal.1.jsonl"))
    try FileManager.default.moveItem(
      atPath: workspace.file("journal.1.jsonl~"), toPath: workspace.file("journal.1.jsonl"))
    #expect(throws: StoreError.damaged(Damage(file: "journal.1.jsonl", line: 2, column: 1, flaw: .checksum))) {
      try store.put(.instance, "cri-3", ["InstanceName": "three"])
    }
    #expect(try workspace.text("journal.1.jsonl") == edited)
  }

  @Test("A journal that is shorter than it was is read anew")
  func shorter() throws {
    let store = try workspace.open()
    let lines = try workspace.text("journal.1.jsonl").split(separator: "\n")
    try workspace.write("journal.1.jsonl", lines.prefix(2).map { $0 + "\n" }.joined())
    #expect(try store.state().instances == ["cri-1=one"])
  }

  @Test(
    "A bad line with good ones after it is damage: the place is named, and nothing is written",
    arguments: [
      (#""InstanceName":"one""#, #""InstanceName":"uno""#, 1, Damage.Flaw.checksum),
      (#""changes":[{"id":"cri-1""#, #""changes":[{"id":"cri-1"#, 71, .notJSON(expected: "comma or end of object")),
      (
        #""by":"ada@host","changes":[{"id":"cri-1""#, #""by":,"changes":[{"id":"cri-1""#, 35,
        .notJSON(expected: "string")
      ),
    ])
  func damage(_ old: String, _ new: String, _ column: Int, _ flaw: Damage.Flaw) throws {
    try workspace.edit("journal.1.jsonl", old, new)
    let before = try workspace.text("journal.1.jsonl")
    let damage = Damage(file: "journal.1.jsonl", line: 2, column: column, flaw: flaw)
    #expect(throws: StoreError.damaged(damage)) { try workspace.open() }
    #expect(try Store.check(at: workspace.path) == [.damage(damage)])
    #expect(throws: StoreError.damaged(damage)) {
      try workspace.open().put(.instance, "cri-3", ["InstanceName": "three"])
    }
    #expect(try workspace.text("journal.1.jsonl") == before)
    #expect(try workspace.names("history") == [])
  }

  @Test("A line that is missing in the middle is damage")
  func gap() throws {
    var lines = try workspace.text("journal.1.jsonl").split(separator: "\n")
    lines.remove(at: 0)
    try workspace.write("journal.1.jsonl", lines.map { $0 + "\n" }.joined())
    let damage = Damage(file: "journal.1.jsonl", line: 1, column: 1, flaw: .checksum)
    #expect(throws: StoreError.damaged(damage)) { try workspace.open() }
  }
}
