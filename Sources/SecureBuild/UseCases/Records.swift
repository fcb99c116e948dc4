import FlatFiles

/// What a rule reads: a state of the store, or a transaction under way.
protocol Records {
  func records(_ kind: RecordKind) throws(StoreError) -> RecordList
  func record(_ kind: RecordKind, _ id: String) throws(StoreError) -> Record?
}

extension StoreState: Records {}
extension Transaction: Records {}

extension RecordKind {
  public static let instance = RecordKind("instance")
  public static let vpc = RecordKind("vpc")
  public static let vSwitch = RecordKind("vswitch")
  public static let link = RecordKind("link")
  /// One an instance, under the instance's id.
  public static let binding = RecordKind("binding")
  /// One an instance, under the instance's id.
  public static let securityGroup = RecordKind("security-group")
  public static let namespace = RecordKind("namespace")
  public static let repository = RecordKind("repository")
  public static let buildRule = RecordKind("build-rule")
  /// One an instance, under the instance's id.
  public static let registry = RecordKind("registry")
}

extension Records {
  func all<Value: Decodable>(_ kind: RecordKind, as type: Value.Type) throws -> [Value] {
    try records(kind).map { try $0.decode(Value.self) }
  }

  /// Those whose top-level member `field` is `value`, decoding no other.
  func all<Value: Decodable>(_ kind: RecordKind, as type: Value.Type, where field: Field, is value: String) throws
    -> [Value]
  {
    try records(kind).lazy.filter { $0.isText(value, of: field.rawValue) }.map { try $0.decode(Value.self) }
  }

  /// What each record of a kind can't be decoded for.
  func faults<Value: Decodable>(_ kind: RecordKind, _ type: Value.Type) throws -> [Damage] {
    try records(kind).compactMap { record in
      do {
        _ = try record.decode(Value.self)
        return nil
      } catch StoreError.damaged(let damage) {
        return damage
      }
    }
  }

  /// What records of any kind can't be understood for.
  func recordFaults() throws -> [Damage] {
    try faults(.instance, Instance.self) + faults(.vpc, Vpc.self)
      + faults(.vSwitch, VSwitch.self) + faults(.link, Link.self) + faults(.binding, Binding.self)
      + faults(.securityGroup, SecurityGroup.self) + faults(.namespace, Namespace.self)
      + faults(.repository, Repository.self) + faults(.buildRule, BuildRule.self)
      + faults(.registry, Registry.self) + faults(.lineConfirmation, LineConfirmation.self)
      + faults(.probe, Probe.self) + faults(.trainingFaults, TrainingFaults.self)
      + inventoryFaults()
  }

  /// Records of the inventory that name nothing, or don't say how they are known.
  func inventoryFaults() throws -> [Damage] {
    try InventoryKind.allCases.filter { !ImportedKind.inventory($0).isFlat }.flatMap { kind in
      try (kind.records.map { try records($0).map(\.self) } ?? []).compactMap { record in
        do {
          let entry = VendorObject(try record.value())
          let named = kind == .route ? "RouteTableId" : kind.idMember
          guard entry.text(named) != nil else { throw record.damaged(member: named) }
          guard Local(entry) != nil else { throw record.damaged(member: Local.member) }
          return nil
        } catch StoreError.damaged(let damage) {
          return damage
        }
      }
    }
  }

  func instance(_ id: String) throws -> Instance {
    guard let record = try record(.instance, id) else { throw Refusal.noSuch(.noSuchInstance, .instanceId, id) }
    return try record.decode(Instance.self)
  }

  func vpc(_ id: String) throws -> Vpc {
    guard let record = try record(.vpc, id) else { throw Refusal.noSuch(.noSuchVpc, .vpcId, id) }
    return try record.decode(Vpc.self)
  }

  func vSwitch(_ id: String) throws -> VSwitch {
    guard let record = try record(.vSwitch, id) else { throw Refusal.noSuch(.noSuchVSwitch, .vSwitchId, id) }
    return try record.decode(VSwitch.self)
  }

  func link(_ id: String) throws -> Link {
    guard let record = try record(.link, id) else { throw Refusal.noSuch(.noSuchLink, .linkId, id) }
    return try record.decode(Link.self)
  }

  func binding(of instance: String) throws -> Binding? {
    try record(.binding, instance)?.decode(Binding.self)
  }

  func securityGroup(of instance: String) throws -> SecurityGroup? {
    try record(.securityGroup, instance)?.decode(SecurityGroup.self)
  }
}
