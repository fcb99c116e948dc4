/// All that is known here and that a path's rules ask for: what isn't in it is unknown.
struct PathFacts: Sendable {
  /// The instance's region; nil where it isn't known.
  var regionId: String?
  var targets: [PathTarget]
  /// What the link lets out to, be it made or not.
  var letOut: Set<IPv4Address>
  var vpcId: String
  var vSwitchId: String
  var vpc: Vpc?
  var vSwitch: VSwitch?
  var zones: ZoneTable
  /// GitLab's address, where one is written down.
  var gitLab: GitLabAddress?
  /// The link's host names.
  var hosts: [HostEntry]
  /// The last try at GitLab that passed.
  var tried: Try?

  var networkAcls: [NetworkAcl] = []
  var routeTables: [RouteTable] = []
  /// By their tables' ids.
  var routes: [String: [RouteEntry]] = [:]
  var ecs: [EcsInstance] = []
  var loadBalancers: [LoadBalancer] = []
  var groups: [EcsSecurityGroup] = []
  /// The group that the link's binding names.
  var managedGroupId: String?
  /// The links that are bound in the VPC, this one counted.
  var boundLinks = 1
  var dataCentres: [DataCentre] = []
  var borderRouters: [BorderRouter] = []

  /// What was imported of the managed groups in the VPC, one of them the link's.
  var managedGroups: ManagedGroups {
    ManagedGroups(of: vpcId, among: groups, named: managedGroupId, bound: boundLinks)
  }

  /// What stands at an address, as far as is known.
  enum Place: Sendable, Equatable {
    case ecs(EcsInstance)
    case loadBalancer(LoadBalancer)
    case dataCentre(DataCentre)
    /// In the VPC, and nobody is known to have it.
    case vpc
    /// Neither in the VPC nor in a data centre that is written down.
    case outside
    /// The VPC isn't known, so neither is this.
    case unknown
  }

  /// - Returns: of hosts with one address in several VPCs that of this one.
  func place(of ip: IPv4Address) -> Place {
    if let host = ecs.first(where: { $0.addresses.contains(ip) && ($0.vpcId ?? vpcId) == vpcId }) { return .ecs(host) }
    if let host = loadBalancers.first(where: { $0.address == ip && ($0.vpcId ?? vpcId) == vpcId }) {
      return .loadBalancer(host)
    }
    if let vpc, vpc.cidrBlocks.contains(where: { $0.contains(ip) }) { return .vpc }
    if let centre = dataCentres.first(where: { $0.cidrBlocks.contains { $0.contains(ip) } }) {
      return .dataCentre(centre)
    }
    return vpc == nil ? .unknown : .outside
  }

  func isInVpc(_ ip: IPv4Address) -> Bool { vpc?.cidrBlocks.contains { $0.contains(ip) } ?? false }

  /// All findings, target by target, each in the order of the hops.
  func findings() -> [PathFinding] {
    targets.flatMap { target in
      let rulings =
        [managedGroup(target), zone, networkAcl(target), vpcRoute(target)].map { [$0] } + [arrival(target)]
        + [target.isGitLab ? site(target) : []]
      return rulings.flatMap { $0 }.map { ruling in
        PathFinding(
          target: target, hop: ruling.hop, rule: ruling.rule, verdict: ruling.verdict, reason: ruling.reason,
          mend: ruling.mend, command: ruling.command, isDecisive: ruling.isDecisive)
      }
    }
  }
}

/// What a rule says, of whichever target it was asked for.
struct PathRuling: Sendable, Equatable {
  let hop: PathHop
  let rule: PathRule
  let verdict: PathFinding.Verdict
  let reason: Phrase
  let mend: Phrase
  var command: String?
  var isDecisive = true

  init(
    _ verdict: PathFinding.Verdict, _ rule: PathRule, at hop: PathHop, _ reason: Phrase, mend: Phrase = Phrase("", "")
  ) {
    self.hop = hop
    self.rule = rule
    self.verdict = verdict
    self.reason = reason
    self.mend = mend
  }
}

extension Phrase {
  /// What to import to know it: what any of these calls of the vendor's CLI prints.
  /// - Parameter instance: whose they are, where the answer doesn't name it.
  static func importing(_ calls: String..., naming instance: String? = nil) -> Phrase {
    let naming = instance.map { " --instance \($0)" } ?? ""
    let quoted = calls.map { "`aliyun \($0) | acr-console import -\(naming)`" }
    return Phrase(
      "Import it: \(quoted.joined(separator: " or ")).", "请导入：\(quoted.joined(separator: " 或 "))。")
  }
}
