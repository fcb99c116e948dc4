import FlatFiles

extension Workspace {
  /// What an import would change. Takes no lock but for a look, and changes nothing.
  /// - Throws: `Refusal` that names file, line and column where an entry makes no sense; or that it was cancelled.
  public func plan(
    _ request: ImportRequest, progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) throws(Refusal) -> ImportPlan {
    let reading = try state()
    return try refusing {
      try ImportMerge.plan(
        request, into: reading.state, sequence: reading.state.sequence, stamp: stamp, progress: progress)
    }
  }

  /// Does what was planned, in one transaction; where others changed something meanwhile it is planned anew on that.
  /// - Returns: what was changed.
  /// - Throws: `Refusal`; cancelled before the commit, nothing is changed.
  @discardableResult
  public func carryOut(
    _ planned: ImportPlan, progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) throws -> ImportPlan {
    try change("import") { transaction in
      var plan = planned
      if transaction.sequence != planned.sequence + 1 {
        plan = try ImportMerge.plan(
          planned.request, into: transaction, sequence: transaction.sequence - 1, stamp: stamp, progress: progress)
      }
      for (index, change) in plan.changes.enumerated() {
        if index.isMultiple(of: 256) {
          try Task.checkCancellation()
          progress(.written(index, of: plan.changes.count))
        }
        if let json = change.json {
          try transaction.put(change.kind, change.id, json: json)
        } else {
          try transaction.drop(change.kind, change.id)
        }
      }
      try Task.checkCancellation()
      return plan
    }
  }
}
