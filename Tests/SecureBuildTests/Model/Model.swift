@testable import SecureBuild

/// What a workspace holds and refuses, said a second time and as plainly as it can be: lists in order, and for each use
/// case the codes by which it may be refused. None means that it is accepted.
struct Model: Sendable {
  struct Instance { var id: String, name: String, region: String, isRunning: Bool }
  struct Vpc { var id: String, region: String, cidr: String }
  struct VSwitch { var id: String, vpc: String, zone: String, cidr: String, freeIps: Int? }
  struct Link {
    var id: String, instance: String, ip: String, allowed: [String], host: String?, vpc: String, vSwitch: String
    var changes = 0
    var addresses: [String] { [ip] + allowed }
  }
  struct Binding {
    var instance: String, isIntranet: Bool, link: String?, address: String, username: String, token: String?
    var state: String
    var isConfirmed = false
    var failure: Code?
  }
  struct Group { var instance: String, link: String }
  struct Namespace { var instance: String, name: String }
  struct Repository { var id: String, instance: String, namespace: String, name: String, project: String, auto: Bool }
  struct Rule { var id: String, repository: String, pushName: String, tag: String }
  struct Registry { var instance: String, place: String, username: String, password: String? }
  struct Form { var link: String, changes: Int }

  var instances: [Instance] = []
  var vpcs: [Vpc] = []
  var vSwitches: [VSwitch] = []
  var links: [Link] = []
  var bindings: [Binding] = []
  var groups: [Group] = []
  var namespaces: [Namespace] = []
  var repositories: [Repository] = []
  var rules: [Rule] = []
  var registries: [Registry] = []
  var form: Form?

  /// Something that is wrong with it on purpose, to see that it is found.
  enum Flaw { case forgetsThatDraftsUseLinks, forgetsNamespacesOfInstances }
  var flaw: Flaw?

  /// What it holds, a line a thing, as `ModelGround` says it of the workspace.
  var lines: [String] {
    instances.map { "instance \($0.id) \($0.name) \($0.region) \($0.isRunning)" }
      + vpcs.map { "vpc \($0.id) \($0.region) \($0.cidr)" }
      + vSwitches.map { "vSwitch \($0.id) \($0.vpc) \($0.zone) \($0.cidr) \($0.freeIps.map(String.init) ?? "-")" }
      + links.map { "link \($0.id) \($0.instance) \($0.addresses) \($0.host ?? "-") \($0.vpc) \($0.vSwitch)" }
      + bindings.map {
        "binding \($0.instance) \($0.isIntranet) \($0.link ?? "-") \($0.address) \($0.username) \($0.token ?? "-") "
          + "\($0.state) \($0.isConfirmed) \($0.failure?.rawValue ?? "-")"
      }
      + groups.map { "group \($0.instance) \($0.link)" } + namespaces.map { "namespace \($0.instance) \($0.name)" }
      + repositories.map {
        "repository \($0.id) \($0.instance) \($0.namespace)/\($0.name) \($0.project) \($0.auto)"
      }
      + rules.map { "rule \($0.id) \($0.repository) \($0.pushName) \($0.tag)" }
      + registries.map { "registry \($0.instance) \($0.place) \($0.username) \($0.password ?? "-")" }
  }

  // MARK: What a place in a list means

  func instance(_ place: Int) -> String { Self.id(place, instances.map(\.id), "cri-nothing") }
  func vpc(_ place: Int) -> String { Self.id(place, vpcs.map(\.id), "vpc-nothing") }
  func vSwitch(_ place: Int) -> String { Self.id(place, vSwitches.map(\.id), "vsw-nothing") }
  func link(_ place: Int) -> String { Self.id(place, links.map(\.id), "link-nothing") }
  func repository(_ place: Int) -> String { Self.id(place, repositories.map(\.id), "crr-nothing") }
  func rule(_ place: Int) -> String { Self.id(place, rules.map(\.id), "crbr-nothing") }

  private static func id(_ place: Int, _ ids: [String], _ none: String) -> String {
    ids.isEmpty || place == 23 ? none : ids[place % ids.count]
  }

  func binding(of instance: String) -> Binding? { bindings.first { $0.instance == instance } }

  // MARK: Rules about a single word

  static func isAddress(_ ip: String) -> Bool { ["192.168.10.20", "10.0.0.5", "10.0.0.9"].contains(ip) }

  /// What a word is refused with: missing where it is empty.
  static func wrong(_ text: String, _ good: [String], _ code: Code) -> Set<Code> {
    text.isEmpty && !good.contains("") ? [.missing] : good.contains(text) ? [] : [code]
  }

  static let names = ["build-a", "build-b", "build-c", "build-d", "build-e", "容器"]
  static let regions = ["cn-hangzhou", "cn-beijing"]
  static let ranges = [
    "192.168.0.0/16", "10.0.0.0/8", "192.168.10.0/24", "192.168.11.0/24", "192.168.12.0/24", "10.0.1.0/24",
    "192.168.8.0/22",
  ]
  static let addresses = ["https://192.168.10.20", "https://gitlab.corp.example", "http://10.0.0.5:8081"]

  /// The host of an address that is one.
  static func host(_ address: String) -> String? {
    guard addresses.contains(address), let mark = address.firstRange(of: "://") else { return nil }
    return String(address[mark.upperBound...].prefix { $0 != ":" })
  }
}
