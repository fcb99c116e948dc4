import SecureBuild

/// A VPC with its vSwitches, as it is shown.
struct NetworkView: Presentable {
  let vpc: Vpc
  let vSwitches: [VSwitch]

  init(vpc: Vpc, vSwitches: [VSwitch]) {
    self.vpc = vpc
    self.vSwitches = vSwitches
  }

  init(_ network: Network) { self.init(vpc: network.vpc, vSwitches: network.vSwitches) }

  /// As a question before it goes names it.
  var sentence: Phrase {
    let count = vSwitches.count
    return Phrase(
      "VPC \(vpc.id) (\(vpc.cidrBlock)) with \(count) vSwitch\(count == 1 ? "" : "es")",
      "专有网络 \(vpc.id)（\(vpc.cidrBlock)）及其 \(count) 个交换机")
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("VpcId", "专有网络 ID")) { network, _ in network.vpc.id },
      Column(Phrase("Name", "名称")) { network, _ in network.vpc.name },
      Column(Phrase("Region", "地域")) { network, language in
        Phrase.orUnknown(network.vpc.regionId)(language)
      },
      Column(Phrase("Range", "网段")) { network, _ in network.vpc.cidrBlock.description },
      Column(Phrase("vSwitches", "交换机")) { network, _ in network.vSwitches.map(\.id).joined(separator: " ") },
      Column(Phrase("Known", "依据")) { network, language in network.vpc.known.title(language) },
    ]
  }

  static var details: [Column<Self>] {
    columns + [
      Column(Phrase("Notes", "提示")) { network, language in
        ZonesInForce.table.note(on: network.vpc.regionId)?.text(language) ?? ""
      }
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "VpcId": .string(vpc.id), "VpcName": .string(vpc.name), "RegionId": .string(vpc.regionId),
      "CidrBlock": .string(vpc.cidrBlock.description), "VSwitches": .array(vSwitches.map { $0.json(language) }),
      "Known": .string(vpc.known.rawValue), "At": .string(vpc.at.description), "By": .string(vpc.by),
      "Notes": JSONText.notes(ZonesInForce.table.note(on: vpc.regionId), language),
    ]
  }
}

extension VSwitch: Presentable {
  private var carriesMode: Bool { ZonesInForce.table.carriesMode(zone: zoneId) }

  /// Unknown is a word of its own: never enough.
  func freeIpsWord(_ language: Language) -> String {
    availableIpAddressCount.map(String.init) ?? Phrase("unknown", "未知")(language)
  }

  func carriesModeWord(_ language: Language) -> String {
    (carriesMode ? Phrase("yes", "是") : Phrase("no", "否"))(language)
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("VSwitchId", "交换机 ID")) { vSwitch, _ in vSwitch.id },
      Column(Phrase("Name", "名称")) { vSwitch, _ in vSwitch.name },
      Column(Phrase("VPC", "专有网络")) { vSwitch, _ in vSwitch.vpcId },
      Column(Phrase("Zone", "可用区")) { vSwitch, _ in vSwitch.zoneId },
      Column(Phrase("Range", "网段")) { vSwitch, _ in vSwitch.cidrBlock.description },
      Column(Phrase("Carries the mode", "支持安全构建")) { vSwitch, language in
        vSwitch.carriesModeWord(language)
      },
      Column(Phrase("Free IPs", "可用 IP 数")) { vSwitch, language in vSwitch.freeIpsWord(language) },
      Column(Phrase("Known", "依据")) { vSwitch, language in vSwitch.known.title(language) },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "VSwitchId": .string(id), "VSwitchName": .string(name), "VpcId": .string(vpcId), "ZoneId": .string(zoneId),
      "CidrBlock": .string(cidrBlock.description),
      "CarriesMode": [
        "Value": .bool(carriesMode), "Known": .string(Known.computed.rawValue),
        "From": .string(ZonesInForce.table.source),
      ], "Known": .string(known.rawValue), "At": .string(at.description), "By": .string(by),
      "AvailableIpAddressCount": availableIpAddressCount.map(JSONText.number) ?? .null,
    ]
  }
}
