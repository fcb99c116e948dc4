import FlatFiles
import Testing

@Suite struct StateTests {
  let workspace: TemporaryWorkspace
  let store: Store

  init() throws {
    workspace = try TemporaryWorkspace()
    store = try workspace.create { transaction in
      for name in ["one", "two", "three"] {
        try transaction.put(.instance, "cri-\(name)", json: ["InstanceName": .string(name)])
      }
    }
  }

  @Test("Records keep the order of their creation: replaced ones their place, dropped and new ones the end")
  func order() throws {
    try store.compact()
    try store.put(.instance, "cri-four", ["InstanceName": "four"])
    try store.put(.instance, "cri-two", ["InstanceName": "zwei"])
    try store.drop(.instance, "cri-one")
    try store.put(.instance, "cri-one", ["InstanceName": "eins"])
    try store.put(.instance, "cri-one", ["InstanceName": "uno"])
    try store.drop(.instance, "cri-four")
    let expected = ["cri-two=zwei", "cri-three=three", "cri-one=uno"]
    #expect(try store.state().instances == expected)
    #expect(try workspace.open().state().instances == expected)
    try store.compact()
    #expect(try store.state().instances == expected)
    #expect(try workspace.open().state().instances == expected)
  }

  @Test("A state stays what it was while others commit and compact, also what it hadn't read yet")
  func standingStill() throws {
    try store.compact()
    let old = try workspace.open().state()
    let untouched = try workspace.open().state()
    #expect(try old.instances.count == 3)
    try store.put(.instance, "cri-two", ["InstanceName": "zwei"])
    let middle = try store.state()
    try store.drop(.instance, "cri-one")
    try store.compact()
    try store.put(.instance, "cri-five", ["InstanceName": "five"])
    try store.compact()
    for state in [old, untouched] {
      #expect(try state.instances == ["cri-one=one", "cri-two=two", "cri-three=three"])
      #expect(state.sequence == 1)
    }
    #expect(try middle.instances == ["cri-one=one", "cri-two=zwei", "cri-three=three"])
    #expect(try store.latest.instances == ["cri-two=zwei", "cri-three=three", "cri-five=five"])
  }

  @Test("A kind whose last record went is empty, before and after a compaction")
  func emptied() throws {
    try store.put(.vpc, "vpc-1", ["RegionId": "cn-hangzhou"])
    try store.drop(.vpc, "vpc-1")
    #expect(try store.state().records(.vpc).isEmpty)
    try store.compact()
    #expect(try workspace.open().state().records(.vpc).isEmpty)
    #expect(try workspace.names("snapshot.2") == ["instance.jsonl", "manifest.json"])
  }

  @Test("Many changes in many generations are the same as a dictionary's")
  func model() throws {
    var generator = SplitMix(seed: 7)
    var expected: [(id: String, name: String)] = try store.state().records(.instance).map {
      ($0.id, $0.text(of: "InstanceName") ?? "")
    }
    var reader = try workspace.open()
    for round in 0..<400 {
      let id = "cri-\(Int.random(in: 0..<120, using: &generator))"
      let index = expected.firstIndex { $0.id == id }
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: try store.compact()
      case 1, 2, 3:
        try store.drop(.instance, id)
        if let index { expected.remove(at: index) }
      default:
        try store.put(.instance, id, ["InstanceName": "\(round)"])
        if let index { expected[index].name = "\(round)" } else { expected.append((id, "\(round)")) }
      }
      if round % 40 == 0 { reader = try workspace.open() }
      if round % 10 == 0 {
        #expect(try reader.state().instances == expected.map { "\($0.id)=\($0.name)" })
      }
    }
    #expect(try store.latest.instances == expected.map { "\($0.id)=\($0.name)" })
    #expect(try store.check().isEmpty)
  }

  @Test("The journal is compacted when that is worth it, and only then")
  func worthwhile() throws {
    #expect(try store.compactIfWorthwhile() == false)
    try store.change { transaction in
      for number in 0..<2000 {
        try transaction.put(.instance, "cri-\(number)", json: ["InstanceName": "a name of some length \(number)"])
      }
    }
    #expect(try store.compactIfWorthwhile())
    #expect(try store.compactIfWorthwhile() == false)
    #expect(store.latest.generation == 2)
  }
}

/// The same numbers in every run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
