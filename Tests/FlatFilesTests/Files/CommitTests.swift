import FlatFiles
import Testing

@Suite struct CommitTests {
  let workspace: TemporaryWorkspace
  let store: Store

  init() throws {
    workspace = try TemporaryWorkspace()
    store = try workspace.create()
  }

  @Test("What was committed is there for a handle that opens afterwards")
  func reopening() throws {
    let committed = try store.change("instance create") { transaction in
      try transaction.put(
        .instance, "cri-1", json: ["InstanceName": "one", "Note": "\u{1B}[31m \u{9B}31m \u{7F} é 容器"])
      return "done"
    }
    #expect(committed.value == "done")
    #expect(committed.sequence == 2)

    let state = try workspace.open().state()
    #expect(state.sequence == 2)
    let record = try #require(try state.record(.instance, "cri-1"))
    #expect(record.text(of: "Note") == "\u{1B}[31m \u{9B}31m \u{7F} é 容器")
    #expect(record.revision == 2)
    #expect(try state.record(.instance, "cri-2") == nil)
    let journal = try workspace.text("journal.1.jsonl")
    #expect(!journal.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || (0x7F..<0xA0).contains($0.value) })
  }

  @Test("Another handle sees a change as soon as it looks, and not before")
  func otherHandles() throws {
    let other = try workspace.open()
    try store.put(.instance, "cri-1", ["InstanceName": "one"])
    #expect(try other.latest.instances == [])
    #expect(try other.state().instances == ["cri-1=one"])
    #expect(try other.latest.instances == ["cri-1=one"])
  }

  @Test("A body that throws changes nothing, and its own error comes through")
  func refusal() throws {
    struct Refused: Error, Equatable { let reason: String }
    let before = try workspace.text("journal.1.jsonl")
    #expect(throws: Refused(reason: "no")) {
      try store.change { transaction in
        try transaction.put(.instance, "cri-1", json: ["InstanceName": "one"])
        throw Refused(reason: "no")
      }
    }
    #expect(try workspace.text("journal.1.jsonl") == before)
    #expect(try store.latest.instances == [])
  }

  @Test("A change that changes nothing isn't written")
  func nothing() throws {
    try store.put(.instance, "cri-1", ["InstanceName": "one"])
    let committed = try store.change { transaction in
      try transaction.put(.instance, "cri-1", json: ["InstanceName": "one"])
      #expect(try transaction.drop(.instance, "cri-2") == false)
    }
    #expect(committed.sequence == nil)
    #expect(try store.state().sequence == 2)
    #expect(try store.state().record(.instance, "cri-1")?.revision == 2)
  }

  @Test("A body sees the newest state, and what it has put itself")
  func reading() throws {
    let other = try workspace.open()
    try other.put(.instance, "cri-1", ["InstanceName": "one"])
    try store.change { transaction in
      #expect(try transaction.state.instances == ["cri-1=one"])
      try transaction.put(.instance, "cri-2", json: ["InstanceName": "two"])
      try transaction.drop(.instance, "cri-1")
      #expect(try transaction.state.instances == ["cri-2=two"])
      try transaction.put(.instance, "cri-1", json: ["InstanceName": "again"])
      #expect(try transaction.state.instances == ["cri-2=two", "cri-1=again"])
    }
    #expect(try workspace.open().state().instances == ["cri-2=two", "cri-1=again"])
  }

  @Test("A record's revision is the transaction that changed it last")
  func revisions() throws {
    try store.put(.instance, "cri-1", ["InstanceName": "one"])
    try store.put(.instance, "cri-2", ["InstanceName": "two"])
    try store.put(.instance, "cri-1", ["InstanceName": "uno"])
    func revisions(_ state: StoreState) throws -> [Int] { try state.records(.instance).map(\.revision) }
    #expect(try revisions(store.state()) == [4, 3])
    try store.compact()
    #expect(try revisions(workspace.open().state()) == [4, 3])
  }

  @Test(
    "What isn't a JSON object is no record",
    arguments: [
      JSONValue.array([]), .string("text"), .null, .object(["Count": .number("1.")]), .object(["Count": .number("")]),
      (0..<300).reduce(.object([:])) { inner, _ in .object(["In": inner]) },
    ])
  func noRecord(_ value: JSONValue) throws {
    #expect(throws: StoreError.notARecord(kind: .instance, id: "cri-1")) { try store.put(.instance, "cri-1", value) }
    #expect(try store.state().sequence == 1)
  }

  @Test("Values go through their own encoding and back")
  func encoding() throws {
    struct Instance: Codable, Equatable { var name: String; var ports: [Int]; var share: Double; var note: String? }
    let instance = Instance(name: "a/b \"c\"", ports: [80, 443], share: 0.1, note: nil)
    try store.change { transaction in try transaction.put(.instance, "cri-1", instance) }
    let record = try #require(try workspace.open().state().record(.instance, "cri-1"))
    #expect(try record.decode(Instance.self) == instance)
    #expect(throws: StoreError.notARecord(kind: .instance, id: "cri-2")) {
      try store.change { transaction in try transaction.put(.instance, "cri-2", [1, 2]) }
    }
  }

  @Test("Ids that JSON must escape are found again", arguments: ["a\"b", "a\\b", "a\nb", "", "容器", "a/b", "\u{7F}"])
  func oddIds(_ id: String) throws {
    try store.put(.instance, id, ["InstanceName": "odd"])
    try store.put(.instance, "plain", ["InstanceName": "plain"])
    #expect(try workspace.open().state().record(.instance, id)?.id == id)
    try store.compact()
    let state = try workspace.open().state()
    #expect(try state.record(.instance, id)?.id == id)
    #expect(try state.records(.instance).map(\.id) == [id, "plain"])
    try store.drop(.instance, id)
    #expect(try store.state().records(.instance).map(\.id) == ["plain"])
  }
}
