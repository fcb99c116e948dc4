extension Store {
  /// Changes the workspace: takes the lock alone, catches up, runs `body` on the newest state, appends one line to
  /// the journal and makes it durable.
  ///
  /// - Parameters:
  ///   - actor: who asks; `request`: what was asked (`link create`); `time`: when, RFC 3339. The journal keeps them
  ///     for ever: never a token.
  ///   - body: the use case's whole rule. What it throws comes through unchanged, and then nothing has changed. It
  ///     must not call this store, wait for the network or ask anybody anything. If it puts and drops nothing,
  ///     nothing is appended.
  /// - Throws: ``StoreError/cannotWrite(_:)`` when nothing remains of the change;
  ///   ``StoreError/outcomeUnknown(_:)`` when it may be there or not.
  public func commit<Value: Sendable>(
    by actor: String, as request: String, at time: String, waiting: LockWait = .patient,
    _ body: (inout Transaction) throws -> Value
  ) throws -> Committed<Value> {
    try holding(.exclusive, waiting) { (working) throws(StoreError) in
      try working.refresh(layout, files)
      let live = try working.settle(layout, files)
      return Result {
        var transaction = Transaction(on: live, PendingSecrets(layout: layout, files: files))
        let value = try transaction.run(body)
        guard !transaction.changes.isEmpty else {
          transaction.secrets.discard()
          return Committed(value: value, sequence: nil, state: live.state)
        }
        let line = JournalLine(
          sequence: transaction.sequence, time: time, actor: actor, request: request, changes: transaction.changes)
        let state = try working.append(line, giving: transaction.state, transaction.secrets)
        transaction.secrets.removeReplaced()
        return Committed(value: value, sequence: state.sequence, state: state)
      }
    }.get()
  }
}

extension Transaction {
  /// Runs a body; if it throws, the secrets that it added go again.
  mutating func run<Value>(_ body: (inout Transaction) throws -> Value) throws -> Value {
    do {
      return try body(&self)
    } catch {
      secrets.discard()
      throw error
    }
  }
}

extension Store.Working {
  /// Appends a line and makes it durable; then, and only then, it counts.
  mutating func append(
    _ line: JournalLine, giving state: StoreState, _ secrets: PendingSecrets
  ) throws(StoreError) -> StoreState {
    // Taken out: if anything below fails, the files are read anew before the next change.
    guard var live = live.take() else { preconditionFailure("no generation was opened before an append") }
    if let fault = live.unwritable {
      secrets.discard()
      throw .cannotWrite(fault)
    }
    let (text, sum) = Seal.close(line.body[...], after: live.chain)
    do throws(FileFault) {
      try live.makeCertain()
    } catch {
      secrets.discard()
      throw .cannotWrite(error)
    }
    do throws(FileFault) {
      try live.journal.writeAll((text + [0x0A])[...], at: live.length)
    } catch {
      // Without its newline the line never counts, so nothing is lost if it can't be cut off here and now.
      if (try? live.cutBack()) != nil { self.live = live }
      secrets.discard()
      throw .cannotWrite(error)
    }
    do throws(FileFault) {
      try live.journal.syncContents()
    } catch {
      // The line may be on the disk or not, and the system may have forgotten that it isn't. Nobody has seen it, the
      // lock is still held: cut it off, best effort, so that no acknowledged line ever follows one that isn't there.
      try? live.cutBack()
      throw .outcomeUnknown(error)
    }
    live.appended(text.count + 1, sum: sum, giving: state)
    self.live = live
    return state
  }
}
