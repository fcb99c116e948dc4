import FlatFiles

/// The way from the build machine's ENI to each address of a link, hop by hop, as it follows from what is known here.
public struct PathReport: Sendable, Equatable {
  /// The link that it is of; nil for one that isn't made yet.
  public let linkId: String?
  public let vpcId: String
  public let vSwitchId: String
  /// Target by target, each in the order of the hops.
  public let findings: [PathFinding]
  /// What was tried of its addresses, apart from what is computed: the newest first.
  public var tried: [TriedLine] = []

  public var targets: [PathTarget] {
    findings.reduce(into: []) { if $0.last != $1.target { $0.append($1.target) } }
  }

  public func tried(_ target: PathTarget) -> [TriedLine] { tried.filter { $0.ip == target.ip } }

  public func findings(for target: PathTarget) -> [PathFinding] { findings.filter { $0.target == target } }

  /// Fails where any hop fails, else unknown where any isn't known.
  public var verdict: PathFinding.Verdict { Self.verdict(of: findings) }

  public static func verdict(of findings: some Sequence<PathFinding>) -> PathFinding.Verdict {
    let verdicts = Set(findings.map(\.verdict))
    return verdicts.contains(.fail) ? .fail : verdicts.contains(.unknown) ? .unknown : .pass
  }
}

extension Reading {
  /// - Parameters:
  ///   - link: nil for the binding's, else the newest.
  ///   - address: an IP address, which the link need not let out to: only the way there. Or GitLab's address, in place of
  ///     the binding's.
  /// - Throws: `Refusal` where there is no such instance or link, or no link at all.
  public func path(of instance: String, link id: String? = nil, to address: String? = nil) throws(Refusal) -> PathReport
  {
    try refusing {
      _ = try state.instance(instance)
      let link = try link(of: instance, id)
      let binding = try state.binding(of: instance)
      let bound = binding?.linkId == link.id ? binding : nil
      let only = address.flatMap { IPv4Address($0.trimmed) }
      // Digits and dots that are no address are one with a slip, not a site's.
      if only == nil, let address, address.trimmed.allSatisfy({ $0.isNumber || $0 == "." }) {
        _ = try LinkRules.address(address, at: .address)
      }
      let given = try only == nil ? address.map { try GitLabAddress(parsing: $0) } : nil
      let gitLab = given ?? bound.flatMap { try? GitLabAddress(parsing: $0.address) }
      let all =
        [PathTarget(ip: link.gitLabIntranetIp, port: gitLab?.port, label: "GitLab", isGitLab: true)]
        + link.allowedIps.map { PathTarget(ip: $0.ip, label: $0.label) }
      let targets = only.map { ip in [all.first { $0.ip == ip } ?? PathTarget(ip: ip)] } ?? all
      let facts = try facts(
        over: link, to: targets, gitLab: gitLab, tried: given == nil ? bound?.lastPassed : nil)
      let lines = bound.map { TriedLine.lines(of: $0, over: link) } ?? []
      return PathReport(
        linkId: link.id, vpcId: link.vpcId, vSwitchId: link.vSwitchId, findings: facts.findings(),
        tried: (lines + (try state.probes(of: link.id).flatMap(TriedLine.lines))).sorted { $0.at > $1.at })
    }
  }

  /// A link of an instance.
  /// - Parameter id: nil for the binding's, else the newest.
  func link(of instance: String, _ id: String?) throws -> Link {
    let links = try links(of: instance)
    if let id {
      guard let link = links.first(where: { $0.id == id }) else { throw Refusal.noSuch(.noSuchLink, .linkId, id) }
      return link
    }
    let bound = try state.binding(of: instance)?.linkId
    guard let link = links.first(where: { $0.id == bound }) ?? links.last else { throw Self.noLink }
    return link
  }

  private static let noLink = Refusal(
    .noSuchLink, field: .linkId,
    message: Phrase("There is no link yet whose path could be checked.", "尚无可检查路径的链路。"),
    mend: Phrase(
      "Create one under Link management; its dialog checks the path before it is made, too.",
      "请在链路管理中创建；创建对话框中也可先检查路径。"))

  /// The same for a link that isn't made yet, also where it could not be: its VPC and its vSwitch need not be known.
  /// - Throws: `Refusal` at the field of an address that is none.
  public func path(of draft: PathDraft) throws(Refusal) -> PathReport {
    try refusing {
      let owner = try draft.instanceId.map { try state.instance($0) }
      let asked = try draft.read()
      let vpc = try state.record(.vpc, asked.vpcId)?.decode(Vpc.self)
      var facts = try facts(
        // Without an instance the link would be of one in its VPC's region.
        region: owner?.regionId ?? vpc?.regionId,
        targets: [PathTarget(ip: asked.gitLabIp, port: asked.gitLab?.port, label: "GitLab", isGitLab: true)]
          + asked.allowed.map { PathTarget(ip: $0.ip, label: $0.label) },
        letOut: [asked.gitLabIp] + asked.allowed.map(\.ip), vpcId: asked.vpcId, vSwitchId: asked.vSwitchId,
        gitLab: asked.gitLab, hosts: asked.hosts, tried: nil)
      // Those that there are belong to other links.
      facts.groups.removeAll { $0.isManaged }
      return PathReport(
        linkId: nil, vpcId: asked.vpcId, vSwitchId: asked.vSwitchId, findings: facts.findings())
    }
  }

