/// One line of a build's record: what happened, and when. The first line of the file is the request.
public struct BuildEvent: Sendable, Equatable, Codable {
  public let at: Timestamp
  public let what: What

  public enum What: Sendable, Equatable, Codable {
    /// A runner took it up.
    case started
    case stageBegan(BuildStage, allowed: [AllowedEndpoint], logOffset: Int)
    case stageEnded(BuildStage, StageStatus)
    /// 40 hexadecimal digits.
    case commit(String)
    case baseImage(BaseImage)
    case image(BuiltImage)
    /// All so far, in place of what was told before.
    case refused([RefusedConnection])
    case ended(BuildStatus, BuildFailure?)
  }

  enum CodingKeys: String, CodingKey {
    case at = "At"
    case what = "What"
  }

  public init(at: Timestamp, what: What) {
    self.at = at
    self.what = what
  }
}
