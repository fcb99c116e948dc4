import SecureBuild

/// What tests begin with, made by the use cases themselves.
enum Worlds {
  static let instance = "cri-local-0000000001"
  static let vpc = "vpc-local-0000000001"
  static let link = "link-local-0000000001"

  /// Four instances in Hangzhou, one elsewhere; a VPC with a vSwitch that carries the mode and one that doesn't.
  static func plain(_ workspace: Workspace) throws {
    let states = [
      ("build-prod", "RUNNING"), ("build-staging", "RUNNING"), ("archive", "STOPPED"), ("new-one", "STARTING"),
    ]
    for (name, status) in states {
      _ = try workspace.createInstance(
        name: name, region: "cn-hangzhou", specification: "Enterprise_Advanced", status: status)
    }
    _ = try workspace.createInstance(name: "eu-build", region: "eu-central-1", specification: "Enterprise_Basic")
    _ = try workspace.addVpc(region: "cn-hangzhou", cidr: "192.168.0.0/16", name: "corp")
    _ = try workspace.addVSwitch(vpc: vpc, zone: "cn-hangzhou-i", cidr: "192.168.10.0/24", name: "build")
    _ = try workspace.addVSwitch(vpc: vpc, zone: "cn-hangzhou-b", cidr: "192.168.20.0/24", name: "old")
  }

  static func withLink(_ workspace: Workspace) throws {
    try plain(workspace)
    _ = try workspace.createLink(
      LinkDraft(
        instanceId: instance, gitLabIntranetIp: "192.168.10.20",
        allowedIps: [AllowedIpDraft("192.168.10.30=Maven"), AllowedIpDraft("192.168.10.31=npm")],
        hosts: [HostEntryDraft("gitlab.corp.example=192.168.10.20")], vpcId: vpc, vSwitchId: "vsw-local-0000000001"))
  }
}
