/// What a checklist is made from: all that is known here of one instance.
struct ChecklistFacts {
  let instance: Instance
  let links: [Link]
  /// Those of the instance's region.
  let networks: [Network]
  let source: CodeSource
  let zones: ZoneTable
  let repositories: [Repository]
  let rules: [BuildRule]
  /// Nil where nobody looked.
  let builds: BuildGlance?
  /// The way to GitLab over the link; empty without one.
  let path: [PathFinding]
  let endpoints: [VendorEndpoint]

  var binding: Binding? { source.binding }
  /// Whether what is written down needs no link, no VPC and no group.
  var isInternet: Bool { binding?.networkType == .internet }
  /// The link that the binding goes over, else the newest.
  var link: Link? { links.first { $0.id == binding?.linkId } ?? links.last }
  var vpc: Vpc? { networks.first { $0.vpc.id == link?.vpcId }?.vpc }
  /// The vSwitches that can carry a link; one that carries it already has given its address.
  var carrying: [VSwitch] {
    networks.flatMap(\.vSwitches).filter { vSwitch in
      let problem = LinkRules.carryRefusal(vSwitch, region: instance.regionId, zones: zones)
      return problem == nil || problem?.code == .noFreeIp && vSwitch.id == link?.vSwitchId
    }
  }
}

extension Checklist {
  init(_ facts: ChecklistFacts) {
    lines = [
      Self.instance(facts), Self.gitLabPlace(facts), Self.entrance(facts), Self.network(facts), Self.link(facts),
      Self.account(facts), Self.repository(facts), Self.buildRule(facts), Self.firstBuild(facts), Self.pull(facts),
    ]
  }

  static func line(
    _ item: Item, _ state: State, _ provenance: Provenance?, _ why: Phrase, mend: Phrase = Phrase("", ""),
    at place: Place?, title: Phrase? = nil
  ) -> Line {
    Line(id: item, title: title ?? item.title, state: state, provenance: provenance, why: why, mend: mend, place: place)
  }

  /// What only a GitLab behind a link needs, where what is written down goes over the Internet.
  private static func notNeeded(_ item: Item, _ facts: ChecklistFacts) -> Line {
    line(
      item, .notNeeded, Provenance(.planned, at: facts.binding?.at, by: facts.binding?.by),
      Phrase("Not needed: the network type is Internet.", "无需满足：网络类型为公网。"), at: .codeSource)
  }

  private static func instance(_ facts: ChecklistFacts) -> Line {
    let instance = facts.instance
    let refusal = Refusal.notRunning(instance)
    let isRunning = instance.status == .running
    return line(
      .instance, isRunning ? .met : .unmet, instance.provenance,
      isRunning
        ? Phrase(
          "\(instance.specification.title.en) edition, \(instance.status.title.en.lowercased()).",
          "\(instance.specification.title.zh)，\(instance.status.title.zh)。") : refusal.message,
      mend: isRunning ? Phrase("", "") : refusal.mend, at: .instances)
  }

  private static func gitLabPlace(_ facts: ChecklistFacts) -> Line {
    if facts.isInternet {
      return notNeeded(.gitLabPlace, facts)
    }
    guard let link = facts.link, let vpc = facts.vpc else {
      return line(
        .gitLabPlace, .unknown, nil, Phrase("No link says yet where GitLab is.", "尚无链路说明 GitLab 的位置。"),
        mend: Phrase(
          "Find out GitLab's intranet IP, and the VPC or the Express Connect that leads to it.",
          "请确认 GitLab 的内网 IP，以及通往它的专有网络或高速通道。"), at: .links)
    }
    let ip = link.gitLabIntranetIp
    if vpc.cidrBlock.contains(ip) {
      return line(
        .gitLabPlace, .met, .computed,
        Phrase("\(ip) lies in the VPC's \(vpc.cidrBlock).", "\(ip) 位于专有网络网段 \(vpc.cidrBlock) 内。"), at: .links)
    }
    if facts.path.contains(where: { $0.hop == .expressConnect }) {
      return line(
        .gitLabPlace, .met, .computed,
        Phrase("\(ip) lies in a data centre that is written down here.", "\(ip) 位于已登记的 IDC 内。"), at: .links)
    }
    return line(
      .gitLabPlace, .unknown, nil,
      Phrase("\(ip) lies outside the VPC's \(vpc.cidrBlock).", "\(ip) 不在专有网络网段 \(vpc.cidrBlock) 内。"),
      mend: Phrase(
        "Right for a data centre that Express Connect joins to the VPC: see that it does.",
        "若位于 IDC，请确认高速通道已与该专有网络打通。"), at: .links)
  }

