/// A build rule (构建规则): what is built from which branch or tag, and as which version. The members are the vendor's.
public struct BuildRule: Sendable, Equatable, Codable, Identifiable {
  public var id: String
  public var repoId: String
  public var instanceId: String
  public var pushType: PushType
  /// A name, or an expression with named groups: `release-(?<imageTag>\w*)`.
  public var pushName: String
  /// The Dockerfile's folder in the project, from its root: `/`.
  public var dockerfileLocation: String
  public var dockerfileName: String
  /// A tag, or one with `${imageTag}` in it.
  public var imageTag: String
  public var time: TagTime
  /// Adds the commit's id to the version.
  public var addsCommitId: Bool
  /// `KEY=value`.
  public var buildArgs: [String]
  public var platforms: [BuildPlatform]
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case id = "BuildRuleId"
    case repoId = "RepoId"
    case instanceId = "InstanceId"
    case pushType = "PushType"
    case pushName = "PushName"
    case dockerfileLocation = "DockerfileLocation"
    case dockerfileName = "DockerfileName"
    case imageTag = "ImageTag"
    case time = "TagTime"
    case addsCommitId = "TagCommitId"
    case buildArgs = "BuildArgs"
    case platforms = "Platforms"
    case at = "At"
    case by = "By"
  }

  public init(
    id: String, repoId: String, instanceId: String, pushType: PushType, pushName: String,
    dockerfileLocation: String = "/", dockerfileName: String = "Dockerfile", imageTag: String = "latest",
    time: TagTime = .none, addsCommitId: Bool = false, buildArgs: [String] = [],
    platforms: [BuildPlatform] = [.linuxAmd64], at: Timestamp, by: String
  ) {
    self.id = id
    self.repoId = repoId
    self.instanceId = instanceId
    self.pushType = pushType
    self.pushName = pushName
    self.dockerfileLocation = dockerfileLocation
    self.dockerfileName = dockerfileName
    self.imageTag = imageTag
    self.time = time
    self.addsCommitId = addsCommitId
    self.buildArgs = buildArgs
    self.platforms = platforms
    self.at = at
    self.by = by
  }
}

/// What kind of push a rule is for.
public enum PushType: String, Sendable, Codable, CaseIterable {
  case branch = "GIT_BRANCH"
  case tag = "GIT_TAG"

  public var title: Phrase { self == .branch ? Phrase("Branch", "分支") : Phrase("Tag", "标签") }
}

/// The time of the push, in UTC+8, that a version may carry.
public enum TagTime: String, Sendable, Codable, CaseIterable {
  case none = "NONE"
  /// `20201015`.
  case day = "DAY"
  /// `202010151613`.
  case minute = "MINUTE"
}

/// What an image is built for.
public enum BuildPlatform: String, Sendable, Codable, CaseIterable {
  case linuxAmd64 = "linux/amd64"
  case linuxArm64 = "linux/arm64"
  case linux386 = "linux/386"
  case linuxArmV7 = "linux/arm/v7"
  case linuxArmV6 = "linux/arm/v6"
}
