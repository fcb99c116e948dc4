extension Transaction {
  /// Writes a secret under a fresh id, durably, before the line that refers to it. It goes again if the body throws
  /// or the commit fails. Its text must not be put into a record: only its id.
  /// - Throws: ``StoreError/secretUnsafe(_:path:_:)`` where others could read the folder: nothing is written then.
  public mutating func addSecret(_ bytes: [UInt8]) throws(StoreError) -> SecretID { try secrets.add(bytes) }

  /// Removes a secret that nothing refers to any more, after the line is durable.
  public mutating func removeSecret(_ id: SecretID) { secrets.replace(id) }
}
