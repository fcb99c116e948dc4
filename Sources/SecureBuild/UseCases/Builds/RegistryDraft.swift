/// Where an instance's images go, as typed into a form or given to a command. With neither a layout nor an address they
/// go to the layout in the workspace.
public struct RegistryDraft: Sendable {
  public var instanceId: String
  /// An OCI layout directory, from the root; empty for none.
  public var layout: String
  /// `HOST[:PORT]`; empty for none.
  public var address: String
  /// Empty where the registry takes anybody.
  public var username: String
  /// Nil keeps the password that is stored for the same address and user, where there is one.
  public var password: RegistryPassword?
  /// The content of the CA file. Nil keeps what is stored for the same address; an empty text takes it away.
  public var caCertificates: String?
  public var plainHTTP: Bool
  public var hosts: [HostEntryDraft]
  /// `docker.io=HOST[:PORT][/PATH]` each, or with `http://` before the host.
  public var mirrors: [String]

  public init(
    instanceId: String, layout: String = "", address: String = "", username: String = "",
    password: RegistryPassword? = nil, caCertificates: String? = nil, plainHTTP: Bool = false,
    hosts: [HostEntryDraft] = [], mirrors: [String] = []
  ) {
    self.instanceId = instanceId
    self.layout = layout
    self.address = address
    self.username = username
    self.password = password
    self.caCertificates = caCertificates
    self.plainHTTP = plainHTTP
    self.hosts = hosts
    self.mirrors = mirrors
  }

  /// What is stored, as a form opens with it: the password stays where it is.
  public init(of registry: Registry) {
    self.init(instanceId: registry.instanceId, mirrors: registry.mirrors.map(\.typed))
    switch registry.place {
    case .workspace: break
    case .layout(let folder): layout = folder
    case .server(let server):
      address = server.address
      username = server.username ?? ""
      caCertificates = server.caCertificates
      plainHTTP = server.plainHTTP
      hosts = server.hosts.map { HostEntryDraft(name: $0.name, ip: $0.ip.description) }
    }
  }
}

extension RegistryMirror {
  /// As it is typed.
  public var typed: String { "\(of)=\(plainHTTP ? "http://" : "")\(at)" }
}
