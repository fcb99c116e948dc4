/// What `snapshot.<g>/manifest.json` says of the kinds' files beside it: how many records, how many bytes, which
/// checksum, as they were written; and where the journal goes on from.
struct SnapshotManifest: Sendable {
  struct Kind: Sendable, Hashable {
    let count: Int
    let bytes: Int
    let sha256: String

    init(count: Int, bytes: Int, sha256: String) {
      self.count = count
      self.bytes = bytes
      self.sha256 = sha256
    }

    /// What is said of a file with this text.
    init(of text: [UInt8], count: Int) {
      self.init(count: count, bytes: text.count, sha256: Seal.checksum(of: text))
    }
  }

  let generation: Int
  /// The last transaction that the snapshot holds.
  let sequence: Int
  /// The checksum of that transaction's line: the first line of the new journal is chained to it.
  let chain: String
  let kinds: [RecordKind: Kind]

  var text: [UInt8] {
    let kinds = kinds.map { kind, written in
      (
        kind.name,
        JSONValue.object([
          "count": .number(String(written.count)), "bytes": .number(String(written.bytes)),
          "sha256": .string(written.sha256),
        ])
      )
    }
    let members: [String: JSONValue] = [
      "generation": .number(String(generation)), "sequence": .number(String(sequence)), "chain": .string(chain),
      "kinds": .object(Dictionary(uniqueKeysWithValues: kinds)),
    ]
    return Seal.close(JSONValue.object(members).canonical.dropLast(), after: chain).line + [0x0A]
  }

  init(generation: Int, sequence: Int, chain: String, kinds: [RecordKind: Kind]) {
    self.generation = generation
    self.sequence = sequence
    self.chain = chain
    self.kinds = kinds
  }

  init(reading source: SourceText, generation: Int) throws(StoreError) {
    let json: JSONValue
    do throws(JSONFlaw) {
      json = try JSONValue(source.bytes[...])
    } catch {
      throw source.damaged(1, from: 0, error)
    }
    func damaged(_ flaw: Damage.Flaw) -> StoreError {
      .damaged(Damage(file: source.file, line: 1, column: 0, flaw: flaw))
    }
    guard json["generation"]?.integer == generation else { throw damaged(.member("generation")) }
    guard let sequence = json["sequence"]?.integer, (0..<JournalLine.highest).contains(sequence) else {
      throw damaged(.member("sequence"))
    }
    guard let chain = json["chain"]?.text else { throw damaged(.member("chain")) }
    guard Seal.verify(source.bytes.dropLast(), after: chain) != nil else { throw damaged(.checksum) }
    guard case .object(let members)? = json["kinds"] else { throw damaged(.member("kinds")) }
    var kinds: [RecordKind: Kind] = [:]
    for (name, value) in members {
      guard let kind = RecordKind(read: name), let count = value["count"]?.integer,
        let bytes = value["bytes"]?.integer, let sha256 = value["sha256"]?.text
      else { throw damaged(.member(name)) }
      kinds[kind] = Kind(count: count, bytes: bytes, sha256: sha256)
    }
    self.init(generation: generation, sequence: sequence, chain: chain, kinds: kinds)
  }
}
