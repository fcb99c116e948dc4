import FlatFiles

/// All that a workspace holds, as a caller sees it: every record in its order, with the secret that it refers to.
struct Contents: Hashable, Sendable, CustomStringConvertible {
  let sequence: Int
  let records: [String]

  init(of store: Store) throws {
    let state = try store.state()
    sequence = state.sequence
    var lines: [String] = []
    for kind in state.kinds.sorted(by: { $0.name < $1.name }) {
      for record in try state.records(kind) {
        guard try state.record(kind, record.id)?.json == record.json else {
          throw Shortcoming("\(kind) \(record.id) is listed but not found")
        }
        var line = "\(kind) \(record.id) \(record.revision) \(String(decoding: record.json, as: UTF8.self))"
        if let secret = record.text(of: "Secret").flatMap(SecretID.init) {
          // The id is another in each run.
          line.replace(secret.text, with: String(decoding: try store.readSecret(secret), as: UTF8.self))
        }
        lines.append(line)
      }
    }
    records = lines
  }

  var description: String { "#\(sequence) " + records.joined(separator: ", ") }

  /// The ids of secrets that records of this state refer to.
  static func secrets(in state: StoreState) throws -> Set<SecretID> {
    var found: Set<SecretID> = []
    for kind in state.kinds {
      for record in try state.records(kind) {
        if let secret = record.text(of: "Secret").flatMap(SecretID.init) { found.insert(secret) }
      }
    }
    return found
  }
}

/// What a store that was opened after a crash or a fault did wrong.
struct Shortcoming: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
