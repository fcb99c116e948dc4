/// One line of the activity: a change that was made here, as people read it.
public struct Activity: Sendable, Equatable, Identifiable {
  /// Counts all changes of the workspace from 1, without gaps.
  public let sequence: Int
  /// When, as the journal has it (RFC 3339).
  public let time: String
  /// Who: `anna@bastion`.
  public let by: String
  /// What was asked, in the journal's own word: `link create`.
  public let request: String
  public let kind: Kind
  /// The instances that it concerns, for going there; they may be gone since.
  public let instanceIds: [String]
  public let sentence: Phrase

  public var id: Int { sequence }
  /// Nil where the journal's text is no moment.
  public var at: Timestamp? { Timestamp(time) }

  /// What it was about; stable: in JSON `Kind`.
  public enum Kind: String, Sendable, CaseIterable {
    case workspace = "WORKSPACE"
    case instance = "INSTANCE"
    case network = "NETWORK"
    case link = "LINK"
    case codeSource = "CODE_SOURCE"
    /// Namespaces, repositories, build rules and where images go.
    case repository = "REPOSITORY"
    /// What this version has no word for.
    case other = "OTHER"

    public var title: Phrase {
      switch self {
      case .workspace: Phrase("Workspace", "工作区")
      case .instance: Phrase("Instances", "实例")
      case .network: Phrase("Networks", "专有网络")
      case .link: Phrase("Links", "链路")
      case .codeSource: Phrase("Code source", "代码源")
      case .repository: Phrase("Repositories", "镜像仓库")
      case .other: Phrase("Other", "其他")
      }
    }
  }
}

/// A piece of the activity, newest first.
public struct ActivitySlice: Sendable, Equatable {
  public let entries: [Activity]
  /// What to give as `before` for the entries that follow; nil where there are none.
  public let next: Int?
  /// Why older entries can't be read, where they can't: damage in the journal of an earlier generation.
  public let unreadable: Refusal?
}
