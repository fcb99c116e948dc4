import FlatFiles

extension VSwitch {
  /// What decoding the record gives, many times faster: a region may have tens of thousands.
  /// - Throws: what decoding throws.
  init(of record: Record) throws {
    if let read = VSwitch(peeking: record) {
      self = read
    } else {
      self = try record.decode(VSwitch.self)
    }
  }

  /// Nil where the record isn't as this program writes it: decoding says what is wrong, if anything is.
  private init?(peeking record: Record) {
    guard let values = record.values(of: Self.members), values.count == Self.members.count,
      let id = values[0]?.text, let name = values[1]?.text, let vpcId = values[2]?.text, let zoneId = values[3]?.text,
      let cidrBlock = values[4]?.text.flatMap({ IPv4Range($0) }),
      let known = values[5]?.text.flatMap(Known.init(rawValue:)), let at = values[6]?.text.flatMap({ Timestamp($0) }),
      let by = values[7]?.text
    else { return nil }
    var (count, acl, table): (Int?, String?, String?) = (nil, nil, nil)
    if let value = values[8] {
      guard let read = value.integer else { return nil }
      count = read
    }
    if let value = values[9] {
      guard let read = value.text else { return nil }
      acl = read
    }
    if let value = values[10] {
      guard let read = value["RouteTableId"]?.text else { return nil }
      table = read
    }
    self.init(
      id: id, name: name, vpcId: vpcId, zoneId: zoneId, cidrBlock: cidrBlock, availableIpAddressCount: count,
      networkAclId: acl, routeTableId: table, known: known, at: at, by: by)
  }

  private static let members = [
    CodingKeys.id, .name, .vpcId, .zoneId, .cidrBlock, .known, .at, .by, .availableIpAddressCount, .networkAclId,
    .routeTable,
  ].map(\.rawValue)
}
