import FlatFiles

/// What forms ask while they are filled in: nothing here waits.
extension Reading {
  /// Everything that is wrong with a draft, each at its field; empty when it can be created.
  public func problems(of draft: LinkDraft) throws(Refusal) -> [Refusal] {
    try refusing { try draft.problems(zones: zones, in: state) }
  }

  /// Everything that is wrong with a binding before GitLab is asked, each at its field.
  /// - Parameter hasToken: whether a token was typed, or is stored and kept.
  public func problems(of draft: BindingDraft, hasToken: Bool) throws(Refusal) -> [Refusal] {
    var problems: [Refusal] = []
    func collect(_ body: () throws -> Void) {
      do { try body() } catch { problems.append(Refusal(error)) }
    }
    collect { _ = try LinkRules.runningInstance(draft.instanceId, in: state) }
    collect { _ = try BindingRules.link(of: draft, in: state) }
    collect { _ = try GitLabAddress(parsing: try BindingRules.draftAddress(draft)) }
    collect { _ = try BindingRules.username(try BindingRules.draftUsername(draft)) }
    if draft.token == nil, !hasToken { problems.append(BindingRules.tokenMissing) }
    collect { _ = try draft.caCertificates.map { $0.isEmpty ? "" : try BindingRules.certificates($0) } }
    return problems
  }

  /// What should be known of a link before it is created; fields that can't be read yet have no notes.
  public func notes(for draft: LinkDraft) throws(Refusal) -> [LinkNote] {
    try refusing {
      LinkNotes(
        gitLab: try? LinkRules.address(draft.gitLabIntranetIp, at: .gitLabIntranetIp),
        allowed: draft.allowedIps.compactMap { try? LinkRules.allowed($0).ip },
        hosts: draft.hosts.compactMap { try? LinkRules.host($0) },
        vpc: try state.record(.vpc, draft.vpcId)?.decode(Vpc.self), binding: nil, knowsAddress: knowsAddress
      ).all()
    }
  }

  /// What should be known of a link as it is.
  public func notes(for link: Link) throws(Refusal) -> [LinkNote] {
    try refusing {
      let user = try state.binding(of: link.instanceId)
      return LinkNotes(
        gitLab: link.gitLabIntranetIp, allowed: link.allowedIps.map(\.ip), hosts: link.hosts,
        vpc: try state.record(.vpc, link.vpcId)?.decode(Vpc.self), binding: user?.linkId == link.id ? user : nil,
        knowsAddress: knowsAddress
      ).all()
    }
  }

  /// Why a vSwitch can't carry a link; nil when its zone carries the mode.
  public func zoneProblem(of vSwitch: VSwitch, region: String) -> Refusal? {
    LinkRules.zoneRefusal(vSwitch.zoneId, region: region, zones: zones)
  }
}
