import FlatFiles
import Foundation
import Testing

/// Another workspace at the path of the one that was opened, or none for a while.
@Suite("A workspace that is replaced") struct ReplacedTests {
  let workspace: TemporaryWorkspace
  let store: Store

  init() throws {
    workspace = try TemporaryWorkspace()
    store = try workspace.create { try $0.put(.instance, "cri-1", json: ["InstanceName": "one"]) }
  }

  private var aside: String { workspace.path + ".aside" }

  private func putAside() throws { try FileManager.default.moveItem(atPath: workspace.path, toPath: aside) }
  private func putBack() throws { try FileManager.default.moveItem(atPath: aside, toPath: workspace.path) }

  private func makeAnother(id: String = "w-2", kind: String = "training") throws {
    _ = try Store.create(
      at: workspace.path, WorkspaceHeader(id: id, kind: kind, created: "2026-11-24T21:00:00Z"), by: "eve@host",
      as: "workspace init", at: "2026-11-24T21:00:00Z"
    ) { _ in }
  }

  @Test("by another is neither read nor written, and gets no secret; its handle says so from then on")
  func replaced() throws {
    try putAside()
    try makeAnother()
    let before = try workspace.text("journal.1.jsonl")
    let expected = StoreError.replaced(path: workspace.path, expected: "w-1", found: "w-2")
    for _ in 0..<2 {
      #expect(throws: expected) { try store.state() }
      #expect(throws: expected) {
        try store.change { transaction in
          let id = try transaction.addSecret(Array("glpat-not-for-you".utf8))
          try transaction.put(.binding, "cri-1", json: ["Secret": .string(id.text)])
        }
      }
      #expect(throws: expected) { try store.compact() }
      #expect(throws: expected) { try store.history() }
    }
    #expect(try workspace.text("journal.1.jsonl") == before)
    #expect(try workspace.names().contains("secrets") == false || workspace.names("secrets").isEmpty)
    #expect(store.header.id == "w-1")
    #expect(try store.latest.instances == ["cri-1=one"])
  }

  @Test("by one of the same id but another kind is another")
  func otherKind() throws {
    try putAside()
    try makeAnother(id: "w-1", kind: "training")
    #expect(throws: StoreError.replaced(path: workspace.path, expected: "w-1", found: "w-1")) { try store.state() }
  }

  @Test("by a copy of another's files over its own, in their places, is another too")
  func copiedOver() throws {
    try putAside()
    try makeAnother()
    let others = try ["workspace.json", "journal.1.jsonl", "current"].map { name in
      (name, try Data(contentsOf: URL(filePath: "\(workspace.path)/\(name)")))
    }
    try FileManager.default.removeItem(atPath: workspace.path)
    try putBack()
    _ = try store.state()
    for (name, contents) in others {
      let file = try FileHandle(forWritingTo: URL(filePath: "\(workspace.path)/\(name)"))
      try file.truncate(atOffset: 0)
      try file.write(contentsOf: contents)
      try file.close()
    }
    let expected = StoreError.replaced(path: workspace.path, expected: "w-1", found: "w-2")
    #expect(throws: expected) { try store.put(.instance, "cri-2", ["InstanceName": "two"]) }
    #expect(throws: expected) { try store.state() }
    #expect(try Data(contentsOf: URL(filePath: "\(workspace.path)/journal.1.jsonl")) == others[1].1)
  }

  @Test("and put back works again, as one that was gone does")
  func putBackAgain() throws {
    try putAside()
    #expect(throws: StoreError.notWorkspace(path: workspace.path)) { try store.state() }
    try putBack()
    try store.put(.instance, "cri-2", ["InstanceName": "two"])
    try putAside()
    try makeAnother()
    #expect(throws: StoreError.replaced(path: workspace.path, expected: "w-1", found: "w-2")) { try store.state() }
    try FileManager.default.removeItem(atPath: workspace.path)
    try putBack()
    #expect(try store.state().instances == ["cri-1=one", "cri-2=two"])
  }
}
