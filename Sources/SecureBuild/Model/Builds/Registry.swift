/// Where an instance's images go: one an instance, stored under the instance's id. Where none was set, an OCI layout in
/// the workspace, so that a build needs no registry server.
public struct Registry: Sendable, Equatable, Codable {
  public var instanceId: String
  public var place: RegistryPlace
  /// Where base images come from in another registry's name, tried in this order.
  public var mirrors: [RegistryMirror]
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case instanceId = "InstanceId"
    case place = "Place"
    case mirrors = "Mirrors"
    case at = "At"
    case by = "By"
  }

  public init(
    instanceId: String, place: RegistryPlace, mirrors: [RegistryMirror] = [], at: Timestamp, by: String
  ) {
    self.instanceId = instanceId
    self.place = place
    self.mirrors = mirrors
    self.at = at
    self.by = by
  }
}

public enum RegistryPlace: Sendable, Equatable, Codable {
  /// An OCI layout directory in the workspace, wherever that is.
  case workspace
  /// An OCI layout directory, from the root.
  case layout(String)
  case server(RegistryServer)
}

/// A registry that speaks the OCI distribution protocol.
public struct RegistryServer: Sendable, Equatable, Codable {
  /// `host[:port]`.
  public var address: String
  /// Nil where it takes anybody.
  public var username: String?
  /// Where the password lies in the secrets folder.
  public var secret: String?
  /// The certificates of the CA file given, PEM.
  public var caCertificates: String?
  /// Plain http, for a registry on a trusted network.
  public var plainHTTP: Bool
  /// Addresses of its hosts (API, token realm, blob store), before what this host's resolver says.
  public var hosts: [HostEntry]

  enum CodingKeys: String, CodingKey {
    case address = "Address"
    case username = "Username"
    case secret = "SecretId"
    case caCertificates = "CaCertificates"
    case plainHTTP = "PlainHttp"
    case hosts = "Hosts"
  }

  public init(
    address: String, username: String? = nil, secret: String? = nil, caCertificates: String? = nil,
    plainHTTP: Bool = false, hosts: [HostEntry] = []
  ) {
    self.address = address
    self.username = username
    self.secret = secret
    self.caCertificates = caCertificates
    self.plainHTTP = plainHTTP
    self.hosts = hosts
  }
}
