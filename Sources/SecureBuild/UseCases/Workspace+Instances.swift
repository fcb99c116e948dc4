import FlatFiles

extension Workspace {
  /// Writes an instance down by hand.
  /// - Throws: `Refusal` at the field that is wrong: name (1 to 64 characters, unique among those made here), region, …
  public func createInstance(
    name typed: String, region: String, specification: String, status: String = "RUNNING", dryRun: Bool = false
  ) throws -> Instance {
    try change("instance create", dryRun: dryRun) { transaction in
      let name = try InstanceRules.freeName(typed, in: transaction)
      let (at, by) = stamp
      let instance = Instance(
        id: surroundings.ids.next("cri"), name: name, regionId: try InstanceRules.region(region),
        status: try InstanceRules.status(status), specification: try InstanceRules.specification(specification),
        createTime: nil, known: .planned, at: at, by: by)
      try transaction.put(.instance, instance.id, instance)
      return instance
    }
  }

  /// Removes an instance from this workspace (nothing at the vendor's).
  /// - Throws: `Refusal` while it has links or a binding.
  public func deleteInstance(_ id: String, dryRun: Bool = false) throws -> Instance {
    try change("instance delete", dryRun: dryRun) { transaction in
      let instance = try transaction.instance(id)
      let links = try transaction.all(.link, as: Link.self, where: .instanceId, is: id)
      let bound = try transaction.binding(of: id) != nil
      guard links.isEmpty, !bound else {
        let what = (bound ? ["GitLab"] : []) + links.map(\.id)
        throw Refusal(
          .instanceInUse, field: .instanceId,
          message: Phrase(
            "Instance \(instance.name) still has: \(what.joined(separator: ", ")).",
            "实例 \(instance.name) 仍有：\(what.joined(separator: "、"))。"),
          mend: Phrase("Unbind GitLab and delete its links first.", "请先解绑 GitLab 并删除其链路。"))
      }
      _ = try transaction.drop(.instance, id)
      return instance
    }
  }
}
