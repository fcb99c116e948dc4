import FlatFiles
import SecureBuild

extension InventoryEntry: Presentable {
  static var columns: [Column<Self>] { columns(of: nil) }

  var lines: [Column<Self>] { Self.columns(of: kind) }

  /// Its id, the fields of its kind, and what the vendor tells besides that is of use to a person.
  static func columns(of kind: InventoryKind?) -> [Column<Self>] {
    guard let kind else { return [Column(Phrase("Kind", "种类")) { entry, language in entry.kind.title(language) }] }
    let fields = kind.fields.filter { ![.regionId, .nextHopType, .nextHopId].contains($0.field) }.map { field in
      Column<Self>(field.title) { entry, _ in entry.texts(field)?.joined(separator: " ") ?? "?" }
    }
    let region = Column<Self>(Phrase("Region", "地域")) { entry, language in
      Phrase.orUnknown(entry.regionId ?? "")(language)
    }
    let more: [Column<Self>] =
      switch kind {
      case .securityGroup:
        [Column(Phrase("Managed", "托管")) { entry, _ in entry.text("ServiceManaged") ?? "" }]
      case .route:
        [
          Column(Phrase("Next hops", "下一跳")) { entry, _ in entry.nextHops },
          Column(Phrase("Status", "状态")) { entry, _ in entry.text("Status") ?? "" },
        ]
      case .endpoint:
        [Column(Phrase("Domains", "域名"), width: .max) { entry, _ in entry.domains }]
      default: []
      }
    return [Column(Phrase("Id", "ID")) { entry, _ in entry.id }] + fields + (kind == .dataCentre ? [] : [region]) + more
      + [Column(Phrase("Known", "依据")) { entry, language in entry.known?.title(language) ?? "" }]
  }

  /// All of them: a route may lead to several, of which a person writes down one.
  private var nextHops: String {
    objects(json["NextHops"]?["NextHop"]).map { hop in
      [hop["NextHopType"], hop["NextHopId"]].compactMap { $0?.text }.filter { !$0.isEmpty }.joined(separator: " ")
    }.joined(separator: ", ")
  }

  private var domains: String {
    objects(json["Domains"]).compactMap { $0["Domain"]?.text }.joined(separator: " ")
  }

  private func objects(_ value: JSONValue?) -> [JSONValue] {
    if case .array(let values)? = value { values } else { [] }
  }

  /// The vendor's members by their names, then ours.
  func json(_ language: Language) -> JSONText {
    guard case .object(let members) = json else { return .null }
    var local: JSONText = .object([])
    if let known = members["Local"] { local = JSONText(known) }
    return JSONText(.object(members.filter { $0.key != "Local" })).adding([
      "Local": local.adding(["Id": .string(id)])
    ])
  }
}

extension Output {
  /// An entry after a change: VPCs and vSwitches as they are listed without a kind.
  /// - Parameter vSwitches: a VPC's.
  func show(_ entry: InventoryEntry, vSwitches: [VSwitch], rehearsed: Bool) throws {
    if let vpc = entry.vpc {
      try show(NetworkView(vpc: vpc, vSwitches: vSwitches), rehearsed: rehearsed)
    } else if let vSwitch = entry.vSwitch {
      try show(vSwitch, rehearsed: rehearsed)
    } else {
      try show(entry, rehearsed: rehearsed)
    }
  }
}

extension JSONText {
  /// The same, members in the order of their names.
  init(_ json: JSONValue) {
    self =
      switch json {
      case .null: .null
      case .bool(let flag): .bool(flag)
      case .number(let digits): .digits(digits)
      case .string(let text): .string(text)
      case .array(let values): .array(values.map(JSONText.init))
      case .object(let members):
        .object(members.sorted { $0.key < $1.key }.map { Member(name: $0.key, value: JSONText($0.value)) })
      }
  }
}
