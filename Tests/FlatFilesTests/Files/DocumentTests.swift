import FlatFiles
import RecordedDisk
import Testing

/// A workspace as one JSON document, there and back.
@Suite(.crashPointsCounted) struct DocumentTests {
  private func inhabited() throws -> (TemporaryWorkspace, Store) {
    let workspace = try TemporaryWorkspace()
    let store = try workspace.create { try $0.put(.vpc, "vpc-1", json: ["RegionId": "cn-hangzhou"]) }
    try store.put(.instance, "一", ["InstanceName": "容器 \"one\"\n"])
    try store.put(.instance, "two", ["InstanceName": "two", "Count": .number("1e3")])
    try store.compact()
    try store.drop(.instance, "two")
    try store.put(.instance, "three", ["InstanceName": "three"])
    return (workspace, store)
  }

  private func exported(_ store: Store) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try store.export(waiting: .never) { bytes += $0 }
    return bytes
  }

  private func restored(_ bytes: [UInt8]) throws -> (TemporaryWorkspace, Store) {
    let copy = try TemporaryWorkspace()
    let document = try WorkspaceDocument(reading: bytes, file: "copy.json")
    let store = try Store.create(
      at: copy.path, from: document, by: "eve@host", as: "workspace restore", at: "2026-11-24T22:00:00Z"
    ) { _ in }
    return (copy, store)
  }

  @Test("It comes back with every record, in its order, and its history")
  func thereAndBack() throws {
    let (original, store) = try inhabited()
    let bytes = try exported(store)
    let (copy, again) = try restored(bytes)
    #expect(again.header == store.header)
    #expect(try again.state().instances == (try store.state().instances))
    #expect(try again.state().record(.instance, "three")?.revision == 5)
    let (before, after) = (try store.history(limit: 100), try again.history(limit: 100))
    #expect(after.count == before.count + 1 && after[0].request == "workspace restore")
    #expect(
      zip(after.dropFirst(), before).allSatisfy {
        $0.sequence == $1.sequence && $0.request == $1.request && $0.time == $1.time
      })
    #expect(try again.check(waiting: .never).isEmpty)
    try again.put(.instance, "four", ["InstanceName": "four"])
    #expect(try copy.open().state().sequence == (try store.state().sequence) + 2)
    withExtendedLifetime(original) {}
  }

  @Test("Of what came back the same document is written, but for what was done since")
  func twice() throws {
    let (workspace, store) = try inhabited()
    let bytes = try exported(store)
    let (copy, again) = try restored(bytes)
    let lines = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self).split(separator: "\n") }
    let (first, second) = (lines(bytes), lines(try exported(again)))
    #expect(second.count == first.count + 1)
    // The number of the last transaction, and a comma before the one that was added.
    #expect(zip(first, second).count { $0 != $1 } == 2)
    withExtendedLifetime((workspace, copy)) {}
  }

  @Test("An empty workspace, and one with a snapshot alone, come back")
  func small() throws {
    let workspace = try TemporaryWorkspace()
    let store = try workspace.create()
    let empty = try restored(try exported(store))
    #expect(try empty.1.state().kinds.isEmpty)
    try store.put(.instance, "one", ["InstanceName": "one"])
    try store.compact()
    let one = try restored(try exported(store))
    #expect(try one.1.state().instances == ["one=one"])
    withExtendedLifetime((empty.0, one.0)) {}
  }

  @Test("A revision that a person wrote, higher than any, comes back as the newest")
  func highRevision() throws {
    let workspace = try TemporaryWorkspace()
    let store = try workspace.create()
    try store.put(.instance, "one", ["InstanceName": "one"])
    try store.compact()
    try workspace.edit("snapshot.2/instance.jsonl", #""revision":2"#, #""revision":99999"#)
    let (copy, again) = try restored(try exported(try workspace.open()))
    #expect(try again.state().record(.instance, "one")?.revision == 2)
    withExtendedLifetime((workspace, copy)) {}
  }

  @Test("A value as deep as a record may be comes back, though a document is around it")
  func deepest() throws {
    let workspace = try TemporaryWorkspace()
    let store = try workspace.create()
    var value = JSONValue.array([])
    for _ in 0..<254 { value = .array([value]) }
    try store.put(.instance, "one", .object(["Deep": value]))
    let (copy, again) = try restored(try exported(store))
    #expect(try again.state().record(.instance, "one")?.value()["Deep"] == value)
    #expect(throws: StoreError.self) { try store.put(.instance, "two", .object(["Deep": .array([value])])) }
    withExtendedLifetime((workspace, copy)) {}
  }

  static let faults: [(String, String, line: Int, column: Int, Damage.Flaw)] = [
    ("", "", 1, 1, .notJSON(expected: "value")),
    (#""history":["#, #""history":[,"#, 4, 71, .notJSON(expected: "digit")),
    (#""format":1"#, #""format":"1""#, 1, 1, .member("format")),
    (#""id":"two""#, #""id":2"#, 4, 1, .member("id")),
    (#""revision":2"#, #""revision":99"#, 3, 1, .member("revision")),
    (#""id":"two""#, #""id":"one""#, 4, 1, .duplicate(id: "one")),
    (#""seq":2"#, #""seq":7"#, 6, 1, .sequence(expected: 2)),
    (#""by":"ada@host","#, "", 5, 1, .member("by")),
    (#""sequence":3"#, #""sequence":4"#, 4, 70, .sequence(expected: 4)),
    (#"]},"history""#, #"],"instance":[]},"history""#, 4, 59, .duplicate(id: "instance")),
    (#""InstanceName":"two""#, #""InstanceName":"two","InstanceName":"2""#, 4, 56, .duplicate(id: "InstanceName")),
  ]

  @Test("What isn't a document of a workspace is refused with line and column", arguments: faults.indices)
  func faulty(_ index: Int) throws {
    let (old, new, line, column, flaw) = Self.faults[index]
    let workspace = try TemporaryWorkspace()
    let store = try workspace.create()
    for name in ["one", "two"] { try store.put(.instance, name, ["InstanceName": .string(name)]) }
    let text = String(decoding: try exported(store), as: UTF8.self)
    let spoilt = old.isEmpty ? "" : text.replacing(old, with: new, maxReplacements: 1)
    try #require(spoilt != text)
    do throws(StoreError) {
      _ = try WorkspaceDocument(reading: Array(spoilt.utf8), file: "copy.json")
      Issue.record("it was read: \(spoilt)")
    } catch {
      guard case .damaged(let damage) = error else { throw error }
      #expect(damage.flaw == flaw && damage.file == "copy.json", "\(damage) in \(spoilt)")
      #expect(damage.line == line && damage.column == column, "\(damage) in \(spoilt)")
    }
  }

  @Test("A newer document is refused")
  func newer() throws {
    let workspace = try TemporaryWorkspace()
    let text = String(decoding: try exported(try workspace.create()), as: UTF8.self)
    let newer = text.replacing(#""format":1"#, with: #""format":9"#)
    #expect(throws: StoreError.newerFormat(path: "copy.json", found: 9, known: 1)) {
      try WorkspaceDocument(reading: Array(newer.utf8), file: "copy.json")
    }
  }

  @Test("A power cut while a workspace is made of a document leaves none, or all of it")
  func cutOff() throws {
    let (workspace, store) = try inhabited()
    let document = try WorkspaceDocument(reading: try exported(store), file: "copy.json")
    func make(_ disk: RecordedDisk) throws -> Store {
      try Store.create(
        at: Scenario.folder, document.header, document, files: disk, by: "eve@host", as: "workspace restore",
        at: "2026-11-24T22:00:00Z"
      ) { _ in }
    }
    let disk = RecordedDisk()
    let made = try Contents(of: try make(disk))
    for point in 0...disk.log.events.count {
      for image in disk.log.prefix(point).powerCuts(tears: 3, subsetsOf: 4) {
        let left = RecordedDisk(image)
        do {
          _ = try Scenario.open(left)
        } catch StoreError.notWorkspace {
          guard point < disk.log.events.count else { throw Shortcoming("acknowledged, and gone") }
          _ = try make(left)
        }
        try Aftermath.inspect(left.image, "creation of a document", allowed: [made], .reading)
      }
      // Killed there, made again where it isn't, then changed: no power cut takes that.
      let next = RecordedDisk(going: disk.log.prefix(point))
      do { _ = try make(next) } catch StoreError.alreadyWorkspace {}
      let changed = try Scenario.open(next)
      try Scenario.change(.instance, "cri-1", ["InstanceName": "one"])(changed)
      let after = try Contents(of: changed)
      for image in next.log.extremePowerCuts {
        try Aftermath.inspect(image, "creation of a document, then a change", allowed: [after], .reading)
      }
    }
    withExtendedLifetime(workspace) {}
  }
}
