/// What a workspace's use cases need of the world around them.
public struct Surroundings: Sendable {
  public var names: any NameResolution
  public var reach: any Reach
  public var gitLab: any GitLabAPI
  public var clock: any WallClock
  public var ids: any IdSource
  public var actor: Actor
  public var admission: any TokenAdmission
  /// Whether something has this address, as far as a training world knows; an own workspace has no such world, and
  /// takes every address for known. A link to an unknown one gets a note.
  public var knowsAddress: @Sendable (IPv4Address) -> Bool
  /// Where new tokens and passwords go; nil keeps them in files of the workspace's.
  public var credentialHelper: (any CredentialHelper)?
  /// How a runner is started when a build is asked for.
  public var runner: any RunnerStart = NoRunnerStart()
  /// Finds out where base images can be had; nil where that can't be asked here.
  public var baseImages: (any BaseImageLookup)?
  /// What this machine can build images for.
  public var buildable: @Sendable () -> Set<BuildPlatform> = { SystemPlatforms.buildable() }
  /// Who answers inside a build's confined network at the addresses that it may reach: in training what its world has
  /// there, the simulated GitLab for one; else nobody.
  public var companions: @Sendable (BuildNetwork) async throws -> [NetworkCompanion] = { _ in [] }

  /// Is told what becomes of changes and tries.
  public var observer: (any UseCaseObserver)?
  /// Answers for the vendor; nil where nobody does.
  public var vendor: (any Vendor)?

  public init(
    names: any NameResolution, reach: any Reach, gitLab: any GitLabAPI, clock: any WallClock, ids: any IdSource,
    actor: Actor, admission: any TokenAdmission = AdmitAll(),
    knowsAddress: @escaping @Sendable (IPv4Address) -> Bool = { _ in true }
  ) {
    self.names = names
    self.reach = reach
    self.gitLab = gitLab
    self.clock = clock
    self.ids = ids
    self.actor = actor
    self.admission = admission
    self.knowsAddress = knowsAddress
  }
}

/// Who changes something or tries something, and from where.
public struct Actor: Sendable, Equatable {
  /// The user's name on this host.
  public let user: String
  /// This host's name.
  public let host: String

  public init(user: String, host: String) {
    self.user = user
    self.host = host
  }

  /// As the journal has it: `user@host`.
  public var name: String { "\(user)@\(host)" }
}

/// What time it is: a port, so that an expiry can be set up in training and in tests.
public protocol WallClock: Sendable {
  func now() -> Timestamp
}

/// Gives ids to what is planned here: a port, so that a demo shows the same ids every time.
public protocol IdSource: Sendable {
  /// A fresh id that is plainly local: `link-local-7f3a9c12e0` for the prefix `link`.
  func next(_ prefix: String) -> String
}

/// Decides whether a token may be used and stored here at all, before it goes anywhere.
public protocol TokenAdmission: Sendable {
  /// - Throws: `Refusal` at the field `Token`. A training workspace takes only tokens that its world gave out.
  func admit(_ token: Token) throws
}

/// An own workspace takes any token.
public struct AdmitAll: TokenAdmission {
  public init() {}
  public func admit(_ token: Token) {}
}

/// Sees what is done in a workspace, by whatever way: lessons follow a learner by it.
public protocol UseCaseObserver: Sendable {
  /// After a change was committed, in the task that made it.
  func changed(_ workspace: Workspace)
  /// After a change was refused or a try failed. What only rehearses isn't told.
  func refused(_ refusal: Refusal, in workspace: Workspace)
}
