import FlatFiles

extension Workspace {
  /// All links, or those of one instance, in order of creation.
  public func links(of instance: String? = nil) throws -> [Link] {
    try refusing {
      let state = try store.state(waiting: waiting)
      guard let instance else { return try state.all(.link, as: Link.self) }
      _ = try state.instance(instance)
      return try state.all(.link, as: Link.self, where: .instanceId, is: instance)
    }
  }

  public func link(_ id: String) throws -> Link { try refusing { try state().link(id) } }

  /// Everything that is wrong with a draft, each at its field; empty when it can be created.
  public func problems(of draft: LinkDraft) throws -> [Refusal] {
    try refusing { try Self.problems(of: draft, zones: zones, in: store.state(waiting: waiting)) }
  }

  public func createLink(_ draft: LinkDraft, dryRun: Bool = false) throws -> Link {
    try change("link create", dryRun: dryRun) { transaction in
      if let first = try Self.problems(of: draft, zones: zones, in: transaction).first { throw first }
      let (at, by) = stamp
      let vSwitch = try transaction.vSwitch(draft.vSwitchId)
      let gitLab = try LinkRules.address(draft.gitLabIntranetIp, at: .gitLabIntranetIp)
      var link = Link(
        id: surroundings.ids.next("link"), instanceId: draft.instanceId, gitLabIntranetIp: gitLab, allowedIps: [],
        hosts: [], vpcId: vSwitch.vpcId, vSwitchId: vSwitch.id, zoneId: vSwitch.zoneId, known: .planned, at: at, by: by)
      try link.apply(LinkChange(allow: draft.allowedIps, hosts: draft.hosts))
      try transaction.put(.link, link.id, link)
      return link
    }
  }

  /// Changes what a link lets out to and its host names, also while bound: the managed group's rules follow.
  /// - Parameter revision: what the form was opened with; nil changes whatever the link is now.
  public func editLink(_ id: String, _ edit: LinkChange, revision: Int? = nil, dryRun: Bool = false) throws -> Link {
    if let revision, try state().record(.link, id)?.revision ?? revision != revision { throw try staleLink(id) }
    return try change("link edit", dryRun: dryRun) { transaction in
      var link = try transaction.link(id)
      if edit.gitLabIntranetIp != nil, let user = try transaction.binding(of: link.instanceId), user.linkId == id,
        user.state != .draft
      {
        throw Refusal(
          .gitLabIpFixed, field: .gitLabIntranetIp,
          message: Phrase(
            "GitLab's own IP can't change while an account is bound over the link.", "链路上已绑定账号时，不能修改 GitLab 内网 IP。"),
          mend: Phrase("Unbind GitLab first, or create another link.", "请先解绑 GitLab，或另建一条链路。"))
      }
      let before = link
      try link.apply(edit)
      guard link != before else { return link }
      (link.at, link.by) = stamp
      try transaction.put(.link, id, link)
      return link
    }
  }

  /// - Throws: `Refusal` `LinkInUse` while a binding or a draft uses it; the message says which.
  public func deleteLink(_ id: String, dryRun: Bool = false) throws -> Link {
    try change("link delete", dryRun: dryRun) { transaction in
      let link = try transaction.link(id)
      if let user = try transaction.binding(of: link.instanceId), user.linkId == id {
        let name = try transaction.instance(link.instanceId).name
        throw Refusal(
          .linkInUse, field: .linkId,
          message: Phrase(
            "Link \(id) is used by the GitLab account \(user.username) (\(user.address)) of instance \(name).",
            "链路 \(id) 正被实例 \(name) 的 GitLab 账号 \(user.username)（\(user.address)）使用。"),
          mend: Phrase("Unbind GitLab first.", "请先解绑 GitLab。"))
      }
      _ = try transaction.drop(.link, id)
      return link
    }
  }

  private func staleLink(_ id: String) throws -> Refusal {
    let last = try refusing { try store.lastChange(of: .link, id) }
    return Refusal.stale(Phrase("Link \(id)", "链路 \(id) "), by: last?.actor, at: last?.time)
  }

  private static func problems(of draft: LinkDraft, zones: ZoneTable, in records: some Records) throws -> [Refusal] {
    var problems: [Refusal] = []
    func collect<Value>(_ body: () throws -> Value) rethrows -> Value? {
      do { return try body() } catch let refusal as Refusal {
        problems.append(refusal)
        return nil
      }
    }
    let instance = try collect { try LinkRules.runningInstance(draft.instanceId, in: records) }
    _ = try collect { try LinkRules.address(draft.gitLabIntranetIp, at: .gitLabIntranetIp) }
    for ip in draft.allowedIps { _ = try collect { try LinkRules.allowed(ip) } }
    for host in draft.hosts { _ = try collect { try LinkRules.host(host) } }
    if let instance, let vpc = try collect({ try LinkRules.vpc(draft.vpcId, for: instance, in: records) }) {
      _ = try collect { try LinkRules.vSwitch(draft.vSwitchId, of: vpc, zones: zones, in: records) }
    }
    return problems
  }
}

extension Link {
  /// Makes the change upon this link. An address given twice counts once; the last label or host entry holds.
  mutating func apply(_ change: LinkChange) throws(Refusal) {
    if let typed = change.gitLabIntranetIp { gitLabIntranetIp = try LinkRules.address(typed, at: .gitLabIntranetIp) }
    for typed in change.disallow {
      let ip = try LinkRules.address(typed, at: .allowedIps)
      guard let index = allowedIps.firstIndex(where: { $0.ip == ip }) else {
        throw Refusal(
          .invalidIp, field: .allowedIps,
          message: Phrase("\(ip) is not among the other allowed IPs.", "\(ip) 不在其它需放行 IP 地址中。"),
          mend: Phrase("`acr-console link list` shows them.", "可用 `acr-console link list` 查看。"))
      }
      allowedIps.remove(at: index)
    }
    for typed in change.allow {
      let allowed = try LinkRules.allowed(typed)
      if let index = allowedIps.firstIndex(where: { $0.ip == allowed.ip }) {
        allowedIps[index] = allowed
      } else if allowed.ip != gitLabIntranetIp {
        allowedIps.append(allowed)
      }
    }
    for name in change.dropHosts { hosts.removeAll { $0.name == name.lowercased() } }
    for typed in change.hosts {
      let host = try LinkRules.host(typed)
      hosts.removeAll { $0.name == host.name }
      hosts.append(host)
    }
  }
}
