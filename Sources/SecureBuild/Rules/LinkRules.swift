import FlatFiles

/// The vendor's rules for links, and no others: what merely looks odd gets a note.
enum LinkRules {
  /// The reverse access range (反向访问地址段) that build machines come from.
  static let reverseAccess = IPv4Range(IPv4Address(bits: 100 << 24 | 104 << 16), length: 16)

  private static let notUnicast: [(IPv4Range, Phrase)] = [
    (IPv4Range(IPv4Address(bits: 0), length: 8), Phrase("an address of no host", "不代表任何主机的地址")),
    (IPv4Range(IPv4Address(bits: 127 << 24), length: 8), Phrase("a loopback address", "环回地址")),
    (IPv4Range(IPv4Address(bits: 169 << 24 | 254 << 16), length: 16), Phrase("a link-local address", "链路本地地址")),
    (IPv4Range(IPv4Address(bits: 224 << 24), length: 4), Phrase("a multicast address", "组播地址")),
    (IPv4Range(IPv4Address(bits: 240 << 24), length: 4), Phrase("a reserved or broadcast address", "保留或广播地址")),
    (reverseAccess, Phrase("inside the reverse access range 100.104.0.0/16", "反向访问地址段 100.104.0.0/16 内的地址")),
  ]

  /// Reads an address that a link may let out to.
  /// - Throws: `Refusal` at `field`.
  static func address(_ typed: String, at field: Field) throws(Refusal) -> IPv4Address {
    let text = typed.trimmed
    guard !text.isEmpty else { throw Refusal.missing(field, example: "192.168.10.20") }
    guard let address = IPv4Address(text) else {
      throw Refusal(
        .invalidIp, field: field,
        message: Phrase("“\(text)” is not an IPv4 address.", "“\(text)”不是 IPv4 地址。"),
        mend: Phrase(
          "Enter one address of four numbers, such as 192.168.10.20, without a mask or a port.",
          "请输入由四段数字组成的单个地址，例如 192.168.10.20，不带掩码和端口。"))
    }
    if let (_, why) = notUnicast.first(where: { $0.0.contains(address) }) {
      throw Refusal(
        .invalidIp, field: field,
        message: Phrase("\(address) is \(why.en).", "\(address) 是\(why.zh)。"),
        mend: Phrase("Enter the intranet address of the host itself.", "请输入主机自身的内网地址。"))
    }
    return address
  }

  static func allowed(_ typed: AllowedIpDraft) throws(Refusal) -> AllowedIp {
    AllowedIp(ip: try address(typed.ip, at: .allowedIps), label: try label(typed.label))
  }

  /// A label becomes the description of the rule in the managed security group: at most 512 characters at the vendor's
  /// (ECS, AuthorizeSecurityGroupEgress: `Description`).
  private static func label(_ typed: String) throws(Refusal) -> String {
    let label = typed.trimmed
    try ShownText.check(label, .invalidLabel, at: .allowedIps)
    guard label.count <= 512 else {
      throw Refusal(
        .invalidLabel, field: .allowedIps, message: Phrase("A label is at most 512 characters.", "标签最多 512 个字符。"),
        mend: Phrase("Shorten it.", "请缩短标签。"))
    }
    return label
  }

  static func host(_ typed: HostEntryDraft) throws(Refusal) -> HostEntry {
    let name = typed.name.trimmed.lowercased()
    let mend = Phrase(
      "Enter a name and its address as gitlab.corp.example=192.168.10.20.",
      "请以 gitlab.corp.example=192.168.10.20 的形式输入名称和地址。")
    guard HostName.isValid(name) else {
      throw Refusal(
        .invalidHost, field: .hosts, message: Phrase("“\(name)” is not a host name.", "“\(name)”不是合法的主机名。"), mend: mend)
    }
    guard !typed.ip.trimmed.isEmpty else {
      throw Refusal(
        .missing, field: .hosts, message: Phrase("“\(name)” has no address.", "“\(name)”缺少地址。"), mend: mend)
    }
    return HostEntry(name: name, ip: try address(typed.ip, at: .hosts))
  }

  /// The instance must run to take a link or a binding.
  static func runningInstance(_ id: String, in records: some Records) throws -> Instance {
    let instance = try records.instance(id)
    guard instance.status == .running else { throw Refusal.notRunning(instance) }
    return instance
  }

