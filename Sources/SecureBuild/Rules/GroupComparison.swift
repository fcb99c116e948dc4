/// The managed group as it is planned beside the real one, line by line, where that was imported.
public struct GroupComparison: Sendable, Equatable {
  public let standing: Standing
  /// The real group; nil where none was imported, or where it isn't known which.
  public let groupId: String?
  /// The imported groups that may be the link's, where it isn't known which.
  public let candidates: [String]
  /// How the real group is known.
  public let provenance: Provenance?
  /// Planned lines in their order, then real ones that aren't planned.
  public let lines: [Line]
  /// What came of it, and what to do where there is something to do.
  public let reason: Phrase
  public let mend: Phrase

  public enum Standing: String, Sendable, CaseIterable {
    case notImported = "NOT_IMPORTED"
    /// Several may be the link's: which one isn't known, so none is compared.
    case ambiguous = "AMBIGUOUS"
    /// The group was imported without its outbound lines.
    case rulesUnknown = "RULES_UNKNOWN"
    case same = "SAME"
    case different = "DIFFERENT"
  }

  /// A line of either, or of both.
  public struct Line: Sendable, Equatable {
    public let verdict: Verdict
    public let planned: SecurityGroupRule?
    public let real: RealRule?
    /// The vendor's names of what differs: `IpProtocol`, `PortRange`, `Policy`, `Priority`.
    public let differs: [String]
    public let reason: Phrase
    public let mend: Phrase

    public enum Verdict: String, Sendable, CaseIterable {
      /// Planned and there.
      case same = "SAME"
      case missing = "MISSING"
      case different = "DIFFERENT"
      /// There, and not planned.
      case unplanned = "UNPLANNED"
      /// There, and denies what isn't planned to be let through anyway.
      case deniesRest = "DENIES_REST"

      /// A sign a cell wide.
      public var mark: String {
        switch self {
        case .same: "✓"
        case .missing: "✗"
        case .different: "≠"
        case .unplanned: "+"
        case .deniesRest: "·"
        }
      }

      public var title: Phrase {
        switch self {
        case .same: Phrase("there", "一致")
        case .missing: Phrase("missing", "缺少")
        case .different: Phrase("differs", "不同")
        case .unplanned: Phrase("extra", "多余")
        case .deniesRest: Phrase("denial", "拒绝其余")
        }
      }
    }

    public var isDifference: Bool { [.missing, .different, .unplanned].contains(verdict) }
  }

  /// A line of the real group.
  public struct RealRule: Sendable, Equatable {
    public let direction: String
    public let policy: String
    public let ipProtocol: String
    public let portRange: String
    /// 1 is highest.
    public let priority: Int
    /// A range, another group, a prefix list; empty where nothing can be read.
    public let peer: String
  }

  public var differences: [Line] { lines.filter(\.isDifference) }
  /// Whether there are lines to look at.
  public var isCompared: Bool { standing == .same || standing == .different }
}

extension GroupComparison {
  /// - Parameters:
  ///   - planned: what the link asks for.
  ///   - real: what was imported of the VPC.
  ///   - provenance: how a group is known, by its id.
  init(
    of link: Link, planned: [SecurityGroupRule], to real: ManagedGroups, provenance: (String) throws -> Provenance?
  ) rethrows {
    guard let group = real.own else {
      candidates = real.candidates.map(\.id)
      (groupId, self.provenance, lines) = (nil, nil, [])
      if real.candidates.isEmpty {
        standing = .notImported
        reason = Phrase(
          "No real managed group of \(link.vpcId) was imported: this is the plan alone.",
          "尚未导入 \(link.vpcId) 的实际托管安全组：以下仅为规划。")
        mend = Phrase(
          "To compare, import what `aliyun ecs DescribeSecurityGroups --VpcId \(link.vpcId)` prints, and `aliyun ecs DescribeSecurityGroupAttribute --Direction all` of the one that is managed.",
          "如需比对，请导入 `aliyun ecs DescribeSecurityGroups --VpcId \(link.vpcId)` 的输出，以及其中托管安全组的 `aliyun ecs DescribeSecurityGroupAttribute --Direction all` 输出。"
        )
      } else {
        standing = .ambiguous
        let ids = candidates.joined(separator: ", ")
        reason = Phrase(
          "Which managed group of \(link.vpcId) is this link's isn't known: \(ids).",
          "\(link.vpcId) 中哪个托管安全组属于该链路未知：\(ids)。")
        mend = Phrase(
          "Nothing is compared: look in the vendor's console whose ENI wears which group.",
          "未作比对：请在厂商控制台确认弹性网卡使用的是哪个安全组。")
      }
      return
    }
    groupId = group.id
    candidates = [group.id]
    self.provenance = try provenance(group.id)
    guard let outbound = group.outbound else {
      (standing, lines) = (.rulesUnknown, [])
      reason = Phrase("The outbound lines of \(group.id) weren't imported.", "尚未导入 \(group.id) 的出方向规则。")
      mend = .importing("ecs DescribeSecurityGroupAttribute --SecurityGroupId \(group.id) --Direction all")
      return
    }
    let lines = Matching(group, outbound, isAllowed: Set(link.allowedIps.map(\.ip))).lines(of: planned)
    self.lines = lines
    let count = lines.count { $0.isDifference }
    standing = count == 0 ? .same : .different
    reason =
      count == 0
      ? Phrase("\(group.id) has what is planned, line by line.", "\(group.id) 与规划逐条一致。")
      : Phrase(
        "\(group.id) differs from the plan in \(count) line\(count == 1 ? "" : "s").", "\(group.id) 与规划有 \(count) 处不同。")
    mend = Phrase("", "")
  }

