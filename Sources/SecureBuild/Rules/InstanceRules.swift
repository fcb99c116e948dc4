/// What an instance that is written down by hand must be.
enum InstanceRules {
  static func name(_ typed: String) throws(Refusal) -> String {
    let name = typed.trimmed
    guard !name.isEmpty else { throw Refusal.missing(.instanceName, example: "build-prod") }
    try ShownText.check(name, .invalidName, at: .instanceName)
    guard name.count <= 64 else {
      throw Refusal(
        .invalidName, field: .instanceName, message: Phrase("A name is 1 to 64 characters.", "名称为 1 至 64 个字符。"),
        mend: Phrase("Shorten it.", "请缩短名称。"))
    }
    return name
  }

  /// A name that no other instance made here has; imported ones may share theirs.
  static func freeName(_ typed: String, in records: some Records) throws -> String {
    let name = try name(typed)
    let same = try records.all(.instance, as: Instance.self, where: .instanceName, is: name)
    guard !same.contains(where: { $0.known == .planned }) else {
      throw Refusal(
        .nameTaken, field: .instanceName,
        message: Phrase("An instance made here is called “\(name)” already.", "已有名为“\(name)”的实例。"),
        mend: Phrase("Choose another name.", "请换一个名称。"))
    }
    return name
  }

  /// A region's id: lower-case words and hyphens. One that the zone table lacks is kept as it is.
  static func region(_ typed: String) throws(Refusal) -> String {
    let region = typed.trimmed
    guard !region.isEmpty else { throw Refusal.missing(.regionId, example: "cn-hangzhou") }
    guard isId(region), region.contains("-") else {
      throw Refusal(
        .invalidRegion, field: .regionId, message: Phrase("“\(region)” is not a region's id.", "“\(region)”不是地域 ID。"),
        mend: Phrase(
          "Enter an id such as cn-hangzhou; `acr-console region list` shows them.",
          "请输入形如 cn-hangzhou 的 ID，可用 `acr-console region list` 查看。"))
    }
    return region
  }

  static func zone(_ typed: String, of region: String) throws(Refusal) -> String {
    let zone = typed.trimmed
    guard !zone.isEmpty else { throw Refusal.missing(.zoneId, example: "\(region)-a") }
    // Zones aren't always region + letter: cn-zhengzhou-jva-a, ap-southeast-1a.
    guard isId(zone), zone.hasPrefix(region), zone != region else {
      throw Refusal(
        .invalidZone, field: .zoneId,
        message: Phrase("“\(zone)” is not a zone of \(region).", "“\(zone)”不是 \(region) 的可用区。"),
        mend: Phrase("Enter a zone of the VPC's region.", "请输入专有网络所在地域的可用区。"))
    }
    return zone
  }

  static func specification(_ typed: String) throws(Refusal) -> InstanceSpecification {
    let known = InstanceSpecification.allCases
    guard let found = known.first(where: { isNamed(typed, $0.rawValue, $0.title) }) else {
      throw choice(.invalidSpecification, .specification, typed, known.map(\.rawValue))
    }
    return found
  }

  static func status(_ typed: String) throws(Refusal) -> InstanceStatus {
    let known = InstanceStatus.allCases
    guard let found = known.first(where: { isNamed(typed, $0.rawValue, $0.title) }) else {
      throw choice(.invalidStatus, .status, typed, known.map(\.rawValue))
    }
    return found
  }

  /// Whether a choice was typed by the vendor's name or by its title, in any case.
  private static func isNamed(_ typed: String, _ name: String, _ title: Phrase) -> Bool {
    [name, title.en, title.zh].contains { $0.lowercased() == typed.trimmed.lowercased() }
  }

  private static func choice(_ code: Code, _ field: Field, _ typed: String, _ known: [String]) -> Refusal {
    let list = known.joined(separator: ", ")
    return Refusal(
      code, field: field, message: Phrase("“\(typed)” is none of those there are.", "“\(typed)”不是可选值。"),
      mend: Phrase("Choose one of: \(list).", "请从以下值中选择：\(list)。"))
  }

  private static func isId(_ text: String) -> Bool {
    text.utf8.count <= 64 && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }
}
