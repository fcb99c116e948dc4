import FlatFiles
import RecordedDisk
import Testing

/// Something that a store does, step by step, to be cut off or failed at every point.
struct Scenario: Sendable, CustomTestStringConvertible {
  typealias Step = @Sendable (Store) throws -> Void

  let testDescription: String
  /// What is there, for certain, before it begins.
  var before: [Step] = Scenario.inhabited
  /// What somebody did to the files then.
  var spoilt: @Sendable (inout DiskImage) -> Void = { _ in }
  let steps: [Step]

  static let folder = "/home/workspace"

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// The disk before it begins.
  func disk(_ faults: DiskFault...) throws -> RecordedDisk {
    let disk = RecordedDisk()
    let store = try Scenario.create(on: disk)
    for step in before { try step(store) }
    var image = disk.image
    spoilt(&image)
    return RecordedDisk(image, faults: faults)
  }

  static func create(on disk: RecordedDisk) throws -> Store {
    let header = WorkspaceHeader(id: "w-1", kind: "own", created: "2026-11-24T20:00:00Z")
    return try Store.create(
      at: folder, header, files: disk, by: "ada@host", as: "workspace init", at: "2026-11-24T20:00:00Z"
    ) { transaction in
      try transaction.put(.vpc, "vpc-1", json: ["RegionId": "cn-hangzhou"])
    }
  }

  static func open(_ disk: RecordedDisk) throws -> Store { try Store(opening: folder, files: disk, waiting: .never) }

  /// A put or, without a value, a drop.
  static func change(_ kind: RecordKind, _ id: String, _ value: JSONValue?) -> Step {
    { store in
      _ = try store.commit(by: "ada@host", as: "change", at: "2026-11-24T20:00:01Z", waiting: .never) { transaction in
        if let value { try transaction.put(kind, id, json: value) } else { try transaction.drop(kind, id) }
      }
    }
  }

  /// A binding with a token; the one that it had goes.
  static func bind(_ id: String, token: String) -> Step {
    { store in
      _ = try store.commit(by: "ada@host", as: "gitlab bind", at: "2026-11-24T20:00:02Z", waiting: .never) {
        transaction in
        let old = try transaction.record(.binding, id)?.text(of: "Secret").flatMap(SecretID.init)
        let new = try transaction.addSecret(Array(token.utf8))
        try transaction.put(.binding, id, json: ["Secret": .string(new.text), "Username": "ada"])
        if let old { transaction.removeSecret(old) }
      }
    }
  }

  static let compact: Step = { store in try store.compact(waiting: .never) }

  static let collect: Step = { store in
    try store.collectOrphanedSecrets(waiting: .never) { state in try Contents.secrets(in: state) }
  }

  /// A few records of several kinds, one with a token, in the second generation.
  static let inhabited: [Step] = [
    change(.instance, "cri-1", ["InstanceName": "one"]), change(.instance, "cri-2", ["InstanceName": "two"]),
    bind("cri-1", token: "glpat-first"), compact, change(.instance, "cri-3", ["InstanceName": "three"]),
  ]
}

extension RecordKind {
  static let instance = RecordKind("instance")
  static let vpc = RecordKind("vpc")
  static let binding = RecordKind("binding")
}

extension JSONValue: ExpressibleByStringInterpolation, ExpressibleByDictionaryLiteral {
  public init(stringLiteral value: String) { self = .string(value) }

  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(uniqueKeysWithValues: elements))
  }
}
