/// A journal line as text: written here, read here, so that both sides of the format stand together.
///
///     {"at":T,"by":A,"changes":[{"id":I,"put":KIND,"value":{…}},{"drop":KIND,"id":I}],"did":R,"seq":N,"sum":"…"}
struct JournalLine: Sendable {
  let sequence: Int
  let time: String
  let actor: String
  let request: String
  let changes: [RecordChange]

  init(sequence: Int, time: String, actor: String, request: String, changes: [RecordChange]) {
    self.sequence = sequence
    self.time = time
    self.actor = actor
    self.request = request
    self.changes = changes
  }

  init(_ entry: JournalEntry) {
    self.init(
      sequence: entry.sequence, time: entry.time, actor: entry.actor, request: entry.request,
      changes: entry.changes.map { change in
        let target = RecordChange.Target(kind: change.kind, id: change.id)
        if case .put(_, let record) = change { return RecordChange(target: target, record: record) }
        return RecordChange(target: target, record: nil)
      })
  }

  var entry: JournalEntry {
    JournalEntry(
      sequence: sequence, time: time, actor: actor, request: request,
      changes: changes.map { change in
        if let record = change.record { return .put(change.target.kind, record) }
        return .drop(change.target.kind, id: change.target.id)
      })
  }

  /// The line's canonical text up to where its checksum follows.
  var body: [UInt8] {
    var out = Array(#"{"at":"#.utf8)
    JSONValue.write(time, to: &out)
    out += #","by":"#.utf8
    JSONValue.write(actor, to: &out)
    out += #","changes":["#.utf8
    for (index, change) in changes.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      JournalLine.write(change, to: &out)
    }
    out += #"],"did":"#.utf8
    JSONValue.write(request, to: &out)
    out += #","seq":\#(sequence)"#.utf8
    return out
  }

  private static func write(_ change: RecordChange, to out: inout [UInt8]) {
    if let record = change.record {
      out += #"{"id":"#.utf8
      JSONValue.write(change.target.id, to: &out)
      out += #","put":"\#(change.target.kind.name)","value":"#.utf8
      out += record.json
    } else {
      out += #"{"drop":"\#(change.target.kind.name)","id":"#.utf8
      JSONValue.write(change.target.id, to: &out)
    }
    out.append(UInt8(ascii: "}"))
  }
}
