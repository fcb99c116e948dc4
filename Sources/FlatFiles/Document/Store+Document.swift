extension Store {
  /// Writes the workspace as one JSON document: its records as they are now, and its whole history. Secrets are not in it,
  /// only the ids of their files.
  ///
  ///     {"created":T,"format":1,"id":I,"kind":K,"members":{…},"sequence":N,
  ///      "records":{"instance":[{"id":I,"revision":N,"value":{…}}, …], …},
  ///      "history":[{"at":T,"by":A,"changes":[…],"did":R,"seq":N}, …]}
  ///
  /// A line a record and a transaction, so that two documents can be compared.
  /// - Parameter write: called with one piece after the other. What it throws comes through unchanged.
  public func export(waiting: LockWait = .patient, to write: ([UInt8]) throws -> Void) throws {
    let state = try state(waiting: waiting)
    let header = header
    try write(WorkspaceDocument.opening(header, sequence: state.sequence))
    var isFirstKind = true
    for kind in state.kinds.sorted(by: { $0.name < $1.name }) {
      let records = try state.records(kind)
      guard !records.isEmpty else { continue }
      try write(Array((isFirstKind ? "\n" : ",\n").utf8) + Array(#""\#(kind.name)":["#.utf8))
      isFirstKind = false
      for (index, record) in records.enumerated() {
        try record.validate()
        var line: [UInt8] = Array((index > 0 ? ",\n" : "\n").utf8)
        record.writeSnapshotLine(to: &line, upTo: state.sequence)
        try write(line.dropLast())
      }
      try write(Array("]".utf8))
    }
    try write(Array(#"},"history":["#.utf8))
    try writeHistory(through: state.sequence, to: write)
    try write(Array("]}\n".utf8))
  }

  /// From the oldest on. A page at a time: it is read from its end.
  private func writeHistory(through last: Int, to write: ([UInt8]) throws -> Void) throws {
    let page = 1000
    var next = 1
    while next <= last {
      let end = min(last, next + page - 1)
      let entries = try history(before: end + 1, limit: end - next + 1)
      for entry in entries.reversed() {
        try write(Array((entry.sequence > 1 ? ",\n" : "\n").utf8) + JournalLine(entry).body + [UInt8(ascii: "}")])
      }
      next = end + 1
    }
  }

  /// Makes a workspace of a document, with its id and its history; secrets have to be entered again.
  /// - Parameters:
  ///   - path: a folder that isn't there or is empty.
  ///   - body: a first transaction on what was read.
  /// - Throws: ``StoreError/damaged(_:)`` with line and column where the document isn't one of a workspace.
  public static func create(
    at path: String, from document: WorkspaceDocument, by actor: String, as request: String, at time: String,
    _ body: (inout Transaction) throws -> Void
  ) throws -> Store {
    try create(at: path, document.header, document, files: POSIXFiles(), by: actor, as: request, at: time, body)
  }
}
