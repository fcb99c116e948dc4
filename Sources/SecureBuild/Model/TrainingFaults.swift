import FlatFiles

/// What goes wrong in a training world besides what its inventory says: at the simulated vendor's, and at its GitLabs.
/// An own workspace has none.
public struct TrainingFaults: Sendable, Equatable, Codable {
  public var serviceRole: ServiceRole
  /// The most security groups that a region may have, managed ones counted; nil for no end.
  public var groupQuota: Int?
  /// What is wrong at a host, by its name.
  public var hosts: [String: HostFault]

  /// Whether the vendor may act in the account's networks.
  public enum ServiceRole: String, Sendable, Codable, CaseIterable {
    case authorised
    case missing

    public var title: Phrase {
      switch self {
      case .authorised: Phrase("authorised", "已授权")
      case .missing: Phrase("never authorised", "未授权")
      }
    }
  }

  public init(serviceRole: ServiceRole = .authorised, groupQuota: Int? = nil, hosts: [String: HostFault] = [:]) {
    self.serviceRole = serviceRole
    self.groupQuota = groupQuota
    self.hosts = hosts
  }

  public static let none = TrainingFaults()

  enum CodingKeys: String, CodingKey {
    case serviceRole = "ServiceRole"
    case groupQuota = "GroupQuota"
    case hosts = "Hosts"
  }

  /// What isn't said is in order.
  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    serviceRole = try members.decodeIfPresent(ServiceRole.self, forKey: .serviceRole) ?? .authorised
    groupQuota = try members.decodeIfPresent(Int.self, forKey: .groupQuota)
    hosts = try members.decodeIfPresent([String: HostFault].self, forKey: .hosts) ?? [:]
  }

  /// Puts these in the place of those that there are.
  public func put(in transaction: inout Transaction) throws(StoreError) {
    if self == .none {
      try transaction.drop(.trainingFaults, Self.id)
    } else {
      try transaction.put(.trainingFaults, Self.id, self)
    }
  }

  /// There is one record of them.
  static let id = "world"
}

/// What can be wrong at a host of a training world that is reached all the same: by the words of commands and lessons.
public enum HostFault: String, Sendable, Codable, CaseIterable {
  /// It takes the connection and never answers.
  case slow
  case badGateway = "502"
  case tooManyRequests = "429"
  case brokenJSON = "broken-json"
  case endless
  case cutOff = "cut-off"
  case notGitLab = "not-gitlab"
  /// Its certificate is another host's.
  case wrongCertificate = "wrong-certificate"
  /// Tokens that worked have expired, were revoked, or have too small a scope.
  case expiredTokens = "token-expired"
  case revokedTokens = "token-revoked"
  case smallScope = "token-scope"
}

extension RecordKind {
  /// One, under `world`.
  static let trainingFaults = RecordKind("training-faults")
}

extension Records {
  func trainingFaults() throws -> TrainingFaults {
    try record(.trainingFaults, TrainingFaults.id)?.decode(TrainingFaults.self) ?? .none
  }
}

extension Reading {
  /// What goes wrong in the training world; none in an own workspace.
  public func trainingFaults() throws(Refusal) -> TrainingFaults {
    try refusing { kind == .training ? try state.trainingFaults() : .none }
  }
}
