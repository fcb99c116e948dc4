import SecureBuild

extension RemovalOptions {
  /// Finds out what would go and whether it may, asks, and removes it.
  func remove<Gone: Presentable>(
    _ invocation: Invocation, what: (Gone) -> Phrase, _ remove: (_ dryRun: Bool) throws -> Gone
  ) throws {
    var gone = try remove(true)
    if !change.dryRun {
      try Confirmation.require(what(gone), unless: yes, invocation.output)
      gone = try remove(false)
    }
    try invocation.output.show(gone, rehearsed: change.dryRun)
  }
}
