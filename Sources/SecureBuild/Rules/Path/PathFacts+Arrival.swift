/// From the edge of the VPC to what stands at the address.
extension PathFacts {
  /// Behind an ECS instance's IP, an SLB, or in a data centre, whichever is known.
  func arrival(_ target: PathTarget) -> [PathRuling] {
    switch place(of: target.ip) {
    case .ecs(let host): ecsInbound(target, at: host)
    case .loadBalancer(let host): [slbListener(target, at: host)]
    case .dataCentre(let centre):
      [
        idcOverlap(centre), vbrReturnRoute(target, of: centre), idcReturnRoute(of: centre),
        idcFirewall(target, of: centre),
      ]
    case .vpc:
      [
        PathRuling(
          .unknown, .ecsInbound, at: .ecs,
          Phrase("Who has \(target.ip) in the VPC isn't known.", "专有网络内 \(target.ip) 属于谁未知。"),
          mend: .importing("ecs DescribeInstances", "slb DescribeLoadBalancers"))
      ]
    case .outside, .unknown:
      [
        PathRuling(
          .unknown, .idcReturnRoute, at: .dataCentre,
          Phrase(
            "\(target.ip) is neither in the VPC nor in a data centre that is known here.",
            "\(target.ip) 既不在该专有网络，也不在已知的 IDC 内。"),
          mend: Phrase(
            "Where it is in a data centre, write that down with its ranges and routes: `acr-console network add idc`.",
            "若位于 IDC，请登记其网段与路由：`acr-console network add idc`。"))
      ]
    }
  }

  private static let reverse = LinkRules.reverseAccess

  // MARK: Behind an ECS instance

  /// From the reverse access range, which decides; and from the vSwitch, which the vendor says nothing of.
  private func ecsInbound(_ target: PathTarget, at host: EcsInstance) -> [PathRuling] {
    func ruling(_ verdict: PathFinding.Verdict, _ reason: Phrase, mend: Phrase = Phrase("", "")) -> PathRuling {
      PathRuling(verdict, .ecsInbound, at: .ecs, reason, mend: mend)
    }
    guard let ids = host.securityGroupIds else {
      return [
        ruling(
          .unknown, Phrase("The security groups of \(host.id) aren't known.", "\(host.id) 的安全组未知。"),
          mend: .importing("ecs DescribeInstances"))
      ]
    }
    let known = ids.compactMap { id in groups.first { $0.id == id && $0.rules != nil } }
    if let missing = ids.first(where: { id in !known.contains { $0.id == id } }) {
      return [
        ruling(
          .unknown, Phrase("The rules of \(missing) of \(host.id) aren't known.", "\(host.id) 所在安全组 \(missing) 的规则未知。"),
          mend: .importing("ecs DescribeSecurityGroupAttribute --SecurityGroupId \(missing) --Direction ingress"))
      ]
    }
    let rules = GroupRuling.together(known.map { $0.rules ?? [] })
    let names = ids.joined(separator: ", ")
    let at = target.port.map { Phrase("at port \($0)", "端口 \($0)") } ?? Phrase("at all ports", "全部端口")
    let nowhere = target.port == nil ? Phrase("at any port", "任何端口") : at
    func letsIn(_ range: IPv4Range) -> GroupRuling {
      GroupRuling(of: IPv4Set(range), ports: ports(of: target), by: rules, isInbound: true)
    }
    let reverse = letsIn(Self.reverse)
    let obstacles = Obstacle.all(of: reverse.dropped, ports: ports(of: target), by: rules, isInbound: true)
    let adding = Phrase(
      "Add an inbound rule: Accept, TCP, \(portText(target).en), source \(Self.reverse), priority 1, and no Drop of priority 1 beside it.",
      "请添加入方向规则：允许，TCP，\(portText(target).zh)，源 \(Self.reverse)，优先级 1，且没有同为优先级 1 的拒绝规则。")
    let ways = obstacles.map { $0.inGroup(adding: adding) }
    var first: PathRuling =
      if reverse.dropped.isEmpty, reverse.undecided.isEmpty {
        ruling(
          .pass,
          Phrase("The rules of \(names) let \(Self.reverse) in \(at.en).", "\(names) 放行 \(Self.reverse)（\(at.zh)）。"))
      } else if reverse.dropped.isEmpty {
        ruling(
          .unknown,
          Phrase(
            "Whether the rules of \(names) let \(reverse.undecided.text) in \(at.en) depends on a prefix list, on another group, or on the port.",
            "\(names) 是否放行 \(reverse.undecided.text)（\(at.zh)）取决于前缀列表、其他安全组或端口。"),
          mend: Phrase(
            "Look them up in the ECS console, or add a rule for \(Self.reverse) itself.",
            "请在 ECS 控制台核对，或直接为 \(Self.reverse) 添加规则。"))
      } else {
        ruling(
          .fail,
          ways.map(\.reason).reduce(
            reverse.passed.isEmpty
              ? Phrase(
                "The rules of \(names) don't let \(Self.reverse) in \(nowhere.en).",
                "\(names) 未放行 \(Self.reverse)（\(nowhere.zh)）。")
              : Phrase(
                "The rules of \(names) let in only a part of \(Self.reverse) \(nowhere.en): not \(reverse.dropped.text).",
                "\(names) 仅放行 \(Self.reverse) 的一部分（\(nowhere.zh)），未放行 \(reverse.dropped.text)。"), +),
          mend: ways.map(\.mend).reduce(Phrase("", ""), +))
      }
    if first.verdict == .fail, obstacles.allSatisfy(\.isMendedByAdding), let port = target.port, let group = ids.first {
      first.command = """
        aliyun ecs AuthorizeSecurityGroup --RegionId \(vpc?.regionId ?? "REGION") --SecurityGroupId \(group) \
        --IpProtocol TCP --PortRange \(port)/\(port) --SourceCidrIp \(Self.reverse) --Policy accept --Priority 1
        """
    }
    return [first] + [ownRange(letsIn, names, at)].compactMap { $0 }
  }

