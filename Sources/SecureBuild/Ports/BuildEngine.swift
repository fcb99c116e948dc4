/// Builds images. An adapter says step by step what it does; what is kept of that is the runner's.
public protocol BuildEngine: Sendable {
  /// What this machine lacks for such a build; empty where it can.
  func missingParts(for network: BuildNetwork) async -> [MissingPart]

  /// Builds one image and pushes it. Returns when it is pushed and nothing of the build is left on this machine.
  /// - Throws: `BuildFailure`; `CancellationError` soon after the task is cancelled, with nothing left behind.
  func build(_ plan: BuildPlan, telling progress: any BuildProgress) async throws

  /// Removes what a build left whose runner died: files, and what the kernel couldn't end with it.
  /// Called only while its lease is held.
  func clean(after buildId: String, folder: String) async
}

/// Where an engine tells what happens. Calls are made in order; what they are given is written down before they return.
public protocol BuildProgress: Sendable {
  func tell(_ what: BuildEvent.What) throws
  /// Output of a stage's program, as it comes: bytes with colours and all; secrets are masked here.
  func log(_ bytes: [UInt8]) throws
  /// How long the log is by now, bytes.
  var logLength: Int { get }
}

/// A part of this machine that a build needs and that isn't there or can't be used.
public struct MissingPart: Error, Sendable, Equatable {
  /// The program or facility: `nft`, `user namespaces`.
  public let name: String
  public let why: Phrase
  /// What to do: on Debian, `apt-get install nftables`.
  public let mend: Phrase

  public init(name: String, why: Phrase, mend: Phrase) {
    self.name = name
    self.why = why
    self.mend = mend
  }
}

/// What one build is to do, whole: an engine needs nothing else of the workspace.
public struct BuildPlan: Sendable {
  public var request: BuildRequest
  public var source: BuildSource
  public var network: BuildNetwork
  public var registry: BuildRegistry
  /// Where base images come from by name, tried in this order.
  public var mirrors: [RegistryMirror]
  /// The workspace's own images that were imported as archives: an OCI layout directory.
  public var importedImages: String
  /// The build's own folder, from the root; what an engine needs beyond the record lies below it.
  public var folder: String
  /// Where layers of earlier builds of this repository are kept; nil builds without any.
  public var cacheFolder: String?
  public var limits: BuildLimits
  /// Who answers inside the confined network beside what is reached through it: the training GitLab.
  public var companions: [NetworkCompanion]

  public init(
    request: BuildRequest, source: BuildSource, network: BuildNetwork, registry: BuildRegistry,
    mirrors: [RegistryMirror] = [], importedImages: String, folder: String, cacheFolder: String? = nil,
    limits: BuildLimits = BuildLimits(), companions: [NetworkCompanion] = []
  ) {
    self.companions = companions
    self.request = request
    self.source = source
    self.network = network
    self.registry = registry
    self.mirrors = mirrors
    self.importedImages = importedImages
    self.folder = folder
    self.cacheFolder = cacheFolder
    self.limits = limits
  }
}

/// The source of a build: a commit of a project of the bound GitLab.
public struct BuildSource: Sendable {
  public var site: GitLabSite
  /// `group/sub/name`.
  public var project: String
  public var token: Token

  public init(site: GitLabSite, project: String, token: Token) {
    self.site = site
    self.project = project
    self.token = token
  }
}

/// What the network of a build lets out to.
public enum BuildNetwork: Sendable, Equatable {
  /// Network type intranet: the link's addresses and nothing else. `gitLab` is the first of them.
  case confined(gitLab: IPAddress, others: [AllowedEndpoint], hosts: [HostEntry])
  /// Network type Internet: this machine's own network, unconfined, which the record says.
  case open
}

/// A server that is started inside a confined network and answers at one of its addresses there.
public struct NetworkCompanion: Sendable, Equatable {
  public let address: IPAddress
  /// The program and its arguments. It ends when its standard input does.
  public let program: String
  public let arguments: [String]

  public init(address: IPAddress, program: String, arguments: [String]) {
    self.address = address
    self.program = program
    self.arguments = arguments
  }
}

/// Where an image goes, credentials and all.
public enum BuildRegistry: Sendable {
  /// An OCI layout directory, from the root; made where it isn't there.
  case layout(String)
  case server(RegistryServer, password: RegistryPassword?)
}

/// A registry's password. It can't be printed.
public struct RegistryPassword: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public let secret: String
  public init(_ secret: String) { self.secret = secret }
  public var description: String { "••••" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A registry that gives base images in another's name: `docker.io` from `mirror.corp.example:5000/hub`.
public struct RegistryMirror: Sendable, Equatable, Codable {
  /// The registry whose images it gives: `docker.io`.
  public var of: String
  /// `host[:port][/path]`.
  public var at: String
  public var plainHTTP: Bool
  public var caCertificates: String?

  enum CodingKeys: String, CodingKey {
    case of = "Of"
    case at = "At"
    case plainHTTP = "PlainHttp"
    case caCertificates = "CaCertificates"
  }

  public init(of: String, at: String, plainHTTP: Bool = false, caCertificates: String? = nil) {
    self.of = of
    self.at = at
    self.plainHTTP = plainHTTP
    self.caCertificates = caCertificates
  }
}

/// What a build may use up.
public struct BuildLimits: Sendable, Equatable, Codable {
  /// Of all processes of the build together, bytes.
  public var memory: Int
  public var processes: Int
  /// Bytes; what comes after is counted and not kept.
  public var log: Int
  /// Of the build's own files, bytes.
  public var disk: Int
  /// Seconds that a stage may take.
  public var stage: Int
  /// Seconds that a stage may stay silent.
  public var silence: Int

  public init(
    memory: Int = 4 << 30, processes: Int = 4096, log: Int = 256 << 20, disk: Int = 20 << 30, stage: Int = 3600,
    silence: Int = 900
  ) {
    self.memory = memory
    self.processes = processes
    self.log = log
    self.disk = disk
    self.stage = stage
    self.silence = silence
  }
}
