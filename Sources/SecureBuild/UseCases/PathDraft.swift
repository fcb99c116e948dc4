/// A link that isn't made yet, or that can't be: what a path check asks of it.
public struct PathDraft: Sendable, Equatable {
  /// Nil where no instance is chosen: then its region isn't known.
  public var instanceId: String?
  public var gitLabIntranetIp: String
  public var allowedIps: [AllowedIpDraft]
  public var hosts: [HostEntryDraft]
  public var vpcId: String
  public var vSwitchId: String
  /// GitLab's address; empty for none.
  public var address: String

  public init(
    instanceId: String? = nil, gitLabIntranetIp: String, allowedIps: [AllowedIpDraft] = [],
    hosts: [HostEntryDraft] = [], vpcId: String, vSwitchId: String, address: String = ""
  ) {
    self.instanceId = instanceId
    self.gitLabIntranetIp = gitLabIntranetIp
    self.allowedIps = allowedIps
    self.hosts = hosts
    self.vpcId = vpcId
    self.vSwitchId = vSwitchId
    self.address = address
  }

  public init(_ link: LinkDraft) {
    self.init(
      instanceId: link.instanceId, gitLabIntranetIp: link.gitLabIntranetIp, allowedIps: link.allowedIps,
      hosts: link.hosts, vpcId: link.vpcId, vSwitchId: link.vSwitchId)
  }
}
