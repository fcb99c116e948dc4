/// What GitLab and the places of base images say of a rule, asked now: is the branch there, is the Dockerfile, what does
/// it need, can it be built here.
public struct SourceCheck: Sendable {
  /// The project that was asked, as GitLab calls it.
  public let project: String
  /// The branch or tag that was looked into: the rule's, or with an expression the newest that matches; nil where there is
  /// none.
  public let ref: String?
  /// Its newest commit, 40 hexadecimal digits.
  public let commitId: String?
  /// With an expression: the branches or tags that match now, in GitLab's order, and the version of each; at most 100.
  public let matching: [Match]
  /// The Dockerfile's path from the project's root.
  public let dockerfile: String
  /// Every image that the Dockerfile needs before its first line runs, in its order.
  public let baseImages: [BaseImageCheck]
  /// What stands in the way of a build, each at its field and where it has one with its line.
  public let problems: [Refusal]
  /// What doesn't, but should be known.
  public let notes: [Phrase]

  public struct Match: Sendable, Equatable {
    public let name: String
    /// What its image would be tagged, the time and commit of a push aside.
    public let imageTag: String
  }
}

/// Whether a base image can be had, and from where.
public struct BaseImageCheck: Sendable, Equatable {
  /// As the Dockerfile names it, arguments filled in.
  public let name: String
  /// The lines that name it, from 1.
  public let lines: [Int]
  public let availability: Availability

  public enum Availability: Sendable, Equatable {
    /// ✓
    case found(BaseImage)
    /// ✗, with what each place said.
    case missing([BaseImageFinding.Attempt])
    /// It could not be asked; why.
    case unknown(Phrase)
  }
}
