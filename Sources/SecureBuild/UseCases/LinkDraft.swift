/// A link as typed into a form or given to a command, before any rule has seen it.
public struct LinkDraft: Sendable, Equatable {
  public var instanceId: String
  public var gitLabIntranetIp: String
  public var allowedIps: [AllowedIpDraft]
  public var hosts: [HostEntryDraft]
  public var vpcId: String
  public var vSwitchId: String

  public init(
    instanceId: String, gitLabIntranetIp: String = "", allowedIps: [AllowedIpDraft] = [], hosts: [HostEntryDraft] = [],
    vpcId: String = "", vSwitchId: String = ""
  ) {
    self.instanceId = instanceId
    self.gitLabIntranetIp = gitLabIntranetIp
    self.allowedIps = allowedIps
    self.hosts = hosts
    self.vpcId = vpcId
    self.vSwitchId = vSwitchId
  }
}

/// `IP[=LABEL]` as typed.
public struct AllowedIpDraft: Sendable, Equatable {
  public var ip: String
  public var label: String

  public init(ip: String, label: String = "") {
    self.ip = ip
    self.label = label
  }

  /// Splits `IP=LABEL` at its first equals sign.
  public init(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(ip: parts.first?.trimmed ?? "", label: parts.count > 1 ? parts[1].trimmed : "")
  }
}

/// `NAME=IP` as typed.
public struct HostEntryDraft: Sendable, Equatable {
  public var name: String
  public var ip: String

  public init(name: String, ip: String) {
    self.name = name
    self.ip = ip
  }

  /// Splits `NAME=IP` at its first equals sign.
  public init(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(name: parts.first?.trimmed ?? "", ip: parts.count > 1 ? parts[1].trimmed : "")
  }
}

/// A change to a link, made upon what the link is when the change commits.
public struct LinkChange: Sendable, Equatable {
  /// A new address of GitLab; only while no binding uses the link.
  public var gitLabIntranetIp: String?
  /// Added, or given a new label.
  public var allow: [AllowedIpDraft]
  public var disallow: [String]
  /// Added, or given a new address.
  public var hosts: [HostEntryDraft]
  public var dropHosts: [String]

  public init(
    gitLabIntranetIp: String? = nil, allow: [AllowedIpDraft] = [], disallow: [String] = [],
    hosts: [HostEntryDraft] = [], dropHosts: [String] = []
  ) {
    self.gitLabIntranetIp = gitLabIntranetIp
    self.allow = allow
    self.disallow = disallow
    self.hosts = hosts
    self.dropHosts = dropHosts
  }
}
