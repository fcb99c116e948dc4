import FlatFiles

/// What a value of the inventory that is written down by hand must be.
enum InventoryRules {
  /// A text as it is kept, of what was typed.
  /// - Throws: `Refusal` at `field`.
  static func text(
    _ typed: String, _ takes: InventoryField.Takes, at field: Field, in records: some Records
  ) throws -> String {
    let text = typed.trimmed
    switch takes {
    case .name: return try NetworkRules.name(text, at: field)
    case .word:
      try ShownText.check(text, .invalidValue, at: field)
      return text
    case .region: return try InstanceRules.region(text)
    // Whose region it must be in, the whole entry tells.
    case .zone: return text
    case .range: return try NetworkRules.range(text, at: field).description
    case .rangeOrAddress: return try rangeOrAddress(text, at: field)
    case .address: return try LinkRules.address(text, at: field).description
    case .count:
      guard let count = Int(text) else {
        throw Refusal(
          .invalidCount, field: field, message: Phrase("“\(text)” is not a number.", "“\(text)”不是数字。"),
          mend: Phrase("Enter a number, or nothing where it isn't known.", "请输入数字；未知时请留空。"))
      }
      return "\(count)"
    case .number(let range):
      guard let number = Int(text), range.contains(number) else {
        throw wrong(
          text, at: field,
          mend: Phrase(
            "Enter \(range.lowerBound) to \(range.upperBound).", "请输入 \(range.lowerBound) 到 \(range.upperBound)。"))
      }
      return "\(number)"
    case .ports:
      guard let ports = text.lowercased() == "all" ? .all : PortRange(text.contains("/") ? text : "\(text)/\(text)")
      else {
        throw wrong(
          text, at: field,
          mend: Phrase(
            "Enter ports such as 443/443 or 1/65535, or `all`.", "请输入端口，例如 443/443、1/65535，全部为 all。"))
      }
      return ports.description
    case .flag: return try word(text, of: ["true", "false"], at: field)
    case .choice(let words): return try word(text, of: words, at: field)
    case .instance: return try records.instance(text).id
    case .reference(let kind):
      guard try records.has(kind, text) else { throw Refusal.noSuch(kind, text, at: field) }
      return text
    case .peer: return try peer(text, at: field)
    case .parts(let parts, _):
      let values = InventoryField.Takes.split(text, into: parts.count)
      guard values.count >= parts.count(where: { !$0.isOptional }) else {
        throw wrong(
          text, at: field,
          mend: Phrase(
            "Enter \(takes.placeholder), such as \(takes.example).", "请按 \(takes.placeholder) 输入，例如 \(takes.example)。"))
      }
      return try zip(values, parts).map { try Self.text($0, $1.takes, at: field, in: records) }
        .joined(separator: parts.count > 2 ? "," : "=")
    }
  }

  /// What is wrong with an entry as a whole, each at its field.
  /// - Parameters:
  ///   - changed: the fields that were typed.
  ///   - bad: those whose value is wrong by itself: what depends on them is not looked at.
  static func problems(
    of entry: InventoryObject, changed: Set<Field>, bad: Set<Field>, in records: some Records
  ) -> [Refusal] {
    var problems: [Refusal] = []
    func check(_ fields: Set<Field>, _ rule: () throws -> Void) {
      guard !changed.isDisjoint(with: fields), bad.isDisjoint(with: fields) else { return }
      do { try rule() } catch { problems.append(Refusal(error)) }
    }
    switch entry.kind {
    case .vpc:
      check([.cidrBlock, .secondaryCidrBlocks]) { try NetworkRules.checkRanges(of: entry, in: records) }
      check([.regionId]) { try NetworkRules.checkRegion(of: entry, in: records) }
    case .vSwitch:
      check([.vpcId]) { try NetworkRules.checkUnused(entry, in: records) }
      check([.vpcId, .zoneId]) {
        let region = try records.vpc(entry.text(.vpcId)).regionId
        _ = try InstanceRules.zone(entry.text(.zoneId), of: region)
      }
      check([.vpcId, .cidrBlock]) {
        let vpc = try records.vpc(entry.text(.vpcId))
        _ = try NetworkRules.freeRange(entry.text(.cidrBlock), in: vpc, except: entry.id, of: records)
      }
      check([.cidrBlock, .availableIpAddressCount]) {
        let range = try NetworkRules.range(entry.text(.cidrBlock))
        _ = try NetworkRules.freeIps(Int(entry.text(.availableIpAddressCount)), of: range)
      }
    case .ecs:
      check([.vpcId, .privateIpAddress]) {
        let vpc = try records.vpc(entry.text(.vpcId))
        for ip in entry.texts(.privateIpAddress).compactMap({ IPv4Address($0) })
        where !vpc.cidrBlocks.contains(where: { $0.contains(ip) }) {
          throw Refusal(
            .invalidIp, field: .privateIpAddress,
            message: Phrase("\(ip) is in no range of \(vpc.id).", "\(ip) 不在 \(vpc.id) 的网段内。"),
            mend: Phrase("Enter its private IP in the VPC.", "请输入其在专有网络中的私网 IP。"))
        }
      }
    case .routeTable:
      check([.vpcId, .routerId]) {
        if entry.text(.vpcId).isEmpty, entry.text(.routerId).isEmpty { throw Refusal.missing(.vpcId, example: "vpc-…") }
      }
    case .securityGroupRule: check([.securityGroupId]) { _ = try rules(of: entry.text(.securityGroupId), in: records) }
    case .route, .borderRouter, .networkAcl, .securityGroup, .loadBalancer, .endpoint, .dataCentre:
      break
    }
    return problems
  }