  /// Finds to each planned line its real one.
  private struct Matching {
    let group: EcsSecurityGroup
    let outbound: [EcsSecurityGroup.Rule]
    /// The link's other IP addresses, which can be edited.
    let isAllowed: Set<IPv4Address>
    private static let allPorts = 1...65535

    init(_ group: EcsSecurityGroup, _ outbound: [EcsSecurityGroup.Rule], isAllowed: Set<IPv4Address>) {
      self.group = group
      self.outbound = outbound
      self.isAllowed = isAllowed
    }

    func lines(of planned: [SecurityGroupRule]) -> [Line] {
      var left = group.rules ?? []
      let lines = planned.map { rule in
        let there = left.filter { !$0.isInbound && $0.peer == .range(rule.cidr) }
        guard let real = there.first(where: isPlain) ?? there.first(where: \.accepts) ?? there.first else {
          return missing(rule)
        }
        // The same line twice is there once.
        left.removeAll { $0 == real || isPlain(real) && isPlain($0) && !$0.isInbound && $0.peer == real.peer }
        return compare(rule, real)
      }
      let ips = planned.map(\.cidr.base)
      return lines + left.map { unplanned($0, ips) }
    }

    /// As the vendor's document has a managed group's lines.
    private func isPlain(_ rule: EcsSecurityGroup.Rule) -> Bool {
      rule.accepts && rule.ipProtocol == "ALL" && rule.ports == .all
    }

    private func letsOut(_ ip: IPv4Address, by rules: [EcsSecurityGroup.Rule]) -> Bool? {
      EcsSecurityGroup.letsOut(to: ip, ports: Self.allPorts, by: rules)
    }

    private func missing(_ rule: SecurityGroupRule) -> Line {
      let ip = rule.cidr.base
      let all =
        letsOut(ip, by: outbound) == true
        ? Phrase(" A wider line lets out to it all the same.", "但有更宽的规则放行该地址。") : Phrase("", "")
      return Line(
        verdict: .missing, planned: rule, real: nil, differs: [],
        reason: Phrase(
          "\(group.id) has no line out to \(rule.cidr).\(all.en)", "\(group.id) 没有到 \(rule.cidr) 的出方向规则。\(all.zh)"),
        mend: isAllowed.contains(ip)
          ? Phrase(
            "Add \(ip) to the link's other IP addresses to allow in the vendor's console; a managed group can't be edited by hand.",
            "请在厂商控制台将 \(ip) 加入链路的“其它需放行 IP 地址”；托管安全组不能手工修改。")
          : Phrase(
            "See in the vendor's console that the link's GitLab intranet IP address is \(ip); a managed group can't be edited by hand.",
            "请在厂商控制台确认链路的“GitLab内网IP地址”为 \(ip)；托管安全组不能手工修改。"))
    }

