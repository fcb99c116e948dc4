/// The fields that input can be wrong at, by the names that JSON and the vendor's API have for them.
public enum Field: String, Sendable, Codable, CaseIterable {
  case instanceId = "InstanceId"
  case instanceName = "InstanceName"
  case regionId = "RegionId"
  case specification = "InstanceSpecification"
  case status = "InstanceStatus"
  case vpcId = "VpcId"
  case vpcName = "VpcName"
  case vSwitchId = "VSwitchId"
  case vSwitchName = "VSwitchName"
  case zoneId = "ZoneId"
  case cidrBlock = "CidrBlock"
  case availableIpAddressCount = "AvailableIpAddressCount"
  case linkId = "LinkId"
  case gitLabIntranetIp = "GitLabIntranetIp"
  case allowedIps = "AllowedIps"
  case hosts = "Hosts"
  case networkType = "NetworkType"
  case address = "Address"
  case username = "Username"
  case token = "Token"
  case caFile = "CaFile"
  /// Not typed in: the state of a binding, where it differs.
  case bindingStatus = "Status"

  /// What the vendor's console calls it.
  public var title: Phrase {
    switch self {
    case .instanceId: Phrase("Instance ID", "实例 ID")
    case .instanceName: Phrase("Instance Name", "实例名称")
    case .regionId: Phrase("Region", "地域")
    case .specification: Phrase("Specification", "规格")
    case .status: Phrase("Status", "状态")
    case .vpcId: Phrase("VPC", "专有网络")
    case .vpcName: Phrase("VPC Name", "专有网络名称")
    case .vSwitchId: Phrase("vSwitch", "交换机")
    case .vSwitchName: Phrase("vSwitch Name", "交换机名称")
    case .zoneId: Phrase("Zone", "可用区")
    case .cidrBlock: Phrase("CIDR Block", "网段")
    case .availableIpAddressCount: Phrase("Free IPs", "可用 IP 数")
    case .linkId: Phrase("Link Information", "链路信息")
    case .gitLabIntranetIp: Phrase("GitLab intranet IP address", "GitLab内网IP地址")
    case .allowedIps: Phrase("Other IP addresses to allow", "其它需放行 IP 地址")
    case .hosts: Phrase("Host names", "主机名")
    case .networkType: Phrase("Network Type", "网络类型")
    case .address: Phrase("Address", "地址")
    case .username: Phrase("Username", "用户名称")
    case .token: Phrase("Private Token", "私有Token")
    case .caFile: Phrase("CA file", "CA 文件")
    case .bindingStatus: Phrase("Status", "状态")
    }
  }
}
