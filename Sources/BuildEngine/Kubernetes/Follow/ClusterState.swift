/// A build's Job and pod as the cluster has them now.
struct ClusterState: Sendable, Equatable {
  var job: Job?
  var pod: Pod?

  struct Job: Sendable, Equatable {
    let uid: String
    let isComplete: Bool
    /// Why it failed: `DeadlineExceeded`, `BackoffLimitExceeded`.
    let failure: Words?
  }

  struct Pod: Sendable, Equatable {
    let name: String
    /// `Pending`, `Running`, `Succeeded`, `Failed`.
    let phase: String
    /// `Evicted`, where the pod as a whole was ended.
    let reason: Words?
    /// Why no node takes it.
    let unschedulable: Words?
    let containers: [String: Container]
  }

  enum Container: Sendable, Equatable {
    case waiting(Words?)
    case running
    case ended(code: Int, reason: String, report: String)
  }

  /// A reason in one word, and what the cluster says of it.
  struct Words: Sendable, Equatable, CustomStringConvertible {
    let reason: String
    let message: String

    var description: String { message.isEmpty ? reason : "\(reason): \(message)" }
  }

  /// - Parameter list: the Jobs and pods of one build.
  init(_ list: ManifestNode) {
    for item in list["items"]?.items ?? [] {
      switch item["kind"]?.text {
      case "Job": job = Job(item)
      case "Pod":
        // One that is on its way out counts where there is no other.
        if pod == nil || item["metadata"]?["deletionTimestamp"] == nil { pod = Pod(item) }
      default: break
      }
    }
  }
}

extension ClusterState.Job {
  init?(_ node: ManifestNode) {
    guard let uid = node["metadata"]?["uid"]?.text else { return nil }
    let conditions = node["status"]?["conditions"]?.items.filter { $0["status"]?.text == "True" } ?? []
    self.uid = uid
    isComplete = conditions.contains { $0["type"]?.text == "Complete" }
    failure = conditions.first { $0["type"]?.text == "Failed" }.flatMap(ClusterState.Words.init)
  }
}

extension ClusterState.Pod {
  init?(_ node: ManifestNode) {
    guard let name = node["metadata"]?["name"]?.text else { return nil }
    let status = node["status"]
    self.name = name
    phase = status?["phase"]?.text ?? "Pending"
    reason = status.flatMap(ClusterState.Words.init)
    unschedulable = status?["conditions"]?.items.first {
      $0["type"]?.text == "PodScheduled" && $0["status"]?.text == "False"
    }.flatMap(ClusterState.Words.init)
    let all = (status?["initContainerStatuses"]?.items ?? []) + (status?["containerStatuses"]?.items ?? [])
    containers = all.reduce(into: [:]) { containers, status in
      guard let name = status["name"]?.text else { return }
      containers[name] = ClusterState.Container(status["state"])
    }
  }
}

extension ClusterState.Container {
  init(_ state: ManifestNode?) {
    if let ended = state?["terminated"] {
      self = .ended(
        code: ended["exitCode"]?.number ?? -1, reason: ended["reason"]?.text ?? "",
        report: ended["message"]?.text ?? "")
    } else if state?["running"] != nil {
      self = .running
    } else {
      self = .waiting(state?["waiting"].flatMap(ClusterState.Words.init))
    }
  }
}

extension ClusterState.Words {
  /// Nil where no reason is given.
  init?(_ node: ManifestNode) {
    guard let reason = node["reason"]?.text, !reason.isEmpty else { return nil }
    self.init(reason: reason, message: node["message"]?.text ?? "")
  }
}
