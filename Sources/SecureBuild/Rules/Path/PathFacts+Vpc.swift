/// From the ENI to the edge of the VPC.
extension PathFacts {
  func managedGroup(_ target: PathTarget) -> PathRuling {
    let ip = target.ip
    guard letOut.contains(ip) else {
      return PathRuling(
        .fail, .managedGroup, at: .managedGroup,
        Phrase("The link doesn't let out to \(ip).", "链路未放行 \(ip)。"),
        mend: Phrase(
          "Add it to the link's other IP addresses to allow.", "请将其加入链路的“其它需放行 IP 地址”。"))
    }
    let real = managedGroups
    let ids = real.candidates.map(\.id).joined(separator: ", ")
    func ruling(_ verdict: PathFinding.Verdict, _ reason: Phrase, mend: Phrase = Phrase("", "")) -> PathRuling {
      PathRuling(verdict, .managedGroup, at: .managedGroup, reason, mend: mend)
    }
    guard real.candidates.contains(where: { $0.outbound != nil }) else {
      return ruling(.pass, Phrase("The link lets out to \(ip).", "链路放行 \(ip)。"))
    }
    let answers = real.candidates.map { $0.letsOut(to: ip, ports: ports(of: target)) }
    if answers.allSatisfy({ $0 == true }) {
      return ruling(.pass, Phrase("The link lets out to \(ip), and so does \(ids).", "链路放行 \(ip)，\(ids) 也已放行。"))
    }
    if real.isWhole, answers.allSatisfy({ $0 == false }) {
      let obstacles = Obstacle.all(
        of: IPv4Set(IPv4Range(ip, length: 32)), ports: ports(of: target), by: real.own?.outbound ?? [],
        isInbound: false)
      return ruling(
        .fail,
        obstacles.map { $0.inGroup(adding: Phrase("", "")).reason }.reduce(
          Phrase("The imported managed group \(ids) doesn't let out to \(ip).", "导入的托管安全组 \(ids) 未放行 \(ip)。"), +),
        mend: Phrase(
          "The vendor's link isn't as it is written down here: add the address to it in the vendor's console, and import the group again.",
          "厂商侧链路与此处登记的不一致：请在厂商控制台补充该地址，然后重新导入安全组。"))
    }
    if let own = real.own {
      return ruling(
        .unknown,
        Phrase(
          "Whether \(own.id) lets out to \(ip) depends on a prefix list, on another group, or on the port.",
          "\(own.id) 是否放行 \(ip) 取决于前缀列表、其他安全组或端口。"),
        mend: Phrase("Compare its lines in the ECS console.", "请在 ECS 控制台核对其规则。"))
    }
    return ruling(
      .unknown,
      answers.contains(true) && answers.contains(false)
        ? Phrase(
          "Of the managed groups in the VPC some let out to \(ip) and some don't: \(ids).",
          "专有网络内的托管安全组对 \(ip) 放行不一：\(ids)。")
        : Phrase(
          "Which managed group of the VPC is this link's isn't known, and \(ids) isn't known to let out to \(ip).",
          "专有网络内哪个托管安全组属于该链路未知，且未知 \(ids) 是否放行 \(ip)。"),
      mend: Phrase(
        "Look in the vendor's console which of them this link has.", "请在厂商控制台确认该链路使用哪个安全组。"))
  }