  static func inUse(_ link: Link, by user: Binding, of instance: Instance) -> Refusal {
    let account = [user.username, user.address].filter { !$0.isEmpty }.joined(separator: ", ")
    let what =
      user.state == .draft
      ? Phrase("the draft of a GitLab binding", "GitLab 绑定草稿") : Phrase("the GitLab account", "GitLab 账号")
    return Refusal(
      .linkInUse, field: .linkId,
      message: Phrase(
        "Link \(link.id) is used by \(what.en) of instance \(instance.name) (\(account)).",
        "链路 \(link.id) 正被实例 \(instance.name) 的\(what.zh)（\(account)）使用。"),
      mend: Phrase("Unbind GitLab first.", "请先解绑 GitLab。"))
  }

  static func vpc(_ id: String, for instance: Instance, in records: some Records) throws -> Vpc {
    guard !id.isEmpty else { throw Refusal.missing(.vpcId, example: "vpc-…") }
    let vpc = try records.vpc(id)
    // A region that isn't known may be the same.
    guard vpc.regionId == instance.regionId || vpc.regionId.isEmpty || instance.regionId.isEmpty else {
      throw Refusal(
        .vpcNotInRegion, field: .vpcId,
        message: Phrase(
          "VPC \(vpc.id) is in \(vpc.regionId), the instance in \(instance.regionId).",
          "专有网络 \(vpc.id) 位于 \(vpc.regionId)，而实例位于 \(instance.regionId)。"),
        mend: Phrase("Choose a VPC of the instance's region.", "请选择实例所在地域的专有网络。"))
    }
    return vpc
  }

  static func vSwitch(_ id: String, of vpc: Vpc, zones: ZoneTable, in records: some Records) throws -> VSwitch {
    guard !id.isEmpty else { throw Refusal.missing(.vSwitchId, example: "vsw-…") }
    let vSwitch = try records.vSwitch(id)
    guard vSwitch.vpcId == vpc.id else {
      throw Refusal(
        .vSwitchNotInVpc, field: .vSwitchId,
        message: Phrase(
          "vSwitch \(vSwitch.id) belongs to \(vSwitch.vpcId), not to \(vpc.id).",
          "交换机 \(vSwitch.id) 属于 \(vSwitch.vpcId)，不属于 \(vpc.id)。"),
        mend: Phrase("Choose a vSwitch of that VPC.", "请选择该专有网络下的交换机。"))
    }
    if let refusal = carryRefusal(vSwitch, region: vpc.regionId, zones: zones) { throw refusal }
    return vSwitch
  }

  /// Why a vSwitch can't carry a link; nil when it can, as far as is known.
  static func carryRefusal(_ vSwitch: VSwitch, region: String, zones: ZoneTable) -> Refusal? {
    if let refusal = zoneRefusal(vSwitch.zoneId, region: region, zones: zones) { return refusal }
    guard vSwitch.availableIpAddressCount == 0 else { return nil }
    return Refusal(
      .noFreeIp, field: .vSwitchId,
      message: Phrase(
        "vSwitch \(vSwitch.id) has no free IP address: the link's network interface (ENI) needs one.",
        "交换机 \(vSwitch.id) 没有可用的 IP 地址：链路的弹性网卡（ENI）需要一个。"),
      mend: Phrase("Choose another vSwitch, or free an address in this one.", "请选择其他交换机，或先在该交换机中释放地址。"))
  }

  /// Why no vSwitch in this zone can carry a link; nil when one can.
  static func zoneRefusal(_ zone: String, region: String, zones: ZoneTable) -> Refusal? {
    if zones.carriesMode(zone: zone) { return nil }
    let carrying = zones.region(region)?.zones.joined(separator: ", ") ?? ""
    return Refusal(
      .zoneWithoutMode, field: .vSwitchId,
      message: Phrase(
        "Zone \(zone) does not carry the VPC secure build mode (zone table of \(zones.which.en)).",
        "可用区 \(zone) 不支持 VPC 安全构建模式（可用区表：\(zones.which.zh)）。"),
      mend: carrying.isEmpty
        ? Phrase("No zone of \(region) is known to carry it: use another region.", "\(region) 没有已知支持该模式的可用区，请使用其他地域。")
        : Phrase("Use a vSwitch in one of: \(carrying).", "请使用以下可用区的交换机：\(carrying)。"))
  }
}
