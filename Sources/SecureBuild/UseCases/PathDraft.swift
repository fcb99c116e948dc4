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

extension PathDraft {
  /// What was typed, read.
  struct Read {
    let gitLabIp: IPv4Address
    let allowed: [AllowedIp]
    let hosts: [HostEntry]
    let vpcId: String
    let vSwitchId: String
    let gitLab: GitLabAddress?
  }

  /// - Throws: `Refusal` at the first field that can't be read.
  func read() throws(Refusal) -> Read {
    let gitLabIp = try LinkRules.address(gitLabIntranetIp, at: .gitLabIntranetIp)
    var allowed: [AllowedIp] = []
    for ip in allowedIps { allowed.append(try LinkRules.allowed(ip)) }
    var entries: [HostEntry] = []
    for host in hosts { entries.append(try LinkRules.host(host)) }
    guard !vpcId.trimmed.isEmpty else { throw Refusal.missing(.vpcId, example: "vpc-…") }
    guard !vSwitchId.trimmed.isEmpty else { throw Refusal.missing(.vSwitchId, example: "vsw-…") }
    return Read(
      gitLabIp: gitLabIp, allowed: allowed.filter { $0.ip != gitLabIp }, hosts: entries, vpcId: vpcId.trimmed,
      vSwitchId: vSwitchId.trimmed,
      gitLab: address.trimmed.isEmpty ? nil : try GitLabAddress(parsing: address))
  }

  /// What stands in the way of computing its path, at its field; nil where nothing does.
  public var refusal: Refusal? {
    do throws(Refusal) {
      _ = try read()
      return nil
    } catch { return error }
  }
}