  /// By the rules of the path, where what stands at GitLab's address is known; else nothing here can see GitLab's
  /// firewall or the routes back to the build machines.
  private static func entrance(_ facts: ChecklistFacts) -> Line {
    let hops = facts.path.filter(\.isArrival)
    if !facts.isInternet, let failing = hops.first(where: { $0.verdict == .fail }) {
      return line(.entrance, .unmet, .computed, failing.reason, mend: failing.mend, at: .links)
    }
    if !facts.isInternet, let first = hops.first, hops.allSatisfy({ $0.verdict == .pass }) {
      return line(.entrance, .met, .computed, first.reason, at: .links)
    }
    return facts.isInternet
      ? line(
        .entrance, .unknown, nil, Phrase("Seen only from the vendor's network.", "只有从厂商网络才能看到。"),
        mend: Phrase("GitLab's firewall must let the Internet in at its port.", "GitLab 的防火墙须对公网放行其端口。"), at: nil,
        title: Phrase("GitLab lets the Internet in", "GitLab 对公网放行"))
      : line(
        .entrance, .unknown, nil, Phrase("Seen only from the vendor's network.", "只有从厂商网络才能看到。"),
        mend: Phrase(
          "Behind an ECS IP: its security group must allow 100.104.0.0/16 in at GitLab's port; behind an SLB: nothing. In a data centre: no overlap with that range, and a return route for it on both the VBR and the gateway.",
          "通过 ECS 的 IP 访问：其安全组入方向须对 GitLab 端口放行 100.104.0.0/16；通过 SLB：无需操作。位于 IDC：网段不得与之重叠，且 VBR 与 IDC 网关均须有其回程路由。"),
        at: nil)
  }

  private static func network(_ facts: ChecklistFacts) -> Line {
    if facts.isInternet {
      return notNeeded(.network, facts)
    }
    let region = facts.instance.regionId
    if let vSwitch = facts.carrying.first(where: { $0.id == facts.link?.vSwitchId }) ?? facts.carrying.first {
      return line(
        .network, .met, .computed,
        Phrase(
          "vSwitch \(vSwitch.id) is in \(vSwitch.zoneId) (zone table of \(facts.zones.which.en)).",
          "交换机 \(vSwitch.id) 位于 \(vSwitch.zoneId)（可用区表：\(facts.zones.which.zh)）。"), at: .networks)
    }
    guard let zones = facts.zones.region(region)?.zones else {
      return line(
        .network, .unmet, .computed,
        Phrase(
          "No zone of \(region) is known to carry the mode (zone table of \(facts.zones.which.en)).",
          "\(region) 没有已知支持该模式的可用区（可用区表：\(facts.zones.which.zh)）。"),
        mend: Phrase("Use an instance in another region.", "请使用其他地域的实例。"), at: .instances)
    }
    return line(
      .network, .unmet, .computed,
      Phrase(
        "No vSwitch in \(region) is in a zone that carries the mode and has a free address.",
        "\(region) 中没有位于支持该模式的可用区且有可用地址的交换机。"),
      mend: Phrase(
        "Write one down, in one of: \(zones.joined(separator: ", ")).", "请登记一个，可用区可选：\(zones.joined(separator: "、"))。"),
      at: .networks)
  }

