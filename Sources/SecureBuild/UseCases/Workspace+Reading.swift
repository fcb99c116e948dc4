import FlatFiles

/// Reads: each catches up with the files, and asks one `Reading`.
extension Workspace {
  /// The newest state of the files: takes the lock briefly, shared.
  @discardableResult
  public func state() throws(Refusal) -> Reading {
    Reading(of: try refusing { try store.state(waiting: waiting) }, in: self)
  }

  /// The newest state that this handle has seen. Touches no file and never waits.
  public var latest: Reading { Reading(of: store.latest, in: self) }

  /// All instances, or those of one region, in order of creation.
  public func instances(in region: String? = nil) throws(Refusal) -> [Instance] { try state().instances(in: region) }

  public func instance(_ id: String) throws(Refusal) -> Instance { try state().instance(id) }

  /// All VPCs, or those of one region, each with its vSwitches.
  public func networks(in region: String? = nil) throws(Refusal) -> [Network] { try state().networks(in: region) }

  /// All links, or those of one instance, in order of creation.
  public func links(of instance: String? = nil) throws(Refusal) -> [Link] { try state().links(of: instance) }

  public func link(_ id: String) throws(Refusal) -> Link { try state().link(id) }

  /// The GitLab binding or draft of an instance; nil when there is neither.
  public func binding(of instance: String) throws(Refusal) -> Binding? { try state().openBinding(of: instance).value }

  public func codeSource(of instance: String) throws(Refusal) -> CodeSource { try state().codeSource(of: instance) }

  /// Reads the builds too: call it from a task.
  public func overview(of instance: String) throws(Refusal) -> Overview {
    try state().overview(of: instance, builds: try builds.glance(of: instance))
  }

  /// The managed group of an instance.
  /// - Throws: `Refusal` `NoSuchLink` when the instance has no link to plan one from.
  public func securityGroup(of instance: String) throws(Refusal) -> GroupView {
    guard let view = try state().securityGroup(of: instance) else { throw GroupView.noLink }
    return view
  }

  /// Everything that is wrong with a draft, each at its field; empty when it can be created.
  public func problems(of draft: LinkDraft) throws(Refusal) -> [Refusal] { try state().problems(of: draft) }
}

extension Reading {
  init(of state: StoreState, in workspace: Workspace) {
    self.init(
      state: state, kind: workspace.kind, zones: workspace.zones, clock: workspace.surroundings.clock,
      knowsAddress: workspace.surroundings.knowsAddress)
  }
}
