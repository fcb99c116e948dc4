import FlatFiles
import SecureBuild

/// The training world as it was made, to be put back before a lesson changes it.
struct LessonWorld {
  private let place: TrainingPlace
  private let made: Timestamp
  private let by: String

  init(of workspace: Workspace) throws(Refusal) {
    place = try TrainingPlace(workspace.store.header)
    made = Timestamp(workspace.store.header.created) ?? workspace.surroundings.clock.now()
    // As the records say that nobody has changed.
    by = (try? workspace.latest.instance(.buildProd))?.by ?? workspace.surroundings.actor.name
  }

  private static let kinds: [RecordKind] = [
    .vpc, .vSwitch, .routeTable, .routeEntry, .borderRouter, .networkAcl, .ecs, .ecsSecurityGroup, .loadBalancer,
    .endpoint, .dataCentre,
  ]

  /// Everything of the inventory is as it was made; what others use stays.
  func restore(in transaction: inout Transaction) throws {
    let vpcs = TrainingWorld.vpcs(at: made, by: by)
    let vSwitches = TrainingWorld.vSwitches(at: made, by: by)
    let entries = TrainingInventory(place: place, at: made, by: by).entries()
    let links = try transaction.records(.link).map { try $0.decode(Link.self) }
    var kept = Set(entries.map { Key($0.kind, $0.id) })
    kept.formUnion((vpcs.map(\.id) + links.map(\.vpcId)).map { Key(.vpc, $0) })
    kept.formUnion((vSwitches.map(\.id) + links.map(\.vSwitchId)).map { Key(.vSwitch, $0) })
    for kind in Self.kinds {
      for id in try transaction.records(kind).map(\.id) where !kept.contains(Key(kind, id)) {
        try transaction.drop(kind, id)
      }
    }
    for vpc in vpcs { try transaction.put(.vpc, vpc.id, vpc) }
    for vSwitch in vSwitches { try transaction.put(.vSwitch, vSwitch.id, vSwitch) }
    for entry in entries { try transaction.put(entry.kind, entry.id, json: .object(entry.members)) }
  }

  private struct Key: Hashable {
    let kind: RecordKind
    let id: String

    init(_ kind: RecordKind, _ id: String) {
      self.kind = kind
      self.id = id
    }
  }

  /// An instance without links, account, and what was tried or confirmed of them.
  func clear(_ instance: String, in transaction: inout Transaction) throws -> LessonStart.Gone {
    var gone = LessonStart.Gone()
    if let binding = try transaction.record(.binding, instance)?.decode(Binding.self) {
      gone.account = "\(binding.username)@\(binding.address)"
      if let secret = binding.secret.flatMap(SecretID.init) { transaction.removeSecret(secret) }
      try transaction.drop(.binding, instance)
    }
    try transaction.drop(.securityGroup, instance)
    for link in try transaction.records(.link).map({ try $0.decode(Link.self) }) where link.instanceId == instance {
      gone.links.append(link.id)
      try transaction.drop(.link, link.id)
      for kind in [RecordKind.probe, .lineConfirmation] {
        let own = try transaction.records(kind).filter { $0.mentions(link.id) }.map(\.id)
        for id in own { try transaction.drop(kind, id) }
      }
    }
    return gone
  }

  /// Changes something, and leaves no trace of that it was.
  func apply(_ change: InventoryChange, ids: any IdSource, to transaction: inout Transaction) throws {
    try transaction.apply(change, ids: ids, at: made, by: by, source: "training")
  }
}
