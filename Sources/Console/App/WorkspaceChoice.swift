import SecureBuild

/// A workspace that could be shown: the default one, or one that was made or opened before.
public struct WorkspaceChoice: Sendable, Equatable {
  public let path: String
  /// Nil where none can be opened there.
  public let kind: WorkspaceKind?
  /// Why it can't be opened.
  public let trouble: Phrase?

  public init(path: String, kind: WorkspaceKind?, trouble: Phrase? = nil) {
    self.path = path
    self.kind = kind
    self.trouble = trouble
  }
}