  /// The vendor doesn't say whether GitLab sees a build come from the reverse access range or from the ENI: so this one
  /// never fails.
  private func ownRange(_ letsIn: (IPv4Range) -> GroupRuling, _ names: String, _ at: Phrase) -> PathRuling? {
    guard let vSwitch, vSwitch.vpcId == vpcId else { return nil }
    let own = letsIn(vSwitch.cidrBlock)
    let isIn = own.dropped.isEmpty && own.undecided.isEmpty
    var ruling = PathRuling(
      isIn ? .pass : .unknown, .ecsInbound, at: .ecs,
      isIn
        ? Phrase(
          "The rules of \(names) let the vSwitch's own \(vSwitch.cidrBlock) in \(at.en), too.",
          "\(names) 也放行交换机网段 \(vSwitch.cidrBlock)（\(at.zh)）。")
        : Phrase(
          "The rules of \(names) don't let all of the vSwitch's own \(vSwitch.cidrBlock) in: the vendor doesn't say that a build would need it.",
          "\(names) 未完全放行交换机网段 \(vSwitch.cidrBlock)：厂商未说明构建是否需要。"),
      mend: isIn
        ? Phrase("", "")
        : Phrase("Should builds time out all the same, let it in as well.", "若构建仍超时，请一并放行该网段。"))
    ruling.isDecisive = false
    return ruling
  }

  // MARK: Behind an SLB

  private func slbListener(_ target: PathTarget, at host: LoadBalancer) -> PathRuling {
    func ruling(_ verdict: PathFinding.Verdict, _ reason: Phrase, mend: Phrase = Phrase("", "")) -> PathRuling {
      PathRuling(verdict, .slbListener, at: .slb, reason, mend: mend)
    }
    let look = Phrase(
      "See in the SLB console that a listener has the port, and that its access list is off or has \(Self.reverse).",
      "请在 SLB 控制台确认监听端口存在，且访问控制未开启或包含 \(Self.reverse)。")
    guard let listeners = host.listeners else {
      return ruling(
        .unknown,
        Phrase(
          "\(host.id) needs no security group; its listeners and access lists aren't known.",
          "\(host.id) 无需安全组；其监听与访问控制未知。"), mend: look)
    }
    guard let port = target.port else {
      return ruling(
        .unknown, Phrase("The port at \(host.id) isn't known.", "\(host.id) 的端口未知。"), mend: look)
    }
    guard let listener = listeners.first(where: { $0.port == port }) else {
      return ruling(
        .fail, Phrase("\(host.id) has no listener at port \(port).", "\(host.id) 在端口 \(port) 没有监听。"),
        mend: Phrase("Add a listener, or use one of its ports in GitLab's address.", "请添加监听，或在 GitLab 地址中使用已有端口。"))
    }
    switch listener.hasAccessList {
    case false?:
      return ruling(
        .pass, Phrase("\(host.id) listens at port \(port), without an access list.", "\(host.id) 监听端口 \(port)，未开启访问控制。")
      )
    case true?:
      return ruling(
        .unknown, Phrase("The listener at port \(port) has an access list.", "端口 \(port) 的监听开启了访问控制。"), mend: look)
    case nil:
      return ruling(
        .unknown,
        Phrase("Whether the listener at port \(port) has an access list isn't known.", "端口 \(port) 的监听是否开启访问控制未知。"),
        mend: look)
    }
  }

