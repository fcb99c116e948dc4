import FlatFiles

/// A workspace with one file that somebody or something spoilt, used as programs do.
package struct SpoiltWorkspace {
  /// Those that can be spoilt.
  package static let files = [
    "journal.2.jsonl", "snapshot.2/instance.jsonl", "snapshot.2/binding.jsonl", "snapshot.2/manifest.json", "current",
    "workspace.json", "history/journal.1.jsonl",
  ]

  private static let folder = "/home/workspace"
  private let disk: RecordedDisk
  private let name: String
  private let spoilt: [UInt8]

  /// What was wrong about how it was taken.
  package struct Wrong: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
  }

  /// A workspace of several kinds, in its second generation, with nothing wrong: the same in every run.
  package static func whole() throws -> DiskImage {
    let disk = RecordedDisk()
    let header = WorkspaceHeader(id: "w-1", kind: "own", created: "2026-11-24T20:00:00Z")
    let store = try Store.create(
      at: folder, header, files: disk, by: "ada@host", as: "workspace init", at: "2026-11-24T20:00:00Z"
    ) { transaction in
      try transaction.put(instance, "cri-1", json: .object(["InstanceName": .string("one")]))
      try transaction.put(instance, "cri-2", json: .object(["InstanceName": .string("容器 \u{7}")]))
      try transaction.put(RecordKind("binding"), "cri-1", json: .object(["Username": .string("ada")]))
    }
    try put("cri-3", "three", in: store)
    try store.compact(waiting: .never)
    try put("cri-1", "uno", in: store)
    try put("cri-4", "four", in: store)
    _ = try store.commit(by: "ada@host", as: "drop", at: "2026-11-24T20:00:02Z") { try $0.drop(instance, "cri-2") }
    return disk.image
  }

  private static let instance = RecordKind("instance")

  private static func put(_ id: String, _ name: String, in store: Store) throws {
    _ = try store.commit(by: "ada@host", as: "change", at: "2026-11-24T20:00:01Z", waiting: .never) { transaction in
      try transaction.put(instance, id, json: .object(["InstanceName": .string(name), "Count": .number("12")]))
    }
  }

  private static func open(_ disk: RecordedDisk) throws -> Store {
    try Store(opening: folder, files: disk, waiting: .never)
  }

  /// - Parameter spoilt: what the file of that name holds now.
  package init(_ image: DiskImage, _ name: String, _ spoilt: [UInt8]) throws {
    var image = image
    guard let inode = image.inode("\(Self.folder)/\(name)") else { throw Wrong("there is no \(name)") }
    image.nodes[inode]?.bytes = spoilt
    disk = RecordedDisk(image)
    self.name = name
    self.spoilt = spoilt
  }

  /// - Returns: how far that went.
  package func use() throws -> String {
    guard let store = try attempt({ try Self.open(disk) }) else { return "not opened" }
    _ = try attempt { try store.check(waiting: .never) }
    _ = try attempt { try store.history(limit: 100) }
    let before = try attempt { try records(store) }
    guard try attempt({ try Self.put("cri-next", "next", in: store) }) != nil else { return "read, not changed" }
    // What stood in the journal is all kept: in it, or beside it.
    if name == "journal.2.jsonl" { try requireKept(store) }
    guard let before else { return "changed" }
    guard let after = try attempt({ try records(store) }), Set(before).isSubset(of: after) else {
      throw Wrong("a change lost some of \(before)")
    }
    if try attempt({ try store.compact(waiting: .never) }) != nil {
      guard try Set(records(try Self.open(disk))) == Set(after) else { throw Wrong("a compaction lost some") }
    }
    return "changed"
  }

  /// Runs something. What it refuses must have a place, and leave every file as it was.
  private func attempt<Value>(_ body: () throws -> Value) throws -> Value? {
    let before = disk.image
    do {
      return try body()
    } catch let error as StoreError {
      switch error {
      case .damaged(let damage): try requirePlace(damage)
      case .newerFormat, .notWorkspace, .secretMissing, .secretUnsafe: break
      default: throw Wrong("it said \(error)")
      }
      guard disk.image.bytes(of: name) == before.bytes(of: name) else {
        throw Wrong("\(error), and it was written over")
      }
      return nil
    }
  }

  private func requirePlace(_ damage: Damage) throws {
    guard
      Self.files.contains(damage.file) || damage.file.hasPrefix("journal.")
        || damage.file.hasPrefix("snapshot.") || damage.file.hasPrefix("history/")
    else { throw Wrong("damage in \(damage.file)") }
    switch damage.flaw {
    case .notJSON:
      guard damage.line > 0, damage.column > 0 else { throw Wrong("damage without a place: \(damage)") }
    case .checksum: guard damage.line > 0 else { throw Wrong("damage without a line: \(damage)") }
    default: break
    }
  }

  private func requireKept(_ store: Store) throws {
    let aside = store.takeNotices().compactMap { notice -> String? in
      if case .tornTailSetAside(let file, _) = notice { file } else { nil }
    }
    let torn = aside.first.map { disk.image.bytes(of: $0) } ?? []
    let journal = disk.image.bytes(of: name)
    guard journal.starts(with: spoilt.dropLast(torn.count)), spoilt.suffix(torn.count).elementsEqual(torn) else {
      throw Wrong("bytes of the journal are gone")
    }
  }

  private func records(_ store: Store) throws -> [String] {
    let state = try store.state(waiting: .never)
    return try state.kinds.flatMap { kind in
      try state.records(kind).map { record in
        _ = try state.record(kind, record.id)
        return "\(kind) \(record.id) \(try record.value().canonical)"
      }
    }
  }
}

extension DiskImage {
  /// What a file of the workspace of `SpoiltWorkspace` holds.
  package func bytes(of name: String) -> [UInt8] {
    inode("/home/workspace/\(name)").flatMap { nodes[$0]?.bytes } ?? []
  }
}
