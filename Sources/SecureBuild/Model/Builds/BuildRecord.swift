/// A build record (构建记录): what was asked and what became of it. It is what the events of its file add up to.
public struct BuildRecord: Sendable, Equatable, Identifiable {
  public let request: BuildRequest
  public internal(set) var status: BuildStatus
  public internal(set) var stages: [StageRecord]
  /// The commit that was built, 40 hexadecimal digits, once it is known.
  public internal(set) var commitId: String?
  public internal(set) var baseImages: [BaseImage]
  public internal(set) var image: BuiltImage?
  /// What the build tried to reach and was not let to.
  public internal(set) var refused: [RefusedConnection]
  public internal(set) var failure: BuildFailure?
  /// When a runner took it up.
  public internal(set) var startTime: Timestamp?
  public internal(set) var endTime: Timestamp?
  /// It was begun, and nobody works on it any more: its runner died. The next one ends it.
  public internal(set) var isOrphaned = false
  /// It isn't over, and somebody wants it cancelled.
  public internal(set) var isCancelling = false

  public var id: String { request.id }

  public init(_ request: BuildRequest) {
    self.request = request
    status = .pending
    stages = BuildStage.allCases.map { StageRecord(name: $0) }
    baseImages = []
    refused = []
  }

  /// The record as it stands after `event`.
  public mutating func apply(_ event: BuildEvent) {
    switch event.what {
    case .started:
      status = .building
      startTime = event.at
    case .stageBegan(let name, let allowed, let logOffset):
      change(name) {
        $0.status = .running
        $0.startTime = event.at
        $0.allowed = allowed
        $0.logOffset = logOffset
      }
    case .stageEnded(let name, let end):
      change(name) {
        $0.status = end
        $0.endTime = event.at
      }
    case .commit(let id): commitId = id
    case .baseImage(let base): baseImages.append(base)
    case .image(let built): image = built
    case .refused(let connections): refused = connections
    case .ended(let end, let why):
      status = end
      failure = why
      endTime = event.at
    }
  }

  private mutating func change(_ name: BuildStage, _ body: (inout StageRecord) -> Void) {
    guard let index = stages.firstIndex(where: { $0.name == name }) else { return }
    body(&stages[index])
  }
}

public enum BuildStatus: String, Sendable, Codable, CaseIterable {
  case pending = "PENDING"
  case building = "BUILDING"
  case success = "SUCCESS"
  case fail = "FAIL"
  case cancel = "CANCEL"

  public var isOver: Bool { self == .success || self == .fail || self == .cancel }

  public var title: Phrase {
    switch self {
    case .pending: Phrase("Pending", "等待中")
    case .building: Phrase("Building", "构建中")
    case .success: Phrase("Success", "成功")
    case .fail: Phrase("Failed", "失败")
    case .cancel: Phrase("Cancelled", "已取消")
    }
  }
}

/// The stages of a build, in their order.
public enum BuildStage: String, Sendable, Codable, CaseIterable {
  case prepare = "PREPARE"
  case clone = "CLONE"
  case baseImages = "BASE_IMAGES"
  case build = "BUILD"
  case push = "PUSH"

  public var title: Phrase {
    switch self {
    case .prepare: Phrase("Prepare", "准备")
    case .clone: Phrase("Clone", "克隆源码")
    case .baseImages: Phrase("Base images", "基础镜像")
    case .build: Phrase("Build", "构建")
    case .push: Phrase("Push", "推送")
    }
  }
}

public struct StageRecord: Sendable, Equatable {
  public let name: BuildStage
  public internal(set) var status: StageStatus = .waiting
  public internal(set) var startTime: Timestamp?
  public internal(set) var endTime: Timestamp?
  /// What its network let out to; empty for none.
  public internal(set) var allowed: [AllowedEndpoint] = []
  /// Where its lines begin in the log, in bytes.
  public internal(set) var logOffset: Int?
}

public enum StageStatus: String, Sendable, Codable, CaseIterable {
  case waiting = "WAITING"
  case running = "RUNNING"
  case success = "SUCCESS"
  case fail = "FAIL"
  case cancel = "CANCEL"
}

/// An address that a stage may reach, at one port or, with nil, at all.
public struct AllowedEndpoint: Sendable, Hashable, Codable, CustomStringConvertible {
  public let ip: IPAddress
  public let port: Int?
  /// What it is: `GitLab`, `Maven`, `registry`.
  public let label: String

  public init(ip: IPAddress, port: Int?, label: String) {
    self.ip = ip
    self.port = port
    self.label = label
  }

  public var description: String { "\(ip)\(port.map { ":\($0)" } ?? "")" + (label.isEmpty ? "" : " (\(label))") }
}

/// A base image that was had before the first line of the Dockerfile ran.
public struct BaseImage: Sendable, Equatable, Codable {
  /// As the Dockerfile names it, its arguments filled in.
  public let name: String
  /// `sha256:…`.
  public let digest: String
  public let origin: Origin
  /// Where exactly: the registry's or mirror's reference, or the archive's name.
  public let from: String

  public enum Origin: String, Sendable, Codable {
    case registry = "REGISTRY"
    case mirror = "MIRROR"
    case archive = "ARCHIVE"
  }

  public init(name: String, digest: String, origin: Origin, from: String) {
    self.name = name
    self.digest = digest
    self.origin = origin
    self.from = from
  }
}

/// An image that was built and pushed.
public struct BuiltImage: Sendable, Equatable, Codable {
  /// `sha256:…` of its manifest.
  public let digest: String
  /// Of its layers as they are stored, bytes.
  public let size: Int
  /// Where it can be pulled from: `host/ns/name:tag`, or `oci:DIR:ns/name:tag`.
  public let references: [String]

  public init(digest: String, size: Int, references: [String]) {
    self.digest = digest
    self.size = size
    self.references = references
  }
}

/// Connections to one place that the network refused.
public struct RefusedConnection: Sendable, Hashable, Codable {
  public let ip: IPAddress
  /// Nil for a protocol without ports.
  public let port: Int?
  /// `tcp`, `udp`, `icmp` …
  public let `protocol`: String
  public let count: Int

  public init(ip: IPAddress, port: Int?, protocol: String, count: Int) {
    self.ip = ip
    self.port = port
    self.protocol = `protocol`
    self.count = count
  }

  enum CodingKeys: String, CodingKey {
    case ip = "Ip"
    case port = "Port"
    case `protocol` = "Protocol"
    case count = "Count"
  }
}

/// Why a build failed, and what to do next.
public struct BuildFailure: Error, Sendable, Equatable, Codable {
  /// A `Code`, kept as text so that a later version's codes can be read.
  public let code: String
  public let stage: BuildStage?
  public let message: Phrase
  public let mend: Phrase

  public init(_ code: Code, in stage: BuildStage?, message: Phrase, mend: Phrase) {
    self.code = code.rawValue
    self.stage = stage
    self.message = message.withoutControls
    self.mend = mend.withoutControls
  }

  private init(code: String, stage: BuildStage?, message: Phrase, mend: Phrase) {
    self.code = code
    self.stage = stage
    self.message = message
    self.mend = mend
  }

  /// The same, its words put through `change`.
  public func rephrased(_ change: (String) -> String) -> BuildFailure {
    func changed(_ phrase: Phrase) -> Phrase { Phrase(change(phrase.en), change(phrase.zh)) }
    return BuildFailure(code: code, stage: stage, message: changed(message), mend: changed(mend))
  }
}