  // MARK: In a data centre

  private func idcOverlap(_ centre: DataCentre) -> PathRuling {
    func ruling(_ verdict: PathFinding.Verdict, _ reason: Phrase, mend: Phrase = Phrase("", "")) -> PathRuling {
      PathRuling(verdict, .idcOverlap, at: .expressConnect, reason, mend: mend)
    }
    if let range = centre.cidrBlocks.first(where: { $0.overlaps(Self.reverse) }) {
      return ruling(
        .fail,
        Phrase("\(range) of \(centre.id) overlaps \(Self.reverse).", "\(centre.id) 的 \(range) 与 \(Self.reverse) 重叠。"),
        mend: Phrase(
          "Builds come from \(Self.reverse): renumber that part of the data centre, or put GitLab elsewhere.",
          "构建流量来自 \(Self.reverse)：请调整 IDC 中的该网段，或将 GitLab 移到别处。"))
    }
    guard let vpc else {
      return ruling(
        .unknown, Phrase("The VPC's ranges aren't known.", "专有网络网段未知。"), mend: .importing("vpc DescribeVpcs"))
    }
    for range in centre.cidrBlocks {
      if let own = vpc.cidrBlocks.first(where: { $0.overlaps(range) }) {
        return ruling(
          .fail,
          Phrase("\(range) of \(centre.id) overlaps the VPC's \(own).", "\(centre.id) 的 \(range) 与专有网络的 \(own) 重叠。"),
          mend: Phrase("Use a VPC whose ranges the data centre hasn't got.", "请使用网段不与 IDC 重叠的专有网络。"))
      }
    }
    return ruling(
      .pass,
      Phrase(
        "\(centre.id)'s ranges overlap neither \(Self.reverse) nor the VPC.",
        "\(centre.id) 的网段与 \(Self.reverse) 及专有网络均不重叠。"))
  }

