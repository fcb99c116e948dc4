import SecureBuild

/// The vendor of a training world, simulated: it refuses what a trainer says that it does.
struct TrainingVendor: Vendor {
  func allow(_ step: VendorStep, of instance: Instance, in reading: Reading) throws(Refusal) {
    let faults = try reading.trainingFaults()
    let field: Field = step == .link ? .vpcId : .linkId
    guard faults.serviceRole == .authorised else { throw Self.roleMissing(field) }
    guard step == .managedGroup, let quota = faults.groupQuota else { return }
    let count = try Self.groups(in: instance.regionId, reading)
    guard count < quota else { throw Self.quotaReached(count, quota, in: instance.regionId, field) }
  }

  /// Security groups of a region, and those that the vendor made for bindings there.
  private static func groups(in region: String, _ reading: Reading) throws(Refusal) -> Int {
    var count = try reading.inventory(.securityGroup, in: region).count
    for instance in try reading.instances(in: region)
    where try reading.securityGroup(of: instance.id)?.group != nil { count += 1 }
    return count
  }

  /// What the vendor calls it (RAM: `connect-customer-vpc.cr.aliyuncs.com`): it lets Container Registry make ENIs in the
  /// account's VPCs.
  private static let role = "AliyunServiceRoleForContainerRegistryConnectCustomerVPC"

  private static func roleMissing(_ field: Field) -> Refusal {
    Refusal(
      .serviceRoleMissing, field: field,
      message: Phrase(
        "Simulated vendor: Container Registry isn't authorised to act in this account's VPCs. The service role \(role) is missing.",
        "（模拟厂商）容器镜像服务无权访问本账号的专有网络：缺少服务关联角色 \(role)。"),
      mend: Phrase(
        "Really: authorise it in the console when it asks, or have somebody with the right ram:CreateServiceLinkedRole do so. Here: `acr-console train vendor --service-role authorised`.",
        "实际操作：在控制台提示时授权，或由拥有 ram:CreateServiceLinkedRole 权限的人员授权。演练中：`acr-console train vendor --service-role authorised`。"
      ))
  }

  private static func quotaReached(_ count: Int, _ quota: Int, in region: String, _ field: Field) -> Refusal {
    Refusal(
      .groupQuotaReached, field: field,
      vendor: Phrase("The maximum number of security groups is reached.", "安全组数量超过额度限制。"),
      message: Phrase(
        "Simulated vendor: the managed group can't be made, \(region) has \(count) security groups of at most \(quota).",
        "（模拟厂商）无法创建托管安全组：\(region) 已有 \(count) 个安全组，配额为 \(quota)。"),
      mend: Phrase(
        "Really: have the quota raised, or delete a security group that nothing uses. Here: `acr-console train vendor --group-quota none`, or delete one of the inventory.",
        "实际操作：申请提升配额，或删除不再使用的安全组。演练中：`acr-console train vendor --group-quota none`，或从资源中删除一个安全组。"))
  }
}
