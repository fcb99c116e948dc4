import FlatFiles
import Foundation
import Testing

/// A person may edit a snapshot's files: they are JSON, a line a record.
@Suite struct SnapshotEditingTests {
  let workspace: TemporaryWorkspace
  let file = "snapshot.2/instance.jsonl"

  init() throws {
    workspace = try TemporaryWorkspace()
    let store = try workspace.create { transaction in
      try transaction.put(.instance, "cri-1", json: ["InstanceName": "one"])
      try transaction.put(.instance, "cri-2", json: ["InstanceName": "two"])
    }
    try store.compact()
  }

  var edited: Finding { .edited(Damage(file: file, line: 0, column: 0, flaw: .differsFromManifest)) }

  @Test(
    "Edited records are read as they stand, and check says that they were edited",
    arguments: [
      (#""one""#, #""uno""#), (#""one""#, #""another name""#), (#"{"id":"cri-1","#, #"{ "id" : "cri-1", "#),
      (#"{"InstanceName":"one"}"#, #"{ "InstanceName": "one", "Note": "hand made" }"#),
      (#""id":"cri-1""#, #""id":"cri\u002d1""#), (#""revision":1,"#, ""), ("\n{", "\n\n  \n{"), ("\n{", "\r\n{"),
    ])
  func edited(_ old: String, _ new: String) throws {
    try workspace.edit(file, old, new)
    let store = try workspace.open()
    let records = try store.state().records(.instance)
    #expect(records.map(\.id) == ["cri-1", "cri-2"])
    #expect(try store.state().record(.instance, "cri-1")?.text(of: "InstanceName") != nil)
    #expect(try store.check() == [edited])
    try store.put(.instance, "cri-2", ["InstanceName": "zwei"])
    try store.compact()
    #expect(try store.check().isEmpty)
    #expect(try workspace.open().state().records(.instance).map(\.id) == ["cri-1", "cri-2"])
  }

  @Test("What is edited while it is open is read anew, and nothing is written over it", arguments: [true, false])
  func whileOpen(_ isReplaced: Bool) throws {
    let store = try workspace.open()
    #expect(try store.state().instances == ["cri-1=one", "cri-2=two"])
    if isReplaced {
      let text = try workspace.text(file).replacing(#""one""#, with: #""uno""#)
      try Data(text.utf8).write(to: URL(filePath: workspace.file(file)), options: .atomic)
    } else {
      let text = try workspace.text(file)
      let handle = try #require(FileHandle(forWritingAtPath: workspace.file(file)))
      try handle.write(contentsOf: Data(text.replacing(#""one""#, with: #""uno" "#).utf8))
      try handle.close()
    }
    #expect(try store.state().instances == ["cri-1=uno", "cri-2=two"])
    try store.put(.instance, "cri-3", ["InstanceName": "three"])
    try store.compact()
    #expect(try workspace.open().state().instances == ["cri-1=uno", "cri-2=two", "cri-3=three"])
  }

  @Test("A record written in by hand is a record")
  func added() throws {
    try workspace.append(file, Array(#"{"value": {"InstanceName": "three"}, "id": "cri-3"}"#.utf8))
    let store = try workspace.open()
    #expect(try store.state().instances == ["cri-1=one", "cri-2=two", "cri-3=three"])
    #expect(try store.state().record(.instance, "cri-3")?.revision == 0)
    try store.drop(.instance, "cri-2")
    #expect(try store.state().instances == ["cri-1=one", "cri-3=three"])
  }

  @Test(
    "What can't be understood is named with line and column",
    arguments: [
      (#""InstanceName":"two"}"#, #""InstanceName":two}"#, 2, 52, Damage.Flaw.notJSON(expected: "value")),
      (#"{"id":"cri-2","#, "{", 2, 0, .member("id")),
      (
        #""revision":1,"value":{"InstanceName":"two"#, #""revision":9223372036854775807,"value":{"InstanceName":"two"#,
        2, 0, .member("revision")
      ),
      (
        #""revision":1,"value":{"InstanceName":"two"#, #""revision":-5,"value":{"InstanceName":"two"#, 2, 0,
        .member("revision")
      ),
      (#"{"InstanceName":"two"}"#, "null", 2, 36, .notJSON(expected: "object")),
      (#","value":{"InstanceName":"two"}"#, "", 2, 0, .member("value")),
      (#""id":"cri-2""#, #""id":"cri-1""#, 2, 0, .duplicate(id: "cri-1")),
    ])
  func broken(_ old: String, _ new: String, _ line: Int, _ column: Int, _ flaw: Damage.Flaw) throws {
    try workspace.edit(file, old, new)
    let damage = Damage(file: file, line: line, column: column, flaw: flaw)
    let store = try workspace.open()
    #expect(try store.check().contains(.damage(damage)))
    #expect(throws: StoreError.damaged(damage)) { try store.compact() }
    #expect(
      try workspace.names() == [
        "current", "history", "journal.2.jsonl", "lock", "secrets", "snapshot.2", "workspace.json",
      ])
    // Other kinds aren't held up by it.
    try store.put(.vpc, "vpc-1", ["RegionId": "cn-hangzhou"])
  }

  @Test("A file of the snapshot that is gone is damage")
  func missing() throws {
    try FileManager.default.removeItem(atPath: workspace.file(file))
    let damage = Damage(file: file, line: 0, column: 0, flaw: .missing)
    #expect(throws: StoreError.damaged(damage)) { try workspace.open() }
  }

  @Test("The manifest is sealed")
  func manifest() throws {
    try workspace.edit("snapshot.2/manifest.json", #""sequence":1"#, #""sequence":2"#)
    let damage = Damage(file: "snapshot.2/manifest.json", line: 1, column: 0, flaw: .checksum)
    #expect(throws: StoreError.damaged(damage)) { try workspace.open() }
  }
}
