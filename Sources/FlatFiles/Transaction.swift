import FoundationEssentials

/// A change in the making: reads see the newest state and what has been put so far. Valid only inside the body
/// that ``Store/commit(by:as:at:waiting:_:)`` calls.
public struct Transaction {
  /// What the rules are to be run on: the newest state with this transaction's changes.
  public private(set) var state: StoreState
  /// The number that this transaction will have.
  public var sequence: Int { state.sequence }

  var secrets: PendingSecrets
  private let journal: String
  private let line: Int
  /// What was asked so far, in order.
  private(set) var changes: [RecordChange] = []
  /// Where in `changes` a target was touched last.
  private var last: [RecordChange.Target: Int] = [:]

  init(on live: LiveGeneration, _ secrets: PendingSecrets) {
    state = live.state
    state.sequence += 1
    journal = live.journalName
    line = state.sequence - live.snapshot.manifest.sequence
    self.secrets = secrets
  }

  public func records(_ kind: RecordKind) throws(StoreError) -> RecordList { try state.records(kind) }

  public func record(_ kind: RecordKind, _ id: String) throws(StoreError) -> Record? { try state.record(kind, id) }

  /// Creates or replaces a record. A record that is the same already isn't a change.
  /// - Parameter value: anything that encodes as a JSON object; dates as `JSONEncoder` has them by default.
  /// - Throws: ``StoreError/notARecord(kind:id:)`` where it doesn't encode as an object.
  public mutating func put(_ kind: RecordKind, _ id: String, _ value: some Encodable) throws(StoreError) {
    do {
      try put(kind, id, json: try JSONValue(Array(try JSONEncoder().encode(value))[...]))
    } catch let error as StoreError {
      throw error
    } catch {
      throw .notARecord(kind: kind, id: id)
    }
  }

  /// Creates or replaces a record.
  /// - Throws: ``StoreError/notARecord(kind:id:)`` where it isn't an object, or not JSON.
  public mutating func put(_ kind: RecordKind, _ id: String, json: JSONValue) throws(StoreError) {
    guard case .object = json else { throw .notARecord(kind: kind, id: id) }
    var text: [UInt8] = []
    JSONValue.write(id, to: &text)
    let idRange = 1..<(text.count - 1)
    let start = text.count
    json.write(to: &text)
    if let record = try record(kind, id), record.json.elementsEqual(text[start...]) { return }
    let source = SourceText(file: journal, bytes: text)
    let record = Record(
      revision: sequence, source: source, idRange: idRange, valueRange: start..<text.count, line: line, lineStart: start
    )
    // A number that is none, or nesting that no reader follows: it must not get into the journal.
    guard record.isJSON else { throw .notARecord(kind: kind, id: id) }
    apply(RecordChange(target: RecordChange.Target(kind: kind, id: id), record: record))
  }

  /// Removes a record; false where there is none.
  @discardableResult
  public mutating func drop(_ kind: RecordKind, _ id: String) throws(StoreError) -> Bool {
    guard try record(kind, id) != nil else { return false }
    apply(RecordChange(target: RecordChange.Target(kind: kind, id: id), record: nil))
    return true
  }

  /// A record put twice is written once; dropped and put again it is a new one, at the end of its list, so both stay.
  private mutating func apply(_ change: RecordChange) {
    if change.record != nil, let index = last[change.target], changes[index].record != nil {
      changes[index] = change
    } else {
      last[change.target] = changes.count
      changes.append(change)
    }
    state.changes[change.target.kind, default: KindChanges()].apply(change)
  }
}
