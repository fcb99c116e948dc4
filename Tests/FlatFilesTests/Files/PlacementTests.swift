import FlatFiles
import Foundation
import Glibc
import Testing

/// What can stand where a file of the workspace should.
@Suite struct PlacementTests {
  let workspace: TemporaryWorkspace

  init() throws {
    workspace = try TemporaryWorkspace()
    let store = try workspace.create { try $0.put(.instance, "cri-1", json: ["InstanceName": "one"]) }
    try store.compact()
  }

  static let files = [
    "workspace.json", "lock", "current", "journal.2.jsonl", "snapshot.2/manifest.json", "snapshot.2/instance.jsonl",
  ]

  @Test("A symbolic link in a file's place is refused", arguments: files)
  func link(_ name: String) throws {
    try FileManager.default.moveItem(atPath: workspace.file(name), toPath: workspace.file("elsewhere"))
    try FileManager.default.createSymbolicLink(
      atPath: workspace.file(name), withDestinationPath: workspace.file("elsewhere"))
    expectIrregular(name)
  }

  @Test("A pipe in a file's place is refused, and nobody hangs on it", .timeLimit(.minutes(10)), arguments: files)
  func pipe(_ name: String) throws {
    try FileManager.default.removeItem(atPath: workspace.file(name))
    #expect(mkfifo(workspace.file(name), 0o600) == 0)
    expectIrregular(name)
  }

  @Test("A folder in a file's place is refused", arguments: files)
  func folder(_ name: String) throws {
    try FileManager.default.removeItem(atPath: workspace.file(name))
    try FileManager.default.createDirectory(atPath: workspace.file(name), withIntermediateDirectories: false)
    expectIrregular(name)
  }

  private func expectIrregular(_ name: String) {
    let damage = Damage(file: name, line: 0, column: 0, flaw: .notARegularFile)
    #expect(throws: StoreError.damaged(damage)) { try workspace.open() }
  }

  @Test("A missing file is damage; without workspace.json it is no workspace", arguments: files)
  func missing(_ name: String) throws {
    try FileManager.default.removeItem(atPath: workspace.file(name))
    let expected: StoreError =
      name == "workspace.json"
      ? .notWorkspace(path: workspace.path)
      : .damaged(Damage(file: name, line: 0, column: 0, flaw: .missing))
    #expect(throws: expected) { try workspace.open() }
  }

  @Test("A folder that isn't there, a file and an empty folder are no workspaces")
  func noWorkspace() throws {
    for path in [workspace.file("nothing"), workspace.file("current"), workspace.file("history")] {
      #expect(throws: StoreError.notWorkspace(path: path)) { try Store(opening: path) }
    }
  }

  @Test("A newer format is refused, and nothing is touched, by an open handle either")
  func newer() throws {
    let store = try workspace.open()
    try workspace.edit("workspace.json", #""format":1"#, #""format":2"#)
    let expected = StoreError.newerFormat(path: workspace.path, found: 2, known: 1)
    #expect(throws: expected) { try workspace.open() }
    let names = try FileManager.default.subpathsOfDirectory(atPath: workspace.path).sorted()
    #expect(throws: expected) { try Store.check(at: workspace.path) }
    let journal = try workspace.text("journal.2.jsonl")
    #expect(throws: expected) { try store.put(.instance, "cri-2", ["InstanceName": "two"]) }
    #expect(try workspace.text("journal.2.jsonl") == journal)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: workspace.path).sorted() == names)
  }

  @Test(
    "A header that says nothing useful is damage",
    arguments: [
      ("{}", 0, 0, Damage.Flaw.member("format")), (#"{"format":0}"#, 0, 0, .member("format")),
      (#"{"format":1}"#, 0, 0, .member("id")),
      ("{\n  \"format\": 1,\n  nonsense\n}", 3, 3, .notJSON(expected: "string")),
    ])
  func header(_ text: String, _ line: Int, _ column: Int, _ flaw: Damage.Flaw) throws {
    try workspace.write("workspace.json", text)
    let damage = Damage(file: "workspace.json", line: line, column: column, flaw: flaw)
    #expect(throws: StoreError.damaged(damage)) { try workspace.open() }
  }

  @Test("A current that names no generation is damage", arguments: ["", "\n", "0\n", "-1\n", "two\n", "2 3\n"])
  func current(_ text: String) throws {
    try workspace.write("current", text)
    #expect(throws: StoreError.self) { try workspace.open() }
  }

  @Test("A current that was set back by a power cut loses nothing of what others did since")
  func setBack() throws {
    let store = try workspace.open()
    try FileManager.default.copyItem(atPath: workspace.file("snapshot.2"), toPath: workspace.file("kept"))
    try store.compact()
    try store.put(.instance, "cri-2", ["InstanceName": "two"])
    try FileManager.default.moveItem(atPath: workspace.file("kept"), toPath: workspace.file("snapshot.2"))
    try FileManager.default.moveItem(
      atPath: workspace.file("history/journal.2.jsonl"), toPath: workspace.file("journal.2.jsonl"))
    try workspace.write("current", "2\n")
    #expect(try workspace.open().state().instances == ["cri-1=one", "cri-2=two"])
    let next = try workspace.open()
    try next.put(.instance, "cri-3", ["InstanceName": "three"])
    #expect(try workspace.text("current") == "3\n")
    #expect(try next.check().isEmpty)
    #expect(try workspace.open().state().instances == ["cri-1=one", "cri-2=two", "cri-3=three"])
  }

  @Test("A copy that was put back over a later workspace is damage, not the end of either")
  func putBack() throws {
    let store = try workspace.open()
    let copy = workspace.path + ".copy"
    try FileManager.default.copyItem(atPath: workspace.path, toPath: copy)
    try store.put(.instance, "cri-2", ["InstanceName": "two"])
    try store.compact()
    try store.put(.instance, "cri-3", ["InstanceName": "three"])
    for name in ["current", "journal.2.jsonl", "snapshot.2"] {
      try? FileManager.default.removeItem(atPath: workspace.file(name))
      try FileManager.default.copyItem(atPath: "\(copy)/\(name)", toPath: workspace.file(name))
    }
    let damage = Damage(file: "snapshot.3/manifest.json", line: 1, column: 0, flaw: .sequence(expected: 1))
    #expect(throws: StoreError.damaged(damage)) { try workspace.open() }
    #expect(throws: StoreError.damaged(damage)) { try workspace.open().compact() }
    for name in ["journal.3.jsonl", "snapshot.3"] { try FileManager.default.removeItem(atPath: workspace.file(name)) }
    #expect(try workspace.open().state().instances == ["cri-1=one"])
  }
}
