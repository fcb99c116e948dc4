extension SimulatedGitLab {
  /// Tells a project's webhooks of what was pushed, each push in a task of its own: nobody waits for them.
  /// - Parameter before: what each ref led to before it.
  func tellHooks(
    of project: SimulatedProject, since before: [String: String], in repository: GitRepository, by user: SimulatedUser?
  ) async throws {
    let hooks = try hooks(of: project)
    guard !hooks.isEmpty else { return }
    let site = site
    let after = try await repository.refs()
    for ref in Set(before.keys).union(after.keys).sorted() where before[ref] != after[ref] {
      let commit = try await repository.commit(after[ref] ?? "")
      let event = PushEvent(ref: ref, before: before[ref], after: after[ref], commit: commit, user: user)
      let json = event.json(of: project, at: site.externalURL ?? "http://localhost").text
      for hook in hooks where event.isTag ? hook.tagPushEvents : hook.pushEvents {
        let delivery = HookDelivery(hook: hook, event: event.name, body: json, version: site.version)
        Task.detached { await delivery.send() }
      }
    }
  }
}
