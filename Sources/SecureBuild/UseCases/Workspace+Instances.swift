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
  /// - Throws: `Refusal` while it has links, a binding, repositories or a build that isn't over.
  public func deleteInstance(_ id: String, dryRun: Bool = false) throws -> Instance {
    try forgetting {
      try change("instance delete", dryRun: dryRun) { transaction in
        let instance = try transaction.instance(id)
        let links = try transaction.all(.link, as: Link.self, where: .instanceId, is: id)
        let bound = try transaction.binding(of: id) != nil
        let repositories = try transaction.repositories(of: id)
        guard links.isEmpty, !bound, repositories.isEmpty else {
          let what = (bound ? ["GitLab"] : []) + links.map(\.id) + repositories.map(\.path)
          throw Refusal(
            .instanceInUse, field: .instanceId,
            message: Phrase(
              "Instance \(instance.name) still has: \(what.joined(separator: ", ")).",
              "实例 \(instance.name) 仍有：\(what.joined(separator: "、"))。"),
            mend: repositories.isEmpty
              ? Phrase("Unbind GitLab and delete its links first.", "请先解绑 GitLab 并删除其链路。")
              : Phrase(
                "Delete its repositories, unbind GitLab and delete its links first.", "请先删除其镜像仓库，解绑 GitLab 并删除其链路。"))
        }
        try requireNoLivingBuild(of: id)
        // What nobody can lose anything by goes with it.
        for namespace in try transaction.namespaces(of: id) { _ = try transaction.drop(.namespace, namespace.id) }
        transaction.forget(try transaction.registry(of: id)?.server?.secret)
        _ = try transaction.drop(.registry, id)
        _ = try transaction.drop(.instance, id)
        return instance
      }
    }
  }
}
