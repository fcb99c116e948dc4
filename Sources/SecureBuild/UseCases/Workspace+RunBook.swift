import FlatFiles

extension Workspace {
  /// Notes a person's word that lines of a run-book are done, as they read them in it. It stands beside what a rule says,
  /// and never turns a failing hop into one that passes.
  /// - Returns: the lines, with that word.
  /// - Throws: `Refusal` `OwnOnly` in a training workspace; `NoSuchLine`.
  public func confirm(_ ids: [String], of book: RunBook, dryRun: Bool = false) throws -> [RunBook.Line] {
    guard kind == .own else { throw RunBook.nothingAtVendor }
    return try change("path confirm", dryRun: dryRun) { transaction in
      _ = try transaction.link(book.linkId)
      let (at, by) = stamp
      return try ids.map { id in
        guard var line = book.lines.first(where: { $0.id == id }) else { throw book.noSuchLine(id) }
        let word = LineConfirmation(
          linkId: book.linkId, instanceId: book.instanceId, lineId: id, wording: line.wording, at: at, by: by)
        try transaction.put(.lineConfirmation, word.id, word)
        line.confirmed = RunBook.Confirmed(confirmation: Confirmation(at: at, by: by), isStale: false)
        return line
      }
    }
  }

  /// Takes such words back.
  /// - Returns: the lines, without them.
  /// - Throws: `Refusal` `NotConfirmed` where nobody confirmed a line; `NoSuchLine`.
  public func withdraw(_ ids: [String], of book: RunBook, dryRun: Bool = false) throws -> [RunBook.Line] {
    try change("path withdraw", dryRun: dryRun) { transaction in
      try ids.compactMap { id in
        var line = book.lines.first { $0.id == id }
        guard try transaction.drop(.lineConfirmation, LineConfirmation.id(book.linkId, id)) else {
          throw line == nil ? book.noSuchLine(id) : RunBook.notConfirmed(id)
        }
        line?.confirmed = nil
        return line
      }
    }
  }
}

extension Transaction {
  /// What was confirmed of a link's run-book goes with the link.
  mutating func dropConfirmations(ofLink id: String) throws {
    let records = try records(.lineConfirmation).filter { $0.text(of: Field.linkId.rawValue) == id }
    for record in records { _ = try drop(.lineConfirmation, record.id) }
  }
}

extension RunBook {
  fileprivate func noSuchLine(_ id: String) -> Refusal {
    Refusal(
      .noSuchLine, field: .lineId,
      message: Phrase("The run-book of \(linkId) has no line “\(id)”.", "\(linkId) 的操作手册没有条目“\(id)”。"),
      mend: Phrase(
        "`acr-console path runbook --instance \(instanceId) --link \(linkId)` lists them.",
        "可用 `acr-console path runbook --instance \(instanceId) --link \(linkId)` 查看。"))
  }

  fileprivate static func notConfirmed(_ id: String) -> Refusal {
    Refusal(
      .notConfirmed, field: .lineId, message: Phrase("Nobody has confirmed “\(id)”.", "条目“\(id)”尚未确认。"),
      mend: Phrase("There is nothing to withdraw.", "无需撤回。"))
  }

  fileprivate static let nothingAtVendor = Refusal(
    .ownOnly,
    message: Phrase(
      "This is a training workspace: nothing of it is at the vendor's, so nothing can have been done there.",
      "这是演练工作区：其中的内容都不在厂商侧，因此无从确认。"),
    mend: Phrase(
      "Confirm run-books in a workspace of your own (`acr-console workspace init --own`).",
      "请在自有工作区（`acr-console workspace init --own`）中确认。"))
}
