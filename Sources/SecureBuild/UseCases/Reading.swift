import FlatFiles

/// One consistent state of a workspace, to be read as often as a page is drawn: it takes no lock and never waits.
public struct Reading: Sendable {
  public let state: StoreState
  public let kind: WorkspaceKind
  public let zones: ZoneTable
  /// For what depends on the time: an expiry that comes near.
  let clock: any WallClock
  let knowsAddress: @Sendable (IPv4Address) -> Bool

  public func instance(_ id: String) throws(Refusal) -> Instance { try refusing { try state.instance(id) } }

  /// All instances, or those of one region, in order of creation.
  public func instances(in region: String? = nil) throws(Refusal) -> [Instance] {
    try refusing {
      guard let region else { return try state.all(.instance, as: Instance.self) }
      return try state.all(.instance, as: Instance.self, where: .regionId, is: region)
    }
  }

  public func link(_ id: String) throws(Refusal) -> Link { try refusing { try state.link(id) } }

  /// All links, or those of one instance, in order of creation.
  public func links(of instance: String? = nil) throws(Refusal) -> [Link] {
    try refusing {
      guard let instance else { return try state.all(.link, as: Link.self) }
      _ = try state.instance(instance)
      return try state.all(.link, as: Link.self, where: .instanceId, is: instance)
    }
  }

  public func vpc(_ id: String) throws(Refusal) -> Vpc { try refusing { try state.vpc(id) } }

  public func vSwitch(_ id: String) throws(Refusal) -> VSwitch { try refusing { try state.vSwitch(id) } }

  /// The VPCs of a region, or all, without what is in them.
  public func vpcs(in region: String? = nil) throws(Refusal) -> [Vpc] {
    try refusing { try state.all(.vpc, as: Vpc.self).filter { region == nil || $0.regionId == region } }
  }

  /// The VPCs of a region, or all, each with its vSwitches.
  public func networks(in region: String? = nil) throws(Refusal) -> [Network] {
    let vpcs = try vpcs(in: region)
    return try refusing {
      // Those of other regions aren't decoded.
      let own = Set(vpcs.map(\.id))
      let wanted = try state.records(.vSwitch).lazy.filter {
        region == nil || own.contains($0.text(of: Field.vpcId.rawValue) ?? "")
      }
      let vSwitches = Dictionary(grouping: try wanted.map { try $0.decode(VSwitch.self) }, by: \.vpcId)
      return vpcs.map { Network(vpc: $0, vSwitches: vSwitches[$0.id] ?? []) }
    }
  }

  /// The vSwitches of one VPC; reads no others.
  public func vSwitches(of vpc: String) throws(Refusal) -> [VSwitch] {
    try refusing { try state.all(.vSwitch, as: VSwitch.self, where: .vpcId, is: vpc) }
  }

  public func codeSource(of instance: String) throws(Refusal) -> CodeSource {
    try refusing {
      _ = try state.instance(instance)
      let binding = try state.binding(of: instance)
      let link = try binding?.linkId.flatMap { try state.record(.link, $0)?.decode(Link.self) }
      return CodeSource(instanceId: instance, binding: binding, link: link, at: clock.now())
    }
  }

  // MARK: For forms

  /// A link as a form opens it; give it back with the edit.
  public func openLink(_ id: String) throws(Refusal) -> Versioned<Link> {
    try refusing { Versioned(try state.link(id), Revision(of: try state.record(.link, id))) }
  }

  /// The binding or draft of an instance as a form opens it; give it back with the change.
  public func openBinding(of instance: String) throws(Refusal) -> Versioned<Binding?> {
    try refusing {
      _ = try state.instance(instance)
      return Versioned(try state.binding(of: instance), Revision(of: try state.record(.binding, instance)))
    }
  }
}
