/// What one rule says of one hop on the way from the build machine's ENI to an address.
public struct PathFinding: Sendable, Equatable {
  public let target: PathTarget
  public let hop: PathHop
  public let rule: PathRule
  public let verdict: Verdict
  /// Why.
  public let reason: Phrase
  /// What to do: to mend what fails, to look up what isn't known; where a hop passes, a warning's. Empty
  /// where there is nothing to do.
  public let mend: Phrase
  /// The vendor's CLI command that mends it, where there is one and all that it takes is known.
  public let command: String?
  /// Whether the vendor's document asks for it; what it doesn't ask for never fails a path.
  public let isDecisive: Bool

  public enum Verdict: String, Sendable, CaseIterable {
    case pass = "PASS"
    case fail = "FAIL"
    /// What it needs to know isn't known; never taken for a pass.
    case unknown = "UNKNOWN"

    public var title: Phrase {
      switch self {
      case .pass: Phrase("passes", "通过")
      case .fail: Phrase("fails", "不通过")
      case .unknown: Phrase("not known", "未知")
      }
    }
  }

  /// A sign a cell wide.
  public var mark: String {
    switch verdict {
    case .pass: isWarning ? "!" : "✓"
    case .fail: "✗"
    case .unknown: "?"
    }
  }

  /// Whether it says, for sure, of what stands at the address whether it lets builds in and their answers back.
  var isArrival: Bool {
    isDecisive && [.ecs, .slb, .expressConnect, .dataCentre].contains(hop)
  }

  /// It passes, and something should be done all the same.
  public var isWarning: Bool { verdict == .pass && !mend.en.isEmpty }
}

/// An address that a link lets out to.
public struct PathTarget: Sendable, Hashable {
  public let ip: IPv4Address
  /// Nil where nobody said which.
  public let port: Int?
  /// `GitLab`, or what an allowed address is called.
  public let label: String
  public let isGitLab: Bool

  public init(ip: IPv4Address, port: Int? = nil, label: String = "", isGitLab: Bool = false) {
    self.ip = ip
    self.port = port
    self.label = label
    self.isGitLab = isGitLab
  }

  /// With its label: `GitLab 192.168.10.20:80`.
  public var title: String { label.isEmpty ? text : "\(label) \(text)" }

  /// `192.168.10.20:80`.
  public var text: String { port.map { "\(ip):\($0)" } ?? ip.description }
}

/// The rules of a path, by the ids that scripts rely on.
public enum PathRule: String, Sendable, CaseIterable {
  case managedGroup = "managed-group"
  case zone
  case networkAcl = "network-acl"
  case vpcRoute = "vpc-route"
  case ecsInbound = "ecs-inbound"
  case slbListener = "slb-listener"
  case idcOverlap = "idc-overlap"
  case vbrReturnRoute = "vbr-return-route"
  case idcReturnRoute = "idc-return-route"
  case idcFirewall = "idc-firewall"
  case name
  case port

  public var title: Phrase {
    switch self {
    case .managedGroup: Phrase("The managed group lets out to it", "托管安全组放行该地址")
    case .zone: Phrase("The vSwitch can carry the link", "交换机可承载链路")
    case .networkAcl: Phrase("The vSwitch's network ACL lets it through", "交换机的网络 ACL 放行")
    case .vpcRoute: Phrase("The VPC has a route to it", "专有网络有去往该地址的路由")
    case .ecsInbound: Phrase("Its security groups let builds in", "目标 ECS 的安全组放行构建流量")
    case .slbListener: Phrase("The SLB listens, and its access list lets in", "SLB 有监听且访问控制放行")
    case .idcOverlap: Phrase("The data centre's ranges overlap nothing", "IDC 网段不重叠")
    case .vbrReturnRoute: Phrase("The VBR has a return route", "VBR 有回程路由")
    case .idcReturnRoute: Phrase("The data centre has a return route", "IDC 有回程路由")
    case .idcFirewall: Phrase("The data centre's firewall lets it in", "IDC 防火墙放行")
    case .name: Phrase("The host name leads to it", "域名解析到该地址")
    case .port: Phrase("The port is one that webhooks may use", "端口可用于 Webhook")
    }
  }
}

/// The places on the way, in their order.
public enum PathHop: String, Sendable, CaseIterable, Comparable {
  case managedGroup = "MANAGED_GROUP"
  case vSwitch = "VSWITCH"
  case networkAcl = "NETWORK_ACL"
  case route = "VPC_ROUTE"
  case ecs = "ECS"
  case slb = "SLB"
  case expressConnect = "EXPRESS_CONNECT"
  case dataCentre = "IDC"
  case target = "TARGET"

  public var title: Phrase {
    switch self {
    case .managedGroup: Phrase("Managed group", "托管安全组")
    case .vSwitch: Phrase("vSwitch", "交换机")
    case .networkAcl: Phrase("Network ACL", "网络 ACL")
    case .route: Phrase("VPC route", "VPC 路由")
    case .ecs: Phrase("ECS security groups", "ECS 安全组")
    case .slb: Phrase("SLB", "SLB")
    case .expressConnect: Phrase("Express Connect", "高速通道")
    case .dataCentre: Phrase("Data centre", "IDC")
    case .target: Phrase("Target", "目标")
    }
  }

  public static func < (a: Self, b: Self) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}

extension Refusal {
  /// How a check of a path ends where a hop fails.
  public static func pathFails(_ finding: PathFinding) -> Refusal {
    Refusal(
      .pathFails,
      message: Phrase(
        "The path to \(finding.target.text) fails at \(finding.hop.title.en) (\(finding.rule.rawValue)): \(finding.reason.en)",
        "到 \(finding.target.text) 的路径在“\(finding.hop.title.zh)”不通（\(finding.rule.rawValue)）：\(finding.reason.zh)"),
      mend: finding.mend)
  }
}