  /// The rules of a group, for one to be written down beside them.
  /// - Throws: `Refusal` where a service keeps the group, or where its rules weren't imported.
  static func rules(of id: String, in records: some Records) throws -> [JSONValue] {
    let group = VendorObject(try records.existing(.securityGroup, id).json)
    if group.flag("ServiceManaged") == true { throw Refusal.managedGroup(id) }
    if let rules = group.list("Permissions", "Permission") { return rules }
    guard Local(group)?.known != .planned else { return [] }
    throw Refusal(
      .rulesUnknown, field: .securityGroupId,
      message: Phrase(
        "The other rules of \(id) aren't known: one alone would pass for all of them.", "\(id) 的其他规则未知：单条规则会被当作全部规则。"),
      mend: Phrase(
        "Import `aliyun ecs DescribeSecurityGroupAttribute --SecurityGroupId \(id)` first.",
        "请先导入 `aliyun ecs DescribeSecurityGroupAttribute --SecurityGroupId \(id)`。"))
  }

  /// An id of the vendor's, for a thing that nothing else has.
  static func id(_ typed: String, of kind: InventoryKind, in records: some Records) throws -> String {
    let id = typed.trimmed
    guard (1...128).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !id.contains("/")
    else {
      throw Refusal(
        .invalidId, field: .entryId, message: Phrase("“\(id)” is no id.", "“\(id)”不是 ID。"),
        mend: Phrase(
          "Enter the vendor's id, such as \(kind.idPrefix)-…, or leave it out.", "请输入厂商的 ID，例如 \(kind.idPrefix)-…，或留空。")
      )
    }
    guard try !records.has(kind, id) else { throw taken(id, kind, at: .entryId) }
    return id
  }

  static func taken(_ id: String, _ kind: InventoryKind, at field: Field) -> Refusal {
    Refusal(
      .idTaken, field: field,
      message: Phrase("\(kind.title.en) \(id) is there already.", "\(kind.title.zh) \(id) 已登记。"),
      mend: Phrase(
        "Edit it: `acr-console network edit \(kind.rawValue)`.", "请修改：`acr-console network edit \(kind.rawValue)`。"))
  }

  // MARK: Values

  private static func wrong(_ text: String, at field: Field, mend: Phrase) -> Refusal {
    Refusal(.invalidValue, field: field, message: Phrase("“\(text)” can't stand here.", "此处不能填写“\(text)”。"), mend: mend)
  }

  private static func word(_ text: String, of words: [String], at field: Field) throws(Refusal) -> String {
    guard let word = words.first(where: { $0.lowercased() == text.lowercased() }) else {
      let list = words.joined(separator: ", ")
      throw wrong(text, at: field, mend: Phrase("Choose one of: \(list).", "请从以下值中选择：\(list)。"))
    }
    return word
  }

  private static func rangeOrAddress(_ text: String, at field: Field) throws(Refusal) -> String {
    try NetworkRules.range(text.isEmpty || text.contains("/") ? text : "\(text)/32", at: field).description
  }

  private static func peer(_ text: String, at field: Field) throws(Refusal) -> String {
    if text.hasPrefix("sg-") || text.hasPrefix("pl-") {
      try ShownText.check(text, .invalidValue, at: field)
      return text
    }
    if text.contains(":") {
      let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      if case .v6? = IPAddress(String(parts[0])), parts.count == 1 || (0...128).contains(Int(parts[1]) ?? -1) {
        return text
      }
      throw wrong(
        text, at: field, mend: Phrase("Enter an IPv6 range such as 2001:db8::/32.", "请输入 IPv6 网段，例如 2001:db8::/32。"))
    }
    return try rangeOrAddress(text, at: field)
  }
}
