import FlatFiles
import Foundation
import Testing

@Suite struct CreationTests {
  let workspace: TemporaryWorkspace

  init() throws { workspace = try TemporaryWorkspace() }

  @Test("A new workspace has its files, closed to others, and its first transaction")
  func files() throws {
    let store = try workspace.create { try $0.put(.instance, "cri-1", json: ["InstanceName": "one"]) }
    #expect(
      try workspace.names() == [
        "current", "history", "journal.1.jsonl", "lock", "secrets", "snapshot.1", "workspace.json",
      ])
    #expect(try workspace.text("current") == "1\n")
    #expect(try workspace.mode("") == 0o700)
    for name in ["current", "journal.1.jsonl", "lock", "workspace.json"] { #expect(try workspace.mode(name) == 0o600) }
    #expect(store.header == TemporaryWorkspace.header)
    #expect(try store.state().instances == ["cri-1=one"])
    #expect(try store.check().isEmpty)
  }

  @Test("Members of the header that somebody added are kept")
  func members() throws {
    let header = WorkspaceHeader(
      id: "w", kind: "training", created: "2026-11-24T20:00:00Z", members: ["Port": .number("8080"), "Name": "x"])
    _ = try Store.create(at: workspace.path, header, by: "a", as: "init", at: "t") { _ in }
    #expect(try workspace.open().header == header)
  }

  @Test("A workspace is never made over another")
  func twice() throws {
    try workspace.create()
    let before = try workspace.text("journal.1.jsonl")
    #expect(throws: StoreError.alreadyWorkspace(path: workspace.path)) { try workspace.create() }
    #expect(try workspace.text("journal.1.jsonl") == before)
  }

  @Test("Nor in a folder in which something else lives")
  func notEmpty() throws {
    try FileManager.default.createDirectory(atPath: workspace.path, withIntermediateDirectories: false)
    try workspace.write("thesis.txt", "years of work")
    #expect(throws: StoreError.folderNotEmpty(path: workspace.path)) { try workspace.create() }
    #expect(try workspace.names() == ["thesis.txt"])
  }

  @Test("Nor over a workspace that lost its workspace.json", arguments: [false, true])
  func lostHeader(_ compacted: Bool) throws {
    let store = try workspace.create()
    try store.put(.instance, "cri-1", ["InstanceName": "one"])
    if compacted { try store.compact() }
    try FileManager.default.removeItem(atPath: workspace.file("workspace.json"))
    let names = try workspace.names()
    #expect(throws: StoreError.folderNotEmpty(path: workspace.path)) { try workspace.create() }
    #expect(try workspace.names() == names)
  }

  @Test(
    "Nor over what has names of ours and is somebody's", arguments: [[], ["workspace.json.creating"]])
  func similarNames(_ more: [String]) throws {
    let names = ["secrets/key.pem", "snapshot.2026/photo.jpg", "history/notes.txt"] + more
    for name in names {
      let folder = URL(filePath: workspace.file(name)).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try workspace.write(name, "mine")
    }
    #expect(throws: StoreError.folderNotEmpty(path: workspace.path)) { try workspace.create() }
    for name in names { #expect(try workspace.text(name) == "mine") }
  }

  @Test("Nor over a workspace whose workspace.json has another name", arguments: [false, true])
  func renamedHeader(_ compacted: Bool) throws {
    let store = try workspace.create()
    try store.put(.instance, "cri-1", ["InstanceName": "one"])
    if compacted { try store.compact() }
    try FileManager.default.moveItem(
      atPath: workspace.file("workspace.json"), toPath: workspace.file("workspace.json.new"))
    #expect(throws: StoreError.folderNotEmpty(path: workspace.path)) { try workspace.create() }
    try FileManager.default.moveItem(
      atPath: workspace.file("workspace.json.new"), toPath: workspace.file("workspace.json"))
    #expect(try workspace.open().state().instances == ["cri-1=one"])
  }

  @Test("What an interrupted creation left is no hindrance")
  func leftovers() throws {
    try workspace.create()
    try FileManager.default.removeItem(atPath: workspace.file("workspace.json"))
    try workspace.write("workspace.json.creating", "{")
    try workspace.write("secrets/\(String(repeating: "0", count: 32))", "glpat")
    let store = try workspace.create()
    #expect(try store.check().isEmpty)
    #expect(try workspace.names("secrets") == [])
  }

  @Test("A body that throws leaves nothing but the lock")
  func refusal() throws {
    struct Refused: Error {}
    #expect(throws: Refused.self) {
      try workspace.create { transaction in
        _ = try transaction.addSecret([1])
        throw Refused()
      }
    }
    #expect(try workspace.names() == ["lock"])
    try workspace.create()
  }

  @Test("Of two that make the same workspace at once, one does")
  func racing() async throws {
    let outcomes = await withTaskGroup(of: Result<Int, any Error>.self) { group in
      for number in 0..<4 {
        group.addTask { [workspace] in
          Result {
            try workspace.create { try $0.put(.instance, "cri-\(number)", json: ["InstanceName": "\(number)"]) }
            return number
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let winners = outcomes.compactMap { try? $0.get() }
    #expect(winners.count == 1)
    for case .failure(let error) in outcomes {
      #expect(error as? StoreError == .alreadyWorkspace(path: workspace.path))
    }
    #expect(try workspace.open().state().instances == winners.map { "cri-\($0)=\($0)" })
    #expect(try workspace.open().check().isEmpty)
  }
}
