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
  case namespaceName = "RepoNamespaceName"
  case repoId = "RepoId"
  case repoName = "RepoName"
  case repoType = "RepoType"
  case summary = "Summary"
  case detail = "Detail"
  case codeRepo = "CodeRepo"
  case autoBuild = "AutoBuild"
  case disableCacheBuild = "DisableCacheBuild"
  case buildRuleId = "BuildRuleId"
  case pushType = "PushType"
  case pushName = "PushName"
  case dockerfileLocation = "DockerfileLocation"
  case dockerfileName = "DockerfileName"
  case imageTag = "ImageTag"
  case tagTime = "TagTime"
  case tagCommitId = "TagCommitId"
  case buildArgs = "BuildArgs"
  case platforms = "Platforms"
  case layout = "Layout"
  case registryAddress = "RegistryAddress"
  case registryUsername = "RegistryUsername"
  case registryPassword = "RegistryPassword"
  case plainHttp = "PlainHttp"
  case mirrors = "Mirrors"
  case buildRecordId = "BuildRecordId"
  case lineId = "LineId"
  case entryId = "Id"
  case secondaryCidrBlocks = "SecondaryCidrBlocks"
  case networkAclId = "NetworkAclId"
  case networkAclName = "NetworkAclName"
  case ingressEntries = "IngressAclEntries"
  case egressEntries = "EgressAclEntries"
  case routeTableId = "RouteTableId"
  case routeTableName = "RouteTableName"
  case routeTableType = "RouteTableType"
  case routerId = "RouterId"
  case vSwitchIds = "VSwitchIds"
  case entriesAreWhole = "EntriesAreWhole"
  case destinationCidrBlock = "DestinationCidrBlock"
  case nextHopType = "NextHopType"
  case nextHopId = "NextHopId"
  case securityGroupId = "SecurityGroupId"
  case securityGroupName = "SecurityGroupName"
  case securityGroupIds = "SecurityGroupIds"
  case direction = "Direction"
  case policy = "Policy"
  case ipProtocol = "IpProtocol"
  case portRange = "PortRange"
  case priority = "Priority"
  case peer = "Peer"
  case privateIpAddress = "PrivateIpAddress"
  case loadBalancerName = "LoadBalancerName"
  case listeners = "Listeners"
  case idcName = "IdcName"
  case cidrBlocks = "CidrBlocks"
  case vbrIds = "VbrIds"
  case routes = "Routes"
  case vbrName = "Name"
  case endpointType = "EndpointType"
  case enable = "Enable"
  case aclEnable = "AclEnable"
  case aclEntries = "AclEntries"
  case serviceRole = "ServiceRole"
  case groupQuota = "GroupQuota"
  /// Of the training world.
  case hostName = "Host"
  case hostFault = "Shows"
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
    case .namespaceName: Phrase("Namespace", "命名空间")
    case .repoId: Phrase("Repository", "镜像仓库")
    case .repoName: Phrase("Repository Name", "仓库名称")
    case .repoType: Phrase("Repository Type", "仓库类型")
    case .summary: Phrase("Summary", "摘要")
    case .detail: Phrase("Description", "详细信息")
    case .codeRepo: Phrase("Code Source", "代码源")
    case .autoBuild: Phrase("Automatically build when code changes", "代码变更自动构建")
    case .disableCacheBuild: Phrase("Build without cache", "不使用缓存")
    case .buildRuleId: Phrase("Build Rule", "构建规则")
    case .pushType: Phrase("Type", "类型")
    case .pushName: Phrase("Branch/Tag", "Branch/Tag")
    case .dockerfileLocation: Phrase("Dockerfile Directory", "Dockerfile目录")
    case .dockerfileName: Phrase("Dockerfile Name", "Dockerfile文件名")
    case .imageTag: Phrase("Image Version", "镜像版本")
    case .tagTime: Phrase("Build time in the version", "版本附加构建时间")
    case .tagCommitId: Phrase("Commit ID in the version", "版本附加 Commit ID")
    case .buildArgs: Phrase("Build Arguments", "构建参数")
    case .platforms: Phrase("Build Architecture", "构建架构")
    case .layout: Phrase("OCI layout directory", "OCI 布局目录")
    case .registryAddress: Phrase("Registry address", "镜像服务地址")
    case .registryUsername: Phrase("Registry user", "镜像服务用户名")
    case .registryPassword: Phrase("Registry password", "镜像服务密码")
    case .plainHttp: Phrase("Plain http", "使用 http")
    case .mirrors: Phrase("Base image mirrors", "基础镜像加速地址")
    case .buildRecordId: Phrase("Build Record", "构建记录")
    case .lineId: Phrase("Run-book line", "操作手册条目")
    case .entryId: Phrase("ID", "ID")
    case .secondaryCidrBlocks: Phrase("Secondary CIDR Blocks", "附加网段")
    case .networkAclId: Phrase("Network ACL", "网络 ACL")
    case .networkAclName: Phrase("Network ACL Name", "网络 ACL 名称")
    case .ingressEntries: Phrase("Inbound Rules", "入方向规则")
    case .egressEntries: Phrase("Outbound Rules", "出方向规则")
    case .routeTableId: Phrase("Route Table", "路由表")
    case .routeTableName: Phrase("Route Table Name", "路由表名称")
    case .routeTableType: Phrase("Route Table Type", "路由表类型")
    case .routerId: Phrase("Router (VBR)", "路由器（VBR）")
    case .vSwitchIds: Phrase("vSwitches", "交换机")
    case .entriesAreWhole: Phrase("All Entries Known", "路由条目已全部登记")
    case .destinationCidrBlock: Phrase("Destination CIDR Block", "目标网段")
    case .nextHopType: Phrase("Next Hop Type", "下一跳类型")
    case .nextHopId: Phrase("Next Hop", "下一跳")
    case .securityGroupId: Phrase("Security Group", "安全组")
    case .securityGroupName: Phrase("Security Group Name", "安全组名称")
    case .securityGroupIds: Phrase("Security Groups", "安全组")
    case .direction: Phrase("Direction", "规则方向")
    case .policy: Phrase("Action", "授权策略")
    case .ipProtocol: Phrase("Protocol", "协议类型")
    case .portRange: Phrase("Port Range", "端口范围")
    case .priority: Phrase("Priority", "优先级")
    case .peer: Phrase("Authorization Object", "授权对象")
    case .privateIpAddress: Phrase("Private IPs", "私网 IP")
    case .loadBalancerName: Phrase("SLB Instance Name", "SLB 实例名称")
    case .listeners: Phrase("Listeners", "监听")
    case .idcName: Phrase("Data Centre Name", "数据中心名称")
    case .cidrBlocks: Phrase("CIDR Blocks", "网段")
    case .vbrIds: Phrase("VBRs", "边界路由器")
    case .routes: Phrase("Routes of the Gateway", "网关路由")
    case .vbrName: Phrase("VBR Name", "边界路由器名称")
    case .endpointType: Phrase("Endpoint Type", "访问域名类型")
    case .enable: Phrase("Enabled", "已启用")
    case .aclEnable: Phrase("Access Control", "访问控制")
    case .aclEntries: Phrase("Access List", "访问控制白名单")
    case .serviceRole: Phrase("Service role", "服务关联角色")
    case .groupQuota: Phrase("Quota of security groups", "安全组配额")
    case .hostName: Phrase("Host", "主机")
    case .hostFault: Phrase("What is wrong", "故障")
    case .bindingStatus: Phrase("Status", "状态")
    }
  }
}
