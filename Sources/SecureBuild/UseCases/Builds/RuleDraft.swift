/// A build rule as typed into a form or given to a command, before any rule has seen it.
public struct RuleDraft: Sendable, Equatable {
  public var repoId: String
  public var pushType: PushType
  /// A name, or an expression.
  public var pushName: String
  public var dockerfileLocation: String
  public var dockerfileName: String
  public var imageTag: String
  public var time: TagTime
  public var addsCommitId: Bool
  /// `KEY=value` each.
  public var buildArgs: [String]
  /// By the vendor's names: `linux/amd64`.
  public var platforms: [String]

  public init(
    repoId: String, pushType: PushType = .branch, pushName: String = "", dockerfileLocation: String = "/",
    dockerfileName: String = "Dockerfile", imageTag: String = "latest", time: TagTime = .none,
    addsCommitId: Bool = false, buildArgs: [String] = [],
    platforms: [String] = [BuildPlatform.linuxAmd64.rawValue]
  ) {
    self.repoId = repoId
    self.pushType = pushType
    self.pushName = pushName
    self.dockerfileLocation = dockerfileLocation
    self.dockerfileName = dockerfileName
    self.imageTag = imageTag
    self.time = time
    self.addsCommitId = addsCommitId
    self.buildArgs = buildArgs
    self.platforms = platforms
  }

  /// What is stored, as a form opens with it.
  public init(of rule: BuildRule) {
    self.init(
      repoId: rule.repoId, pushType: rule.pushType, pushName: rule.pushName,
      dockerfileLocation: rule.dockerfileLocation, dockerfileName: rule.dockerfileName, imageTag: rule.imageTag,
      time: rule.time, addsCommitId: rule.addsCommitId, buildArgs: rule.buildArgs,
      platforms: rule.platforms.map(\.rawValue))
  }
}