  private static func link(_ facts: ChecklistFacts) -> Line {
    if facts.isInternet {
      return notNeeded(.link, facts)
    }
    guard let link = facts.link else {
      return line(
        .link, .unmet, nil, Phrase("There is no link.", "尚无链路。"),
        mend: Phrase("Create one under Link management.", "请在链路管理中创建。"), at: .links)
    }
    let used = facts.binding?.linkId == link.id
    if used, let confirmed = facts.binding?.confirmed {
      return line(.link, .met, confirmed.provenance, seen(confirmed), at: .links)
    }
    return line(
      .link, .met, link.provenance,
      Phrase("\(link.id) leads to \(link.gitLabIntranetIp).", "\(link.id) 通往 \(link.gitLabIntranetIp)。"), at: .links)
  }

  private static func account(_ facts: ChecklistFacts) -> Line {
    let source = facts.source
    let confirmed = facts.binding?.confirmed
    switch source.status {
    case .bound:
      let passed = facts.binding?.lastPassed
      let tried = Phrase(
        "Every hop passed from \(passed?.from ?? "").", "从 \(passed?.from ?? "") 测试，各步均通过。")
      return line(
        .account, .met, source.provenance, confirmed.map { tried + seen($0) } ?? tried, at: .codeSource)
    case .invalid:
      return line(
        .account, .unmet, source.provenance, Phrase("GitLab refuses the token or its user.", "GitLab 拒绝该 Token 或其用户。"),
        mend: Phrase("Bind again under Code Source.", "请在代码源中重新绑定。"), at: .codeSource)
    case .unbound, .binding:
      if let confirmed {
        return line(
          .account, .met, confirmed.provenance, seen(confirmed) + Phrase("Not tried from here.", "本机未测试。"),
          at: .codeSource)
      }
      return line(
        // A draft is a plan; of nothing nobody knows anything.
        .account, .unmet, facts.binding == nil ? nil : source.provenance,
        facts.binding == nil
          ? Phrase("No GitLab account is bound.", "尚未绑定 GitLab 账号。")
          : Phrase("There is a draft, not bound.", "仅有草稿，未绑定。"),
        mend: Phrase("Bind one under Code Source.", "请在代码源中绑定。"), at: .codeSource)
    }
  }

  /// What `gitlab confirm` noted.
  private static func seen(_ confirmed: Confirmation) -> Phrase {
    Phrase(
      "\(confirmed.by) saw Bound in the vendor's console.", "\(confirmed.by) 在厂商控制台看到“已绑定”。")
  }

  // MARK: What this program can't know

  private static let console = Phrase("Known only in the vendor's console.", "只有厂商控制台知道。")

  /// A new instance denies every pull until an endpoint lets somebody in.
  private static func pull(_ facts: ChecklistFacts) -> Line {
    let enable = Phrase(
      "In the vendor's console, Access Control: enable the VPC or the Internet endpoint, and put the puller on its access list.",
      "请在厂商控制台的访问控制中开启专有网络或公网访问，并将拉取方加入访问控制列表。")
    let told = facts.endpoints
    let why = told.map(\.sentence).reduce(Phrase("", ""), +)
    if let open = told.first(where: { $0.letsIn == true }) {
      return line(.pull, .met, open.provenance, open.sentence, at: .endpoints)
    }
    // Closed only where both are known to be.
    if Set(told.filter { $0.letsIn == false }.map(\.networkType)).count == 2 {
      return line(.pull, .unmet, told[0].provenance, why, mend: enable, at: .endpoints)
    }
    return line(
      .pull, .unknown, nil, told.isEmpty ? console : why,
      mend: Phrase("A new instance denies all access.", "新实例默认拒绝所有访问。") + enable
        + .importing("cr ListInstanceEndpoint --InstanceId \(facts.instance.id)", naming: facts.instance.id),
      at: .endpoints)
  }
}
