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
    problems([
      { _ = try LinkRules.runningInstance(draft.instanceId, in: state) },
      { _ = try BindingRules.link(of: draft, in: state) },
      { _ = try GitLabAddress(parsing: try BindingRules.draftAddress(draft)) },
      { _ = try BindingRules.username(try BindingRules.draftUsername(draft)) },
      { if draft.token == nil, !hasToken { throw BindingRules.tokenMissing } },
      { _ = try draft.caCertificates.map { $0.isEmpty ? "" : try BindingRules.certificates($0) } },
    ])
  }

  /// Everything that is wrong with an instance to be written down.
  public func problems(ofInstance name: String, region: String, specification: String, status: String) -> [Refusal] {
    problems([
      { _ = try InstanceRules.freeName(name, in: state) }, { _ = try InstanceRules.region(region) },
      { _ = try InstanceRules.specification(specification) }, { _ = try InstanceRules.status(status) },
    ])
  }

  /// Everything that is wrong with a VPC to be written down.
  public func problems(ofVpc name: String, region: String, cidr: String) -> [Refusal] {
    problems(ofNew: InventoryDraft(vpc: name, region: region, cidr: cidr))
  }

  /// Everything that is wrong with a vSwitch to be written down.
  public func problems(
    ofVSwitch name: String, vpc id: String, zone: String, cidr: String, freeIps: Int? = nil
  ) -> [Refusal] {
    problems(ofNew: InventoryDraft(vSwitch: name, vpc: id, zone: zone, cidr: cidr, freeIps: freeIps))
  }

  /// What each rule refuses; the same words at the same field are said once.
  private func problems(_ rules: [() throws -> Void]) -> [Refusal] {
    rules.reduce(into: []) { problems, rule in
      do { try rule() } catch {
        let refusal = Refusal(error)
        if !problems.contains(refusal) { problems.append(refusal) }
      }
    }
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

  /// What should be known of a change to a link beyond what is known of the link that comes of it.
  public func notes(on change: LinkChange, to link: Link) -> [LinkNote] {
    LinkNotes.givenTwice(change.allow.compactMap { try? LinkRules.allowed($0).ip }, gitLab: link.gitLabIntranetIp)
  }

  /// Why an instance takes no link and no binding: it isn't RUNNING. Nil when it takes them.
  public func whyNoLink(_ instance: String) throws(Refusal) -> Refusal? {
    let instance = try self.instance(instance)
    return instance.status == .running ? nil : .notRunning(instance)
  }

  /// Why no vSwitch in this one's zone can carry a link; nil when the zone carries the mode.
  public func zoneProblem(of vSwitch: VSwitch, region: String) -> Refusal? {
    LinkRules.zoneRefusal(vSwitch.zoneId, region: region, zones: zones)
  }

  /// Why a vSwitch can't carry a link: its zone doesn't carry the mode, or it has no free address. Nil when it can, as far
  /// as is known.
  public func problem(of vSwitch: VSwitch, region: String) -> Refusal? {
    LinkRules.carryRefusal(vSwitch, region: region, zones: zones)
  }
}