    private func compare(_ rule: SecurityGroupRule, _ real: EcsSecurityGroup.Rule) -> Line {
      let shown = RealRule(real)
      var differs: [(member: String, planned: String, real: String, name: Phrase)] = []
      if shown.policy != rule.policy { differs.append(("Policy", rule.policy, shown.policy, Phrase("policy", "策略"))) }
      if shown.ipProtocol != rule.ipProtocol {
        differs.append(("IpProtocol", rule.ipProtocol, shown.ipProtocol, Phrase("protocol", "协议")))
      }
      if shown.portRange != rule.portRange {
        differs.append(("PortRange", rule.portRange, shown.portRange, Phrase("ports", "端口")))
      }
      var reason = Phrase(
        differs.map { "\($0.name.en) \($0.real) in place of \($0.planned)" }.joined(separator: ", "),
        differs.map { "\($0.name.zh)为 \($0.real)，规划为 \($0.planned)" }.joined(separator: "；"))
      // The vendor's document names no priority: it differs only where another line goes before.
      let isOverruled = differs.isEmpty && letsOut(rule.cidr.base, by: outbound) != true
      if isOverruled {
        reason = Phrase(
          "its priority is \(real.priority), and a line that drops goes before it", "优先级为 \(real.priority)，有拒绝规则优先于它")
      }
      guard isOverruled || !differs.isEmpty else {
        return Line(
          verdict: .same, planned: rule, real: shown, differs: [],
          reason: Phrase("\(group.id) has it.", "\(group.id) 中已有。"), mend: Phrase("", ""))
      }
      return Line(
        verdict: .different, planned: rule, real: shown, differs: isOverruled ? ["Priority"] : differs.map(\.member),
        reason: Phrase("\(rule.cidr) in \(group.id): \(reason.en).", "\(group.id) 中的 \(rule.cidr)：\(reason.zh)。"),
        mend: notThisLinks)
    }

    private func unplanned(_ real: EcsSecurityGroup.Rule, _ planned: [IPv4Address]) -> Line {
      let shown = RealRule(real)
      let what = "\(shown.ipProtocol) \(shown.portRange)"
      func line(_ reason: Phrase, _ mend: Phrase) -> Line {
        Line(verdict: .unplanned, planned: nil, real: shown, differs: [], reason: reason, mend: mend)
      }
      guard real.accepts else {
        let others = outbound.filter { $0 != real }
        let dropped = real.isInbound ? nil : planned.first { letsOut($0, by: others) != letsOut($0, by: outbound) }
        guard let dropped else {
          return Line(
            verdict: .deniesRest, planned: nil, real: shown, differs: [],
            reason: Phrase("Denies what the link doesn't let through.", "拒绝链路未放行的流量。"), mend: Phrase("", ""))
        }
        return line(
          Phrase(
            "\(group.id) drops what goes out to \(shown.peer) (\(what)), and with it \(dropped).",
            "\(group.id) 拒绝去往 \(shown.peer)（\(what)）的流量，其中包括 \(dropped)。"), notThisLinks)
      }
      guard !real.isInbound else {
        return line(
          Phrase("\(group.id) lets \(shown.peer) in (\(what)).", "\(group.id) 放行来自 \(shown.peer) 的入方向流量（\(what)）。"),
          notThisLinks)
      }
      let ip: IPv4Address? = if case .range(let range) = real.peer, range.length == 32 { range.base } else { nil }
      return line(
        Phrase(
          "\(group.id) also lets out to \(shown.peer) (\(what)).", "\(group.id) 还放行去往 \(shown.peer) 的流量（\(what)）。"),
        ip.map {
          Phrase(
            "If builds need it, allow \($0) on the link here too; else take it out of the link's allowed IPs in the vendor's console.",
            "若构建需要，请在此处的链路中也放行 \($0)；否则请在厂商控制台从链路的放行地址中移除。")
        } ?? notThisLinks)
    }

    private var notThisLinks: Phrase {
      Phrase(
        "The vendor writes these lines from the link, and nobody can edit them: see that \(group.id) is this link's group; if it is, save the link's allowed IPs again in the vendor's console, and import the group again.",
        "这些规则由厂商根据链路生成，不能手工修改：请确认 \(group.id) 属于该链路；若是，请在厂商控制台重新保存链路的放行地址，再导入安全组。")
    }
  }
}

extension GroupComparison.RealRule {
  init(_ rule: EcsSecurityGroup.Rule) {
    direction = rule.isInbound ? "ingress" : "egress"
    policy = rule.accepts ? "Accept" : "Drop"
    ipProtocol = rule.ipProtocol
    portRange = rule.ports.description
    priority = rule.priority
    peer =
      switch rule.peer {
      case .range(let range): range.description
      case .ipv6(let text), .group(let text), .prefixList(let text): text
      case .unknown: ""
      }
  }
}