  /// The way to GitLab over the binding's link, else the newest; empty without one.
  func pathToGitLab(of instance: String) throws(Refusal) -> [PathFinding] {
    guard try !links(of: instance).isEmpty else { return [] }
    return try path(of: instance).findings.filter(\.target.isGitLab)
  }

  /// What is known of the way over a link that there is.
  func facts(
    over link: Link, to targets: [PathTarget], gitLab: GitLabAddress? = nil, tried: Try? = nil
  ) throws -> PathFacts {
    var facts = try facts(
      region: try state.instance(link.instanceId).regionId, targets: targets, letOut: link.addresses,
      vpcId: link.vpcId, vSwitchId: link.vSwitchId, gitLab: gitLab, hosts: link.hosts, tried: tried)
    (facts.managedGroupId, facts.boundLinks) = try state.managedGroup(of: link)
    return facts
  }

  func facts(
    region: String?, targets: [PathTarget], letOut: [IPv4Address], vpcId: String, vSwitchId: String,
    gitLab: GitLabAddress?, hosts: [HostEntry], tried: Try?
  ) throws -> PathFacts {
    var facts = PathFacts(
      regionId: region, targets: targets, letOut: Set(letOut), vpcId: vpcId, vSwitchId: vSwitchId,
      vpc: try state.record(.vpc, vpcId)?.decode(Vpc.self),
      vSwitch: try state.record(.vSwitch, vSwitchId)?.decode(VSwitch.self), zones: zones, gitLab: gitLab, hosts: hosts,
      tried: tried)
    let wanted = Set(targets.map(\.ip))
    facts.networkAcls = try state.entries(.networkAcl).compactMap(NetworkAcl.init)
    facts.loadBalancers = try state.entries(.loadBalancer).compactMap(LoadBalancer.init).filter {
      $0.address.map(wanted.contains) ?? false
    }
    let texts = wanted.map(\.description)
    let hosts = try state.entries(.ecs) { record in texts.contains { record.mentions($0) } }
    facts.ecs = hosts.compactMap(EcsInstance.init).filter { !wanted.isDisjoint(with: $0.addresses) }
    let asked = Set(facts.ecs.flatMap { $0.securityGroupIds ?? [] })
    facts.groups = try state.entries(.ecsSecurityGroup).compactMap(EcsSecurityGroup.init).filter {
      asked.contains($0.id) || $0.isManaged && $0.vpcId == vpcId
    }
    facts.dataCentres = try state.entries(.dataCentre).compactMap(DataCentre.init)
    facts.borderRouters = try state.entries(.borderRouter).compactMap(BorderRouter.init)
    facts.routeTables = try state.entries(.routeTable).compactMap(RouteTable.init)
    let own = Set(facts.routeTables.filter { $0.vpcId == vpcId || $0.vpcId == nil }.map(\.id))
      .union(facts.borderRouters.compactMap(\.routeTableId))
    facts.routes = Dictionary(
      grouping: try state.entries(.routeEntry) { own.contains($0.text(of: "RouteTableId") ?? "") }
        .compactMap(RouteEntry.init), by: \.routeTableId)
    // A table that is known to be empty has no entry here.
    for table in facts.routeTables where table.isWhole && facts.routes[table.id] == nil { facts.routes[table.id] = [] }
    return facts
  }
}

extension Records {
  /// The entries of the inventory of a kind.
  /// - Parameter wanted: looks at what isn't decoded yet.
  func entries(_ kind: RecordKind, where wanted: (Record) -> Bool = { _ in true }) throws -> [VendorObject] {
    try records(kind).lazy.filter(wanted).map { VendorObject(try $0.value()) }
  }
}

extension Records {
  /// What this workspace knows of a link's managed group before any import: the id that its binding names, and how many
  /// links are bound in its VPC, this one counted.
  func managedGroup(of link: Link) throws -> (id: String?, boundLinks: Int) {
    let own = try securityGroup(of: link.instanceId)
    let others = try all(.securityGroup, as: SecurityGroup.self).filter { $0.instanceId != link.instanceId }
      .filter { try record(.link, $0.linkId)?.text(of: Field.vpcId.rawValue) == link.vpcId }
    return (own?.linkId == link.id ? own?.id : nil, others.count + 1)
  }
}