  var zone: PathRuling {
    guard let vSwitch else {
      return PathRuling(
        .unknown, .zone, at: .vSwitch,
        Phrase("Nothing is known of vSwitch \(vSwitchId).", "没有交换机 \(vSwitchId) 的信息。"),
        mend: .importing("vpc DescribeVSwitches"))
    }
    guard vSwitch.vpcId == vpcId else {
      return PathRuling(
        .fail, .zone, at: .vSwitch,
        Phrase(
          "vSwitch \(vSwitch.id) belongs to \(vSwitch.vpcId), not to \(vpcId).",
          "交换机 \(vSwitch.id) 属于 \(vSwitch.vpcId)，不属于 \(vpcId)。"),
        mend: Phrase("Choose a vSwitch of that VPC.", "请选择该专有网络下的交换机。"))
    }
    guard let vpc, let regionId, !regionId.isEmpty else {
      return PathRuling(
        .unknown, .zone, at: .vSwitch,
        vpc == nil
          ? Phrase("Nothing is known of VPC \(vpcId).", "没有专有网络 \(vpcId) 的信息。")
          : Phrase("The instance's region isn't known.", "实例的地域未知。"),
        mend: vpc == nil ? .importing("vpc DescribeVpcs") : .importing("cr ListInstance"))
    }
    guard !vpc.regionId.isEmpty else {
      return PathRuling(
        .unknown, .zone, at: .vSwitch,
        Phrase("The region of VPC \(vpc.id) isn't known.", "专有网络 \(vpc.id) 的地域未知。"),
        mend: .importing("vpc DescribeVpcs --VpcId \(vpc.id)"))
    }
    guard vpc.regionId == regionId else {
      return PathRuling(
        .fail, .zone, at: .vSwitch,
        Phrase(
          "VPC \(vpc.id) is in \(vpc.regionId), the instance in \(regionId).",
          "专有网络 \(vpc.id) 位于 \(vpc.regionId)，而实例位于 \(regionId)。"),
        mend: Phrase("Choose a VPC of the instance's region.", "请选择实例所在地域的专有网络。"))
    }
    if let refusal = LinkRules.zoneRefusal(vSwitch.zoneId, region: vpc.regionId, zones: zones) {
      return PathRuling(.fail, .zone, at: .vSwitch, refusal.message, mend: refusal.mend)
    }
    return PathRuling(
      .pass, .zone, at: .vSwitch,
      Phrase(
        "\(vSwitch.zoneId) carries the mode (zone table of \(zones.which.en)).",
        "\(vSwitch.zoneId) 支持该模式（可用区表：\(zones.which.zh)）。"))
  }

  /// Stateless: the way out, and the answers' way in, to the ports that connections are made from.
  func networkAcl(_ target: PathTarget) -> PathRuling {
    func ruling(_ verdict: PathFinding.Verdict, _ reason: Phrase, mend: Phrase = Phrase("", "")) -> PathRuling {
      PathRuling(verdict, .networkAcl, at: .networkAcl, reason, mend: mend)
    }
    if let vSwitch, vSwitch.vpcId == vpcId, vSwitch.cidrBlock.contains(target.ip) {
      return ruling(
        .pass,
        Phrase("\(target.ip) is in the vSwitch itself: no network ACL is asked.", "\(target.ip) 就在该交换机内，不经过网络 ACL。"))
    }
    let bound = networkAcls.first { $0.id == vSwitch?.networkAclId || $0.vSwitchIds.contains(vSwitchId) }
    guard let acl = bound else {
      switch vSwitch?.networkAclId {
      case "": return ruling(.pass, Phrase("The vSwitch has no network ACL.", "该交换机未绑定网络 ACL。"))
      case nil:
        return ruling(
          .unknown, Phrase("Whether the vSwitch has a network ACL isn't known.", "该交换机是否绑定网络 ACL 未知。"),
          mend: .importing("vpc DescribeVSwitches"))
      case let id?:
        return ruling(
          .unknown, Phrase("The entries of network ACL \(id) aren't known.", "网络 ACL \(id) 的规则未知。"),
          mend: .importing("vpc DescribeNetworkAclAttributes --NetworkAclId \(id)"))
      }
    }
    guard let egress = acl.egress, let ingress = acl.ingress else {
      return ruling(
        .unknown, Phrase("The entries of network ACL \(acl.id) aren't known.", "网络 ACL \(acl.id) 的规则未知。"),
        mend: .importing("vpc DescribeNetworkAclAttributes --NetworkAclId \(acl.id)"))
    }
    let there = IPv4Set(IPv4Range(target.ip, length: 32))
    let outbound = GroupRuling.ordered(egress, isInbound: false)
    let inbound = GroupRuling.ordered(ingress, isInbound: true)
    let out = GroupRuling(of: there, ports: ports(of: target), by: outbound, isInbound: false)
    let back = GroupRuling(of: there, ports: Self.clientPorts, by: inbound, isInbound: true)
    if let way = Obstacle.all(of: out.dropped, ports: ports(of: target), by: outbound, isInbound: false).first?
      .inNetworkAcl(
        adding: Phrase(
          "Add an outbound entry for \(target.ip)/32, TCP, \(portText(target).en)",
          "请添加出方向规则：\(target.ip)/32，TCP，\(portText(target).zh)"))
    {
      return ruling(
        .fail,
        Phrase(
          "Network ACL \(acl.id) drops what goes out to \(target.text).", "网络 ACL \(acl.id) 丢弃去往 \(target.text) 的流量。")
          + way.reason, mend: way.mend)
    }
    let answers = Self.clientPorts
    if let way = Obstacle.all(of: back.dropped, ports: answers, by: inbound, isInbound: true).first?
      .inNetworkAcl(
        adding: Phrase(
          "Add an inbound entry for \(target.ip)/32, TCP, ports \(answers.lowerBound)/\(answers.upperBound)",
          "请添加入方向规则：\(target.ip)/32，TCP，端口 \(answers.lowerBound)/\(answers.upperBound)"))
    {
      return ruling(
        .fail,
        Phrase("Network ACL \(acl.id) drops the answers of \(target.ip).", "网络 ACL \(acl.id) 丢弃 \(target.ip) 的应答流量。")
          + way.reason, mend: way.mend + Phrase("Network ACLs keep no state.", "网络 ACL 无状态。"))
    }
    if !out.undecided.isEmpty || !back.undecided.isEmpty {
      return ruling(
        .unknown,
        Phrase(
          "Network ACL \(acl.id) lets some ports through and not others.", "网络 ACL \(acl.id) 只放行部分端口。"),
        mend: Phrase(
          "Compare its entries with the port of \(target.ip).", "请对照 \(target.ip) 的端口核对其规则。"))
    }
    return ruling(.pass, Phrase("Network ACL \(acl.id) lets it out and the answers in.", "网络 ACL \(acl.id) 放行去程与应答。"))
  }

