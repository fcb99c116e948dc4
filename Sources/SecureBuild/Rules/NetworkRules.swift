/// What networks that are written down by hand must be.
enum NetworkRules {
  /// A name may be missing and need not be unique.
  static func name(_ typed: String, at field: Field) throws(Refusal) -> String {
    let name = typed.trimmed
    try ShownText.check(name, .invalidName, at: field)
    guard name.count <= 128 else {
      throw Refusal(
        .invalidName, field: field, message: Phrase("A name is at most 128 characters.", "名称最多 128 个字符。"),
        mend: Phrase("Shorten it.", "请缩短名称。"))
    }
    return name
  }

  static func range(_ typed: String, at field: Field = .cidrBlock) throws(Refusal) -> IPv4Range {
    let text = typed.trimmed
    guard !text.isEmpty else { throw Refusal.missing(field, example: "192.168.0.0/16") }
    guard text.contains("/"), let range = IPv4Range(text), range.description == text else {
      let mend = IPv4Range(text).map { $0.description } ?? "192.168.0.0/16"
      throw Refusal(
        .invalidCidr, field: field,
        message: Phrase("“\(text)” is not an IPv4 range.", "“\(text)”不是 IPv4 网段。"),
        mend: Phrase("Enter a range with its first address, such as \(mend).", "请以起始地址加掩码的形式输入，例如 \(mend)。"))
    }
    return range
  }

  /// A part of the VPC's ranges that no other vSwitch has.
  /// - Parameter own: the vSwitch that has it; nil for a new one.
  static func freeRange(
    _ typed: String, in vpc: Vpc, except own: String? = nil, of records: some Records
  ) throws -> IPv4Range {
    let range = try range(typed)
    let others = try records.all(.vSwitch, as: VSwitch.self, where: .vpcId, is: vpc.id).filter { $0.id != own }
    try check(range, in: vpc, beside: others)
    return range
  }

  /// How many addresses may be free: the vendor keeps the first and the last three of each vSwitch.
  static func freeIps(_ count: Int?, of range: IPv4Range) throws(Refusal) -> Int? {
    guard let count else { return nil }
    let most = max(0, (1 << (32 - range.length)) - 4)
    guard (0...most).contains(count) else {
      throw Refusal(
        .invalidCount, field: .availableIpAddressCount,
        message: Phrase("\(range) can't have \(count) free addresses.", "\(range) 不可能有 \(count) 个可用地址。"),
        mend: Phrase(
          "Enter 0 to \(most), or leave it out where it isn't known.", "请输入 0 到 \(most)；未知时请勿填写。"))
    }
    return count
  }

  private static func check(_ range: IPv4Range, in vpc: Vpc, beside others: [VSwitch]) throws(Refusal) {
    guard vpc.cidrBlocks.contains(where: { $0.contains(range) }) else {
      let ranges = vpc.cidrBlocks.map(\.description)
      let (en, zh) = (ranges.joined(separator: ", "), ranges.joined(separator: "、"))
      throw Refusal(
        .cidrOutsideVpc, field: .cidrBlock,
        message: Phrase("\(range) lies outside the VPC's range \(en).", "\(range) 不在专有网络网段 \(zh) 内。"),
        mend: Phrase("Enter a part of \(en).", "请输入 \(zh) 的一部分。"))
    }
    if let other = others.first(where: { $0.cidrBlock.overlaps(range) }) {
      throw Refusal(
        .cidrOverlaps, field: .cidrBlock,
        message: Phrase(
          "\(range) overlaps \(other.cidrBlock) of vSwitch \(other.id).",
          "\(range) 与交换机 \(other.id) 的 \(other.cidrBlock) 重叠。"),
        mend: Phrase("Enter a range that is free.", "请输入未被占用的网段。"))
    }
  }

  // MARK: What an edit must leave as it is

  /// A VPC's ranges lie apart, and hold its vSwitches.
  static func checkRanges(of vpc: InventoryObject, in records: some Records) throws {
    let ranges = ([vpc.text(.cidrBlock)] + vpc.texts(.secondaryCidrBlocks)).compactMap { IPv4Range($0) }
    for (index, range) in ranges.enumerated() {
      guard let other = ranges[..<index].first(where: { $0.overlaps(range) }) else { continue }
      throw Refusal(
        .cidrOverlaps, field: .secondaryCidrBlocks,
        message: Phrase("\(range) overlaps \(other).", "\(range) 与 \(other) 重叠。"),
        mend: Phrase("Enter a range that is free.", "请输入未被占用的网段。"))
    }
    let vSwitches = try records.all(.vSwitch, as: VSwitch.self, where: .vpcId, is: vpc.id)
    guard let lost = vSwitches.first(where: { own in !ranges.contains { $0.contains(own.cidrBlock) } }) else { return }
    throw Refusal(
      .cidrOutsideVpc, field: .cidrBlock,
      message: Phrase(
        "vSwitch \(lost.id) has \(lost.cidrBlock), which would lie outside.",
        "交换机 \(lost.id) 的网段 \(lost.cidrBlock) 将不在其内。"),
      mend: Phrase("Keep it inside, or change the vSwitch first.", "请保留该网段，或先修改该交换机。"))
  }

  /// A VPC's region is that of its links' instances and of its vSwitches' zones.
  static func checkRegion(of vpc: InventoryObject, in records: some Records) throws {
    let region = vpc.text(.regionId)
    let using = try records.all(.link, as: Link.self, where: .vpcId, is: vpc.id).map(\.id)
    let elsewhere = try records.all(.vSwitch, as: VSwitch.self, where: .vpcId, is: vpc.id)
      .filter { !$0.zoneId.isEmpty && !$0.zoneId.hasPrefix(region) }.map(\.id)
    try requireNone(using + elsewhere, .vpcInUse, at: .regionId, vpc.id)
  }

  /// A vSwitch stays in its VPC while a link uses it.
  static func checkUnused(_ vSwitch: InventoryObject, in records: some Records) throws {
    let using = try records.all(.link, as: Link.self, where: .vSwitchId, is: vSwitch.id).map(\.id)
    try requireNone(using, .vSwitchInUse, at: .vpcId, vSwitch.id)
  }

  private static func requireNone(_ users: [String], _ code: Code, at field: Field, _ id: String) throws(Refusal) {
    guard !users.isEmpty else { return }
    throw Refusal(
      code, field: field,
      message: Phrase(
        "\(id) has or is used by \(users.joined(separator: ", ")), which this would not fit.",
        "\(users.joined(separator: "、")) 属于或正在使用 \(id)，与此修改不符。"),
      mend: Phrase("Delete or change those first.", "请先删除或修改它们。"))
  }
}
