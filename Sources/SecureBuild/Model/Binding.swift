/// The GitLab account of an instance's code source: one an instance, stored under the instance's id.
public struct Binding: Sendable, Equatable, Codable {
  public var instanceId: String
  public var networkType: NetworkType
  /// The link, for network type intranet; a draft may lack it.
  public var linkId: String?
  /// As typed and normalised; a draft's may be empty or wrong.
  public var address: String
  public var username: String
  /// Where the token lies in the secrets folder; a draft may have none.
  public var secret: String?
  /// The certificates of the CA file given, PEM.
  public var caCertificates: String?
  public var state: State
  /// The last try that passed every hop, for the fields as they are.
  public var lastPassed: Try?
  /// The last try, when it failed.
  public var lastFailed: FailedTry?
  /// When a person saw 已绑定 in the vendor's console, and who.
  public var confirmed: Confirmation?
  public var at: Timestamp
  public var by: String

  /// What is stored. BINDING is shown while a try runs and is never written.
  public enum State: String, Sendable, Codable {
    case draft = "DRAFT"
    case bound = "BOUND"
    case invalid = "INVALID"
  }

  enum CodingKeys: String, CodingKey {
    case instanceId = "InstanceId"
    case networkType = "NetworkType"
    case linkId = "LinkId"
    case address = "Address"
    case username = "Username"
    case secret = "SecretId"
    case caCertificates = "CaCertificates"
    case state = "State"
    case lastPassed = "LastPassed"
    case lastFailed = "LastFailed"
    case confirmed = "Confirmed"
    case at = "At"
    case by = "By"
  }
}

/// Network Type (网络类型) of a binding.
public enum NetworkType: String, Sendable, Codable, CaseIterable {
  case intranet
  case internet

  public var title: Phrase { self == .intranet ? Phrase("Intranet", "内网") : Phrase("Internet", "公网") }
}

/// A try that passed: when, by whom, from which host, and what GitLab said of itself and the token.
public struct Try: Sendable, Equatable, Codable {
  public var at: Timestamp
  public var by: String
  public var from: String
  /// That host's address on this way; nil where it isn't known.
  public var source: IPAddress?
  /// The address and port that was connected to.
  public var endpoint: String
  public var resolvedBy: NameSource
  public var version: String
  public var userState: String
  public var isBot: Bool
  /// `YYYY-MM-DD`; nil: never, or unknown (see `notes`).
  public var tokenExpiresOn: String?
  /// Lasting warnings and what could not be checked.
  public var notes: [Note]

  enum CodingKeys: String, CodingKey {
    case at = "At"
    case by = "By"
    case from = "From"
    case source = "Source"
    case endpoint = "Endpoint"
    case resolvedBy = "ResolvedBy"
    case version = "Version"
    case userState = "UserState"
    case isBot = "IsBot"
    case tokenExpiresOn = "TokenExpiresOn"
    case notes = "Notes"
  }
}

extension Try {
  /// The host that it was made from, with its address where that is known: `bastion (10.0.0.5)`.
  public var place: String { TriedLine.place(from, source) }

  /// The IPv4 address that was connected to; nil for IPv6.
  var address: IPv4Address? { endpoint.lastIndex(of: ":").flatMap { IPv4Address(endpoint[..<$0]) } }
}

/// Who knew which address a GitLab's host has.
public enum NameSource: String, Sendable, Codable {
  /// The address was given as such.
  case literal = "LITERAL"
  /// The link's own host names.
  case linkHosts = "LINK_HOSTS"
  /// This host's resolver.
  case resolver = "RESOLVER"
}

/// A try that failed: at which hop, by which code.
public struct FailedTry: Sendable, Equatable, Codable {
  public var at: Timestamp
  public var by: String
  public var from: String
  /// That host's address on this way; nil where it isn't known, or it failed before.
  public var source: IPAddress?
  public var hop: Hop
  /// A `Code`, kept as text so that a later version's codes can be read.
  public var code: String

  enum CodingKeys: String, CodingKey {
    case at = "At"
    case by = "By"
    case from = "From"
    case source = "Source"
    case hop = "Hop"
    case code = "Code"
  }
}

extension FailedTry {
  /// The host that it was made from, with its address where that is known: `bastion (10.0.0.5)`.
  public var place: String { TriedLine.place(from, source) }
}

/// A person's word that the vendor's console says Bound.
public struct Confirmation: Sendable, Equatable, Codable {
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case at = "At"
    case by = "By"
  }
}
