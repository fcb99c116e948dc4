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

  static func range(_ typed: String) throws(Refusal) -> IPv4Range {
    let text = typed.trimmed
    guard !text.isEmpty else { throw Refusal.missing(.cidrBlock, example: "192.168.0.0/16") }
    guard text.contains("/"), let range = IPv4Range(text), range.description == text else {
      let mend = IPv4Range(text).map { $0.description } ?? "192.168.0.0/16"
      throw Refusal(
        .invalidCidr, field: .cidrBlock,
        message: Phrase("“\(text)” is not an IPv4 range.", "“\(text)”不是 IPv4 网段。"),
        mend: Phrase("Enter a range with its first address, such as \(mend).", "请以起始地址加掩码的形式输入，例如 \(mend)。"))
    }
    return range
  }

  /// A part of the VPC's range that no other vSwitch has.
  static func freeRange(_ typed: String, in vpc: Vpc, of records: some Records) throws -> IPv4Range {
    let range = try range(typed)
    try check(range, in: vpc, beside: try records.all(.vSwitch, as: VSwitch.self, where: .vpcId, is: vpc.id))
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
    guard vpc.cidrBlock.contains(range) else {
      throw Refusal(
        .cidrOutsideVpc, field: .cidrBlock,
        message: Phrase(
          "\(range) lies outside the VPC's range \(vpc.cidrBlock).", "\(range) 不在专有网络网段 \(vpc.cidrBlock) 内。"),
        mend: Phrase("Enter a part of \(vpc.cidrBlock).", "请输入 \(vpc.cidrBlock) 的一部分。"))
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
}
