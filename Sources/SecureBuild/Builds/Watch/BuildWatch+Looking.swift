extension BuildWatch {
  /// Looks at projects of one GitLab, one after the other. What fails is told, with when it is tried again.
  /// - Parameter pace: notes how it went: nil for well, else the least pause that GitLab wants and whether it said so;
  ///   gives the pause there will be.
  func look(
    at projects: [WatchedProject], of instance: String, telling tell: @escaping @Sendable (WatchEvent) -> Void,
    pace: (Duration?, Bool) -> Duration
  ) async {
    var asked: WatchedProject?
    do {
      let access = try await workspace.gitLabAccess(of: instance)
      var missing: [(WatchedProject, Refusal)] = []
      for project in projects {
        asked = project
        do {
          try await look(at: project, access, telling: tell)
        } catch GitLabFailure.missing(let thing) {
          missing.append((project, Refusal.missing(thing, name: project.source.path, user: nil)))
        } catch GitLabFailure.forbidden(let words) {
          // A guest of this project needn't be one of others.
          missing.append((project, Self.refusal(GitLabFailure.forbidden(words), workspace, instance)))
        }
      }
      let pause = pace(nil, false)
      for (project, refusal) in missing { tell(project.failed(refusal, again: pause)) }
    } catch is CancellationError {
    } catch GitLabFailure.rateLimited(let seconds) {
      let refusal = Self.refusal(GitLabFailure.rateLimited(retryAfter: seconds), workspace, instance)
      let pause = pace(.seconds(seconds ?? 60), true)
      tell(.failed(instanceId: instance, project: nil, refusal, again: Int(pause.components.seconds)))
    } catch {
      guard !Task.isCancelled else { return }
      let refusal = Self.refusal(error, workspace, instance)
      let pause = pace(.zero, false)
      // What GitLab says of one project is told with its name; what stands in the way of all isn't.
      let isOne = error as? GitLabFailure == nil ? nil : asked?.source.path
      tell(.failed(instanceId: instance, project: isOne, refusal, again: Int(pause.components.seconds)))
    }
  }

  /// Looks at one project, and decides what its pushes start.
  private func look(
    at project: WatchedProject, _ access: GitLabAccess, telling tell: @escaping @Sendable (WatchEvent) -> Void
  ) async throws {
    let seen = state.projects[project.key]
    var now = seen ?? WatchState.Project()
    var pushes: [Push] = []
    for scope in project.scopes.sorted(by: { $0.key < $1.key }) {
      let isNew = now.scopes.insert(scope.key).inserted
      for ref in try await refs(of: scope, project, access) {
        let name = WatchScope.ref(scope.type, ref.name)
        let before = now.refs.updateValue(ref.commit.id, forKey: name)
        guard before != ref.commit.id, before != nil || !isNew else { continue }
        pushes.append(project.push(scope.type, ref, at: workspace.surroundings.clock.now()))
      }
    }
    now.scopes.formIntersection(project.scopes.map(\.key))
    if seen == nil { tell(.began(instanceId: project.instanceId, project: project.source.path)) }
    var requests: [BuildRequest] = []
    for push in pushes {
      tell(.pushed(push))
      for rule in try workspace.rules(for: push) {
        if let request = start(rule, on: push, &now, telling: tell) { requests.append(request) }
      }
    }
    try await decide(requests, now, of: project.key, telling: tell)
  }

  private func start(
    _ rule: BuildRule, on push: Push, _ project: inout WatchState.Project, telling tell: (WatchEvent) -> Void
  ) -> BuildRequest? {
    do throws(Refusal) {
      guard let request = try workspace.request(for: push, rule: rule, engine: engine) else { return nil }
      guard project.start(rule.id, on: WatchScope.ref(push.type, push.name), at: push.commitId) else {
        tell(.known(push, rule: rule.id))
        return nil
      }
      return request
    } catch {
      tell(.refused(push, rule: rule.id, error))
      return nil
    }
  }

  /// The most pages that are asked for of a list.
  private static let mostPages = 100

  private func refs(
    of scope: WatchScope, _ project: WatchedProject, _ access: GitLabAccess
  ) async throws -> [GitLabRef] {
    let (gitLab, site, token) = (workspace.surroundings.gitLab, access.site, access.token)
    switch scope {
    case .one(let type, let name):
      do {
        return [
          type == .branch
            ? try await gitLab.branch(of: site, token: token, project: project.name, name: name)
            : try await gitLab.tag(of: site, token: token, project: project.name, name: name)
        ]
      } catch GitLabFailure.missing(.branch), GitLabFailure.missing(.tag) {
        return []
      }
    case .all(let type):
      var refs: [GitLabRef] = []
      var page: Int? = 1
      while let number = page, number <= Self.mostPages {
        let found = try await workspace.refs(project.name, type, page: number, access)
        refs += found.items
        page = found.next
      }
      return refs
    }
  }

  /// A failure as a try of the binding would tell it.
  private static func refusal(_ error: any Error, _ workspace: Workspace, _ instance: String) -> Refusal {
    guard let failure = error as? GitLabFailure, let binding = try? workspace.binding(of: instance),
      let address = try? GitLabAddress(parsing: binding.address)
    else { return Refusal(error) }
    return TrialFailures.refusal(of: failure, at: .api, of: address, networkType: binding.networkType)
  }
}

extension WatchedProject {
  fileprivate func push(_ type: PushType, _ ref: GitLabRef, at now: Timestamp) -> Push {
    Push(
      instanceId: instanceId, projectId: source.projectId, project: source.path, type: type, name: ref.name,
      commitId: ref.commit.id, at: now)
  }

  fileprivate func failed(_ refusal: Refusal, again pause: Duration) -> WatchEvent {
    .failed(instanceId: instanceId, project: source.path, refusal, again: Int(pause.components.seconds))
  }
}
