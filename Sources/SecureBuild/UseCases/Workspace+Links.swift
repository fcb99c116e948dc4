import FlatFiles

extension Workspace {
  public func createLink(_ draft: LinkDraft, dryRun: Bool = false) throws -> Link {
    try change("link create", dryRun: dryRun) { transaction in
      if let first = try draft.problems(zones: zones, in: transaction).first { throw first }
      try askVendor(for: .link, of: draft.instanceId, in: transaction.state)
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

  /// Changes what a link lets out to and its host names, also while bound: the managed group's rules follow, and so does
  /// a note where the address that the binding was tried at isn't let out to any more.
  /// - Parameter opened: what the form was opened with; nil changes whatever the link is now.
  /// - Throws: `Refusal` at the field; `Stale` when the link isn't what the form was opened with.
  public func editLink(_ id: String, _ edit: LinkChange, since opened: Versioned<Link>? = nil, dryRun: Bool = false)
    throws -> Link
  {
    try change("link edit", dryRun: dryRun) { transaction in
      try opened?.requireUnchanged(in: transaction)
      let before = try transaction.link(id)
      var link = before
      try link.apply(edit)
      guard link != before else { return link }
      if link.gitLabIntranetIp != before.gitLabIntranetIp, let user = try transaction.binding(of: link.instanceId),
        user.linkId == id, user.state != .draft
      {
        throw Refusal(
          .gitLabIpFixed, field: .gitLabIntranetIp,
          message: Phrase(
            "GitLab's own IP can't change while an account is bound over the link.", "链路上已绑定账号时，不能修改 GitLab 内网 IP。"),
          mend: Phrase("Unbind GitLab first, or create another link.", "请先解绑 GitLab，或另建一条链路。"))
      }
      (link.at, link.by) = stamp
      try transaction.put(.link, id, link)
      return link
    }
  }

  /// - Parameter opened: what was shown when it was asked for; nil deletes whatever the link is now.
  /// - Throws: `Refusal` `LinkInUse` while a binding or a draft uses it, the message says which; `Stale` when the link
  ///   isn't what was shown.
  public func deleteLink(_ id: String, since opened: Versioned<Link>? = nil, dryRun: Bool = false) throws -> Link {
    try change("link delete", dryRun: dryRun) { transaction in
      try opened?.requireUnchanged(in: transaction)
      let link = try transaction.link(id)
      if let user = try transaction.binding(of: link.instanceId), user.linkId == id {
        throw LinkRules.inUse(link, by: user, of: try transaction.instance(link.instanceId))
      }
      for probe in try transaction.probes(of: id) { _ = try transaction.drop(.probe, probe.id) }
      _ = try transaction.drop(.link, id)
      try transaction.dropConfirmations(ofLink: id)
      return link
    }
  }
}

extension Link {
  /// Makes the change upon this link. An address given twice counts once; the last label or host entry holds.
  mutating func apply(_ change: LinkChange) throws(Refusal) {
    if let typed = change.gitLabIntranetIp {
      gitLabIntranetIp = try LinkRules.address(typed, at: .gitLabIntranetIp)
      allowedIps.removeAll { $0.ip == gitLabIntranetIp }
    }
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
    for name in change.dropHosts { hosts.removeAll { $0.name == name.trimmed.lowercased() } }
    for typed in change.hosts {
      let host = try LinkRules.host(typed)
      hosts.removeAll { $0.name == host.name }
      hosts.append(host)
    }
  }
}
