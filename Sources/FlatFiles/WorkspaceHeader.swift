/// What `workspace.json` says: which workspace this is. Written once, when the workspace is created.
public struct WorkspaceHeader: Sendable, Hashable {
  /// The format that this program writes, and the newest that it reads.
  public static let knownFormat = 1

  /// The version of the files' format.
  public let format: Int
  public let id: String
  /// `training` or `own`: the store only keeps the word.
  public let kind: String
  /// When it was created, as RFC 3339 text in UTC.
  public let created: String
  /// All other members, as they stand in the file.
  public let members: [String: JSONValue]

  /// - Parameter members: what else to keep; `format`, `id`, `kind` and `created` are the header's own.
  public init(id: String, kind: String, created: String, members: [String: JSONValue] = [:]) {
    self.init(format: WorkspaceHeader.knownFormat, id: id, kind: kind, created: created, members: members)
  }

  init(format: Int, id: String, kind: String, created: String, members: [String: JSONValue]) {
    self.format = format
    self.id = id
    self.kind = kind
    self.created = created
    self.members = members
  }
}