  /// Where an entry leads to is told by comparison: as to the VPC, or as to the data centre.
  private func vbrReturnRoute(_ target: PathTarget, of centre: DataCentre) -> PathRuling {
    func ruling(
      _ verdict: PathFinding.Verdict, command: String? = nil, _ reason: Phrase, mend: Phrase = Phrase("", "")
    ) -> PathRuling {
      var ruling = PathRuling(verdict, .vbrReturnRoute, at: .expressConnect, reason, mend: mend)
      ruling.command = command
      return ruling
    }
    guard !centre.vbrIds.isEmpty else {
      return ruling(
        .unknown, Phrase("Which VBR joins \(centre.id) isn't known.", "接入 \(centre.id) 的 VBR 未知。"),
        mend: .importing("vpc DescribeVirtualBorderRouters"))
    }
    var unknown: PathRuling?
    for id in centre.vbrIds {
      let vbr = borderRouters.first { $0.id == id }
      let table = routeTables.first { $0.id == vbr?.routeTableId || $0.routerId == id }
      guard let tableId = table?.id ?? vbr?.routeTableId, let entries = routes[tableId] else {
        unknown = ruling(
          .unknown, Phrase("The routes of VBR \(id) aren't known.", "VBR \(id) 的路由未知。"),
          mend: .importing(
            vbr?.routeTableId.map { "vpc DescribeRouteEntryList --RouteTableId \($0)" }
              ?? "vpc DescribeVirtualBorderRouters"))
        continue
      }
      let back = RouteRuling(of: IPv4Set(Self.reverse), by: entries)
      let toCentre = RouteRuling(of: IPv4Set(IPv4Range(target.ip, length: 32)), by: entries).parts.first?.nextHop
      let toVpc = Set(vpc.map { RouteRuling(of: IPv4Set($0.cidrBlocks), by: entries).parts.map(\.nextHop) } ?? [])
      let astray = back.parts.filter { $0.nextHop == toCentre && !toVpc.contains($0.nextHop) }
      let missing = table?.isWhole == true ? back.unrouted : .empty
      let command = returnRoute(for: tableId, like: entries)
      let mend = Phrase(
        "Add a route for \(Self.reverse) with the VPC as its next hop to VBR \(id).",
        "请在 VBR \(id) 中添加 \(Self.reverse) 指向专有网络的路由。")
      if let part = astray.first {
        return ruling(
          .fail, command: command,
          Phrase(
            "VBR \(id) leads \(part.addresses.text) back into the data centre (\(part.destination) to \(part.nextHop)).",
            "VBR \(id) 将 \(part.addresses.text) 又指回 IDC（\(part.destination) 指向 \(part.nextHop)）。"), mend: mend)
      }
      if !missing.isEmpty {
        return ruling(
          .fail, command: command,
          Phrase("VBR \(id) has no route for \(missing.text).", "VBR \(id) 没有 \(missing.text) 的路由。"), mend: mend)
      }
      guard back.unrouted.isEmpty else {
        unknown = ruling(
          .unknown,
          Phrase(
            "Not all routes of VBR \(id) are known, and none of those for \(back.unrouted.text).",
            "VBR \(id) 的路由未全部导入，且其中没有 \(back.unrouted.text) 的路由。"),
          mend: .importing("vpc DescribeRouteEntryList --RouteTableId \(tableId)"))
        continue
      }
      if let other = back.parts.first(where: { !toVpc.contains($0.nextHop) }) {
        unknown = ruling(
          .unknown,
          Phrase(
            "VBR \(id) leads \(other.addresses.text) to \(other.nextHop), which nothing here shows to be the VPC.",
            "VBR \(id) 将 \(other.addresses.text) 指向 \(other.nextHop)，尚无法判断它是否为专有网络。"),
          mend: Phrase("See that it is the VPC's.", "请确认其为专有网络方向。"))
      }
    }
    return unknown
      ?? ruling(
        .pass,
        Phrase(
          "VBR \(centre.vbrIds.joined(separator: ", ")) leads \(Self.reverse) to the VPC.",
          "VBR \(centre.vbrIds.joined(separator: "、")) 将 \(Self.reverse) 指向专有网络。"))
  }

  /// The command that adds the VBR's return route, with the next hop that its routes to the VPC have; nil where that
  /// isn't known.
  private func returnRoute(for table: String, like entries: [RouteEntry]) -> String? {
    guard let vpc else { return nil }
    let there = entries.filter { $0.isAvailable && $0.destination == vpc.cidrBlock }.flatMap(\.nextHops)
    guard there.count == 1, let hop = there.first, !hop.id.isEmpty, !hop.type.isEmpty else { return nil }
    return """
      aliyun vpc CreateRouteEntry --RegionId \(vpc.regionId) --RouteTableId \(table) \
      --DestinationCidrBlock \(Self.reverse) --NextHopType \(hop.type) --NextHopId \(hop.id)
      """
  }

