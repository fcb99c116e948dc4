import FlatFiles
import SecureBuild

/// Where the training world of one workspace is on this host: its loopback address and the port of each site.
/// Chosen from the workspace's id when it is made, and kept in `workspace.json` for its life.
struct TrainingPlace: Sendable, Equatable {
  let workspace: String
  /// An address of 127.0.0.0/8, not of 127.0.0.0/16.
  let address: IPv4Address
  /// By host name. Outside the ephemeral range, so that no outgoing connection takes one by chance.
  let ports: [String: Int]
  /// What day it always is there, `YYYY-MM-DD`; nil where it is this host's.
  let day: String?

  /// Chooses for a new workspace.
  init(choosingFor workspace: String, day: String? = nil) {
    self.workspace = workspace
    self.day = day
    var derivation = Derivation(from: "\(workspace)/place")
    let octets = (0..<3).map { _ in UInt32(derivation.number(in: 1...254)) }
    address = IPv4Address(bits: 127 << 24 | octets[0] << 16 | octets[1] << 8 | octets[2])
    // Blocks of 32, from 20000 to 29983.
    let base = 20000 + 32 * derivation.number(in: 0...311)
    ports = Dictionary(
      uniqueKeysWithValues: TrainingHost.sites.enumerated().map { ($1.host.name, base + $0) })
  }

  /// Reads what was chosen.
  /// - Throws: `Refusal` where the header isn't a training workspace's, or names another address than a loopback one.
  init(_ header: WorkspaceHeader) throws(Refusal) {
    guard header.kind == WorkspaceKind.training.rawValue, let text = header.members[Member.address]?.text,
      let address = IPv4Address(text), case .object(let members) = header.members[Member.ports]
    else { throw Self.unreadable }
    let ports = members.compactMapValues(\.integer)
    // Hand-edited or not: a training workspace never leaves the loopback network.
    guard Self.loopback.contains(address), ports[TrainingHost.first.name] != nil,
      ports.values.allSatisfy({ (1024...65535).contains($0) })
    else { throw Self.unreadable }
    self.workspace = header.id
    self.address = address
    self.ports = ports
    day = header.members[Member.day]?.text
  }

  /// As `workspace.json` has it.
  var members: [String: JSONValue] {
    var members: [String: JSONValue] = [
      Member.address: .string(address.description),
      Member.ports: .object(ports.mapValues { .number(String($0)) }),
    ]
    members[Member.day] = day.map { .string($0) }
    return members
  }

  private enum Member {
    static let address = "loopbackAddress"
    static let ports = "ports"
    static let day = "day"
  }

  private static let loopback = IPv4Range("127.0.0.0/8") ?? { preconditionFailure("127.0.0.0/8 is a range") }()

  private static let unreadable = Refusal(
    .workspaceDamaged,
    message: Phrase(
      "workspace.json lacks the training world's loopback address and ports.", "workspace.json 缺少演练环境的环回地址和端口。"),
    mend: Phrase("Restore the file, or make another training workspace.", "请恢复该文件，或新建演练工作区。"))

  /// The address of a site as people type it: by its name in the training network, with the loopback server's port.
  func url(of site: TrainingSite) -> String {
    let host = TrainingHost.having(site)
    // A workspace that was made before there was this site has no port for it.
    let port = ports[host.name].map { ":\($0)" } ?? ""
    return "\(site.isSecure ? "https" : "http")://\(host.name)\(port)\(site.path)"
  }

  /// What a connection to an address of the training network finds there, once it gets that far.
  enum Arrival: Equatable {
    /// It leads here, on loopback, where this is wrong.
    case leads(to: Endpoint, HostFault?)
    case refused
  }

  /// - Parameter faults: what is wrong at hosts: one may lead to another that behaves so.
  /// - Returns: nil where no host of the training world is, so that nothing ever answers.
  func arrival(at endpoint: Endpoint, with faults: TrainingFaults = .none) -> Arrival? {
    guard case .v4(let wanted) = endpoint.address, let host = TrainingHost.at(wanted) else { return nil }
    switch host.role {
    case .refusing: return .refused
    case .site:
      guard ports[host.name] == endpoint.port else { return .refused }
      let fault = faults.hosts[host.name]
      let shown = fault?.site.map { TrainingHost.having($0).name } ?? host.name
      return .leads(to: Endpoint(address: .v4(address), port: ports[shown] ?? endpoint.port), fault)
    }
  }
}
