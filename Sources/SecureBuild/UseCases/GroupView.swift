import FlatFiles

/// The managed security group of an instance as it is shown: planned, expected or active, with its computed rules.
public struct GroupView: Sendable, Equatable {
  public let instanceId: String
  /// Nil while it is only planned.
  public let group: SecurityGroup?
  public let state: SecurityGroup.State
  public let link: Link
  public let rules: [SecurityGroupRule]
}

extension Workspace {
  /// The managed group of an instance. Before an intranet binding it is what the group will be, for the link of the
  /// draft or else the newest link.
  /// - Throws: `Refusal` `NoSuchLink` when the instance has no link to plan one from.
  public func securityGroup(of instance: String) throws -> GroupView {
    try refusing {
      let state = try store.state(waiting: waiting)
      _ = try state.instance(instance)
      let group = try state.securityGroup(of: instance)
      let binding = try state.binding(of: instance)
      let links = try state.all(.link, as: Link.self, where: .instanceId, is: instance)
      let wanted = group?.linkId ?? binding?.linkId
      guard let link = links.last(where: { $0.id == wanted }) ?? links.last else {
        throw Refusal(
          .noSuchLink, field: .linkId,
          message: Phrase(
            "There is no link yet: a managed security group follows from one.", "尚无链路：托管安全组由链路产生。"),
          mend: Phrase("Create a link under Link management first.", "请先在链路管理中创建链路。"))
      }
      return GroupView(
        instanceId: instance, group: group,
        state: group == nil ? .planned : kind == .training ? .active : .expected, link: link,
        rules: BindingRules.rules(for: link))
    }
  }

  /// What the vendor answers to any change of the managed group.
  public func refuseGroupChange(of instance: String) throws -> Never {
    let view = try securityGroup(of: instance)
    throw Refusal.managedGroup(view.group?.id ?? "sg-…")
  }
}