  /// What connections are made from, by Linux's default (`ip_local_port_range`).
  static let clientPorts = 32768...60999

  func vpcRoute(_ target: PathTarget) -> PathRuling {
    func ruling(_ verdict: PathFinding.Verdict, _ reason: Phrase, mend: Phrase = Phrase("", "")) -> PathRuling {
      PathRuling(verdict, .vpcRoute, at: .route, reason, mend: mend)
    }
    let ip = target.ip
    guard vpc != nil else {
      return ruling(
        .unknown, Phrase("Nothing is known of VPC \(vpcId).", "没有专有网络 \(vpcId) 的信息。"),
        mend: .importing("vpc DescribeVpcs"))
    }
    let table = routeTable
    let ways = RouteRuling(
      of: IPv4Set(IPv4Range(ip, length: 32)), by: (table.flatMap { routes[$0.id] } ?? []))
    let way = ways.parts.first
    if isInVpc(ip) {
      guard let way, !way.nextHop.lowercased().hasPrefix("local"), way.destination.length > 0,
        !(vpc?.cidrBlocks.contains { way.destination.contains($0) } ?? false)
      else {
        return ruling(.pass, Phrase("\(ip) is in the VPC itself.", "\(ip) 位于专有网络内部。"))
      }
      return ruling(
        .unknown,
        Phrase(
          "\(ip) is in the VPC, but \(way.destination) leads to \(way.nextHop) first.",
          "\(ip) 位于专有网络内，但 \(way.destination) 先指向 \(way.nextHop)。"),
        mend: Phrase("See that it lets the traffic on.", "请确认其会继续转发。"))
    }
    if let way {
      return ruling(
        .pass, Phrase("\(way.destination) leads to \(way.nextHop).", "\(way.destination) 指向 \(way.nextHop)。"))
    }
    guard let table, table.isWhole else {
      return ruling(
        .unknown, Phrase("The VPC's routes to \(ip) aren't known.", "专有网络去往 \(ip) 的路由未知。"),
        mend: .importing(
          table.map { "vpc DescribeRouteEntryList --RouteTableId \($0.id)" }
            ?? "vpc DescribeRouteTableList --VpcId \(vpcId)"))
    }
    return ruling(
      .fail, Phrase("Route table \(table.id) has no route to \(ip).", "路由表 \(table.id) 没有去往 \(ip) 的路由。"),
      mend: Phrase(
        "Add one for the data centre's range, by Express Connect or CEN, to that table.",
        "请在该路由表中添加去往 IDC 网段的路由（高速通道或 CEN）。"))
  }

  /// The vSwitch's own, else the VPC's system table.
  private var routeTable: RouteTable? {
    if let id = vSwitch?.routeTableId, let table = routeTables.first(where: { $0.id == id }) { return table }
    let own = routeTables.filter { $0.vpcId == vpcId }
    return own.first { $0.vSwitchIds.contains(vSwitchId) } ?? own.first { $0.isSystem == true && $0.vSwitchIds.isEmpty }
  }

  func ports(of target: PathTarget) -> ClosedRange<Int> { target.port.map { $0...$0 } ?? 1...65535 }

  /// As a rule wants it.
  func portText(_ target: PathTarget) -> Phrase {
    target.port.map { Phrase("\($0)/\($0)", "\($0)/\($0)") } ?? Phrase("its port", "其端口")
  }
}