  private func idcReturnRoute(of centre: DataCentre) -> PathRuling {
    func ruling(_ verdict: PathFinding.Verdict, _ reason: Phrase, mend: Phrase = Phrase("", "")) -> PathRuling {
      PathRuling(verdict, .idcReturnRoute, at: .dataCentre, reason, mend: mend)
    }
    guard let routes = centre.routes else {
      return ruling(
        .unknown, Phrase("The routes of \(centre.id)'s gateway aren't known.", "\(centre.id) 网关的路由未知。"),
        mend: Phrase(
          "See that it leads \(Self.reverse) to the VBR.", "请确认网关将 \(Self.reverse) 指向 VBR。"))
    }
    let back = RouteRuling(of: IPv4Set(Self.reverse), by: routes.map { ($0.destination, $0.nextHop) })
    let mend = Phrase(
      "Add a route for \(Self.reverse) to the VBR at the data centre's gateway.",
      "请在 IDC 网关上添加 \(Self.reverse) 指向 VBR 的路由。")
    if !back.unrouted.isEmpty {
      return ruling(
        .fail,
        Phrase(
          "\(centre.id)'s gateway has no route for \(back.unrouted.text).",
          "\(centre.id) 网关没有 \(back.unrouted.text) 的路由。"),
        mend: mend)
    }
    if let part = back.parts.first(where: { !centre.vbrIds.contains($0.nextHop) }) {
      return ruling(
        .fail,
        Phrase(
          "\(centre.id)'s gateway leads \(part.addresses.text) to \(part.nextHop), not to its VBR (\(part.destination)).",
          "\(centre.id) 网关将 \(part.addresses.text) 指向 \(part.nextHop)，而非其 VBR（\(part.destination)）。"), mend: mend)
    }
    return ruling(
      .pass,
      Phrase("\(centre.id)'s gateway leads \(Self.reverse) to the VBR.", "\(centre.id) 网关将 \(Self.reverse) 指向 VBR。"))
  }

  private func idcFirewall(_ target: PathTarget, of centre: DataCentre) -> PathRuling {
    PathRuling(
      .unknown, .idcFirewall, at: .dataCentre,
      Phrase("Nothing here can see \(centre.id)'s own firewall.", "此处无法看到 \(centre.id) 自己的防火墙。"),
      mend: Phrase(
        "It must let \(Self.reverse) in to \(target.text).", "其须放行 \(Self.reverse) 访问 \(target.text)。"))
  }

  // MARK: GitLab's address

  /// Whether the name that the binding uses leads to this address, and what its port is good for.
  func site(_ target: PathTarget) -> [PathRuling] {
    guard let gitLab else { return [] }
    return [name(of: gitLab, target), port(of: gitLab)]
  }

  private func name(of site: GitLabAddress, _ target: PathTarget) -> PathRuling {
    func ruling(_ ip: String, _ isAllowed: Bool, by source: Phrase) -> PathRuling {
      PathRuling(
        isAllowed ? .pass : .fail, .name, at: .target,
        Phrase(
          "\(site.host) leads to \(ip)\(isAllowed ? "" : ", which the link doesn't let out to"): \(source.en).",
          "\(site.host) 指向 \(ip)\(isAllowed ? "" : "，而链路未放行该地址")。依据：\(source.zh)。"),
        mend: isAllowed
          ? Phrase("", "")
          : Phrase("Allow it in the link, or mend the name.", "请在链路中放行该地址，或更正域名解析。"))
    }
    if let ip = IPv4Address(site.host) {
      return ruling(ip.description, letOut.contains(ip), by: Phrase("as it is written", "地址本身"))
    }
    if let host = hosts.first(where: { $0.name == site.host }) {
      return ruling(host.ip.description, letOut.contains(host.ip), by: Phrase("the link's host names", "链路的主机名"))
    }
    if let tried, let ip = tried.address {
      return ruling(
        ip.description, letOut.contains(ip),
        by: Phrase("tried from \(tried.from), \(tried.at)", "从 \(tried.from) 测试，\(tried.at)"))
    }
    return PathRuling(
      .unknown, .name, at: .target,
      Phrase("What \(site.host) resolves to for a build isn't known.", "构建时 \(site.host) 解析到哪里未知。"),
      mend: Phrase(
        "Give the link the host name with its address, or try GitLab from here.", "请在链路中登记该主机名及地址，或从本机测试 GitLab。"))
  }

  private func port(of site: GitLabAddress) -> PathRuling {
    let isTaken = BindingRules.vendorAccepts(site)
    return PathRuling(
      .pass, .port, at: .target,
      isTaken
        ? Phrase(
          "The vendor takes port \(site.port) of \(site.scheme.rawValue) for webhooks.",
          "厂商接受 \(site.scheme.rawValue) 端口 \(site.port) 用于 Webhook。")
        : Phrase(
          "The vendor doesn't take port \(site.port) of \(site.scheme.rawValue) for webhooks.",
          "厂商不接受 \(site.scheme.rawValue) 端口 \(site.port) 用于 Webhook。"),
      mend: isTaken
        ? Phrase("", "")
        : Phrase("Pushes won't start builds: use another port, or build by hand.", "推送不会触发构建：请更换端口，或手动构建。"))
  }
}
