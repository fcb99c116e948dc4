/// What a build of a Dockerfile needs before its first line runs, with a rule's build arguments and for one platform.
public struct DockerfileNeeds: Sendable, Equatable {
  /// The images that must be had, in the order of the lines. Stages that nothing of the image comes from need nothing.
  public internal(set) var baseImages: [BaseImageUse] = []
  /// What stands in the way, in the order of the lines.
  public internal(set) var problems: [DockerfileProblem] = []
  /// What should be known.
  public internal(set) var notes: [DockerfileProblem] = []
}

/// An image that a Dockerfile needs.
public struct BaseImageUse: Sendable, Equatable {
  /// As the Dockerfile names it, arguments filled in: `debian:12`.
  public let name: String
  /// What `FROM --platform=` asks for; nil for the platform that is built.
  public let platform: String?
  /// The lines that name it, from 1.
  public internal(set) var lines: [Int]
  /// How the lines write it, each way once: `${BASE}`, `debian:12`.
  public internal(set) var spellings: [String] = []
}

extension Dockerfile {
  /// - Parameters:
  ///   - arguments: the rule's build arguments, `KEY=value` each.
  ///   - engine: whose lack of features is told.
  public func needs(
    arguments: [String] = [], platform: BuildPlatform = .linuxAmd64, engine: BuildRequest.EngineName = .local
  ) -> DockerfileNeeds {
    var stages = DockerfileStages(self, arguments: arguments, platform: platform)
    stages.read()
    var needs = stages.needs
    needs.problems += problems
    // What a file lacks is of use only where it is one.
    let lacks = DockerfileLacks(self).problems
    if engine == .local { needs.problems += lacks.filter { $0.kind == .lacking } }
    needs.notes += lacks.filter { $0.kind == .note }
    if engine != .local { needs.problems.removeAll { $0.kind == .lacking } }
    needs.problems.sort()
    needs.notes.sort()
    return needs
  }
}
