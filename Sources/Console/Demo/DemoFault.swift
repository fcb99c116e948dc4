import SecureBuild

/// What is wrong with a demo's script, and where.
public struct DemoFault: Error, Sendable, Equatable {
  /// From 1, in characters.
  public let line: Int
  public let column: Int
  public let message: Phrase
}
