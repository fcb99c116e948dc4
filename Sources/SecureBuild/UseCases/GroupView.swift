import FlatFiles

/// The managed security group of an instance as it is shown: planned, expected or active, with its computed rules.
public struct GroupView: Sendable, Equatable {
  public let instanceId: String
  /// Nil while it is only planned.
  public let group: SecurityGroup?
  public let state: SecurityGroup.State
  public let link: Link
  /// Computed from the link.
  public let rules: [SecurityGroupRule]
  /// Beside the real one, where that was imported.
  public let comparison: GroupComparison
  /// How the state is known.
  public let provenance: Provenance

  static let noLink = Refusal(
    .noSuchLink, field: .linkId,
    message: Phrase("There is no link yet: a managed security group follows from one.", "尚无链路：托管安全组由链路产生。"),
    mend: Phrase("Create a link under Link management first.", "请先在链路管理中创建链路。"))
}

extension Reading {
  /// The managed group of an instance. Before an intranet binding it is what the group will be, for the link of the
  /// draft or else the newest link; nil when there is no link to plan one from.
  public func securityGroup(of instance: String) throws(Refusal) -> GroupView? {
    try refusing {
      let links = try links(of: instance)
      let group = try state.securityGroup(of: instance)
      let binding = try state.binding(of: instance)
      let wanted = group?.linkId ?? binding?.linkId
      guard let link = links.first(where: { $0.id == wanted }) ?? links.last else { return nil }
      let (state, provenance) = known(group, binding, link)
      let rules = BindingRules.rules(for: link)
      return GroupView(
        instanceId: instance, group: group, state: state, link: link, rules: rules,
        comparison: try comparison(of: link, rules), provenance: provenance)
    }
  }

  private func comparison(of link: Link, _ planned: [SecurityGroupRule]) throws -> GroupComparison {
    let entries = try state.entries(.ecsSecurityGroup)
    let (id, boundLinks) = try state.managedGroup(of: link)
    let real = ManagedGroups(
      of: link.vpcId, among: entries.compactMap(EcsSecurityGroup.init), named: id, bound: boundLinks)
    return GroupComparison(of: link, planned: planned, to: real) { id in
      entries.first { $0.text("SecurityGroupId") == id }.flatMap(Local.init).map {
        Provenance($0.known, at: $0.at, by: $0.by)
      }
    }
  }

  private func known(_ group: SecurityGroup?, _ binding: Binding?, _ link: Link) -> (SecurityGroup.State, Provenance) {
    guard let group else { return (.planned, link.provenance) }
    let follows = Provenance(.computed, at: group.at, by: group.by)
    if kind == .training { return (.active, follows) }
    return binding?.confirmed.map { (.active, $0.provenance) } ?? (.expected, follows)
  }
}

extension Workspace {
  /// What the vendor answers to any change of the managed group, whether it exists yet or not.
  public func refuseGroupChange(of instance: String) throws(Refusal) -> Never {
    let reading = try state()
    _ = try reading.instance(instance)
    throw Refusal.managedGroup(try reading.securityGroup(of: instance)?.group?.id ?? "sg-…")
  }
}
