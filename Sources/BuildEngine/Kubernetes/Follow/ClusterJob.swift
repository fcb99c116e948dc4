import SecureBuild

/// One build's objects in a cluster: made, looked at, switched, removed.
struct ClusterJob: Sendable {
  let kubectl: Kubectl
  let names: ClusterNames

  /// Gives the cluster all that the build needs. The pod is made last, when everything else was read back: its network
  /// was closed before it was there.
  /// - Throws: `BuildFailure` where the cluster made of it what wasn't asked for; `KubectlFault`.
  func create(_ build: ClusterBuild) async throws {
    let wanted = build.job(isSuspended: true)
    guard let job = try await kubectl.create([wanted]).first, let uid = job["metadata"]?["uid"]?.text else {
      throw ClusterFailures.changed("Job")
    }
    guard let pod = wanted["spec"]?["template"], job["spec"]?["template"]?.holds(pod) == true else {
      throw ClusterFailures.changed("Job")
    }
    let others = (build.policies + [build.secret, build.configuration]).map { $0.owned(byJob: names.name, uid) }
    let made = try await kubectl.create(others)
    for policy in build.policies {
      let kept = made.first { $0["metadata"]?["name"] == policy["metadata"]?["name"] && $0["kind"] == policy["kind"] }
      guard let spec = kept?["spec"], spec.withoutEmpties == policy["spec"]?.withoutEmpties else {
        throw ClusterFailures.changed("NetworkPolicy")
      }
    }
    _ = try await kubectl.patiently {
      try await kubectl.ask(["patch", "job", names.name, "--type=merge", #"--patch={"spec":{"suspend":false}}"#])
    }
  }

  /// The Job and its pod as they are now.
  func state() async throws -> ClusterState {
    ClusterState(try await kubectl.json(["get", "jobs.batch,pods", "--selector=\(names.selector)"]))
  }

  /// Why no pod comes to be, in the words of the Job's last warning.
  func warning() async throws -> ClusterState.Words? {
    let selector = "--field-selector=involvedObject.name=\(names.name)"
    let events = try await kubectl.json(["get", "events", selector])["items"]?.items ?? []
    return events.last { $0["type"]?.text == "Warning" }.flatMap(ClusterState.Words.init)
  }

  /// Switches the network of the pod to a stage, and lets the stage's container go on.
  func begin(_ stage: PodStage, pod: String) async throws {
    _ = try await kubectl.patiently {
      try await kubectl.ask(["label", "pod", pod, "\(ClusterNames.stageLabel)=\(stage.rawValue)", "--overwrite"])
    }
  }

  /// Removes everything of the build. The pod goes first and its policies last, so that nothing of it ever runs without
  /// them. What isn't there is no fault.
  /// - Throws: `KubectlFault`.
  func remove() async throws {
    do {
      // A Job would make a pod anew for one that is deleted.
      _ = try await kubectl.patiently(for: .seconds(20)) {
        try await kubectl.ask(["patch", "job", names.name, "--type=merge", #"--patch={"spec":{"suspend":true}}"#])
      }
    } catch let fault as KubectlFault where fault.isNotFound {}
    try await delete("pods")
    try await delete("jobs.batch,secrets,configmaps,networkpolicies.networking.k8s.io")
  }

  private func delete(_ kinds: String) async throws {
    let arguments = [
      "delete", kinds, "--selector=\(names.selector)", "--ignore-not-found", "--wait=true", "--timeout=45s",
    ]
    _ = try await kubectl.patiently(for: .seconds(20)) { try await kubectl.ask(arguments, within: .seconds(60)) }
  }
}
