import Hummingbird
import NIOCore

@testable import BuildEngine

extension ClusterStandIn {
  /// What the cluster's controllers do: a pod for a Job that isn't suspended, none for one that is.
  static func reconcile(_ state: inout State) {
    for (key, job) in state.objects where key.hasPrefix("Job/") {
      let name = job["metadata"]?["name"]?.text ?? ""
      let isSuspended = job["spec"]?["suspend"] == .flag(true)
      let pod = "Pod/\(name)-x7k2p"
      if isSuspended {
        if state.objects[pod] != nil { drop(pod, &state) }
      } else if state.objects[pod] == nil, state.behaviour.failedCreate == nil, !state.removed.contains(pod) {
        let template = job["spec"]?["template"] ?? [:]
        state.objects[pod] = [
          "apiVersion": "v1", "kind": "Pod",
          "metadata": (template["metadata"] ?? [:]).setting("name", .text("\(name)-x7k2p"))
            .setting("namespace", "builds").setting("uid", "uid-pod"), "spec": template["spec"] ?? [:],
        ]
      }
    }
  }

  static func drop(_ key: String, _ state: inout State) {
    state.objects[key] = nil
    state.removed.append(key)
    guard key.hasPrefix("Job/") else { return }
    // What belongs to a Job goes with it.
    let name = String(key.dropFirst(4))
    for (other, object) in state.objects.sorted(by: { $0.key < $1.key }) {
      let owners = object["metadata"]?["ownerReferences"]?.items ?? []
      if owners.contains(where: { $0["name"]?.text == name }) || other == "Pod/\(name)-x7k2p" {
        state.objects[other] = nil
        state.removed.append(other)
      }
    }
  }

  /// An object with its status as it is now.
  static func live(_ object: ManifestNode, _ state: State) -> ManifestNode {
    switch object["kind"]?.text {
    case "Pod": object.setting("status", podStatus(object, state))
    case "Job": object.setting("status", jobStatus(object, state))
    default: object
    }
  }

  static func events(_ state: State) -> [ManifestNode] {
    guard let words = state.behaviour.failedCreate else { return [] }
    return [
      [
        "apiVersion": "v1", "kind": "Event", "metadata": ["name": "event", "namespace": "builds"], "type": "Warning",
        "reason": "FailedCreate", "message": .text(words),
      ]
    ]
  }

  /// The containers of a pod in their order, and how each is by now.
  private static func containers(of pod: ManifestNode, _ state: State) -> [(name: String, state: ManifestNode)] {
    let spec = pod["spec"]
    let names = ((spec?["initContainers"]?.items ?? []) + (spec?["containers"]?.items ?? [])).compactMap {
      $0["name"]?.text
    }
    let label = pod["metadata"]?["labels"]?[ClusterNames.stageLabel]?.text
    let reached = label.flatMap { names.firstIndex(of: $0) } ?? names.count - 1
    var containers: [(name: String, state: ManifestNode)] = []
    var isBlocked = state.behaviour.unschedulable != nil
    for (index, name) in names.enumerated() {
      let behaviour = state.behaviour.containers[name] ?? Container()
      if let waiting = state.behaviour.waiting {
        containers.append((name, ["waiting": ["reason": .text(waiting.reason), "message": .text(waiting.message)]]))
      } else if isBlocked {
        containers.append((name, ["waiting": ["reason": "PodInitializing"]]))
      } else if index <= reached, !behaviour.hangs {
        containers.append(
          (
            name,
            [
              "terminated": [
                "exitCode": .number(behaviour.exit), "reason": .text(behaviour.reason),
                "message": .text(behaviour.report),
              ]
            ]
          ))
        isBlocked = behaviour.exit != 0
      } else {
        containers.append((name, ["running": ["startedAt": "2026-11-25T00:00:00Z"]]))
        isBlocked = true
      }
    }
    return containers
  }

  private static func podStatus(_ pod: ManifestNode, _ state: State) -> ManifestNode {
    let all = containers(of: pod, state)
    let statuses = all.map { container -> ManifestNode in
      [
        "name": .text(container.name), "ready": false, "restartCount": 0, "image": "", "imageID": "",
        "state": container.state,
      ]
    }
    let codes = all.map { $0.state["terminated"]?["exitCode"]?.number }
    let isFailed = codes.contains { $0 != nil && $0 != 0 }
    let phase = isFailed ? "Failed" : codes.allSatisfy { $0 == 0 } ? "Succeeded" : "Running"
    var status: ManifestNode = [
      "phase": .text(state.behaviour.unschedulable != nil || state.behaviour.waiting != nil ? "Pending" : phase),
      "initContainerStatuses": .list(Array(statuses.dropLast())),
      "containerStatuses": .list(Array(statuses.suffix(1))),
    ]
    if let why = state.behaviour.unschedulable {
      status = status.setting(
        "conditions",
        [["type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": .text(why)]])
    }
    if let stage = state.behaviour.evictedIn, all.contains(where: { $0.name == stage && $0.state["running"] != nil }) {
      status = status.setting("phase", "Failed").setting("reason", "Evicted")
        .setting("message", "Usage of EmptyDir volume \"work\" exceeds the limit \"20Gi\".")
        .setting("containerStatuses", []).setting("initContainerStatuses", [])
    }
    return status
  }

  private static func jobStatus(_ job: ManifestNode, _ state: State) -> ManifestNode {
    let name = job["metadata"]?["name"]?.text ?? ""
    guard let pod = state.objects["Pod/\(name)-x7k2p"] else { return [:] }
    if let stage = state.behaviour.overdueIn,
      containers(of: pod, state).contains(where: { $0.name == stage && $0.state["running"] != nil })
    {
      return Self.condition("Failed", "DeadlineExceeded", "Job was active longer than specified deadline")
    }
    return switch podStatus(pod, state)["phase"]?.text {
    case "Succeeded": Self.condition("Complete", "", "")
    case "Failed": Self.condition("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit")
    default: [:]
    }
  }

  private static func condition(_ type: String, _ reason: String, _ message: String) -> ManifestNode {
    [
      "conditions": [
        ["type": .text(type), "status": "True", "reason": .text(reason), "message": .text(message)]
      ]
    ]
  }

  // MARK: Logs

  /// A container's log, followed: it begins when the container is let, and ends with it.
  func log(of pod: String, _ query: [String: String]) async throws -> Response {
    let name = query["container"] ?? ""
    return Response(
      status: .ok, headers: [.contentType: "text/plain"],
      body: ResponseBody { writer in
        let container = self.state.withLock { $0.behaviour.containers[name] ?? Container() }
        while !self.isLet(name, of: pod) { try await Task.sleep(for: .milliseconds(20)) }
        let breaks = container.breaksAfter.flatMap { count in
          self.state.withLock { $0.broken.insert(name).inserted } ? count : nil
        }
        for (index, line) in container.log.enumerated() {
          if let breaks, index == breaks { throw CancellationError() }
          // Three lines a second, as far as their times say.
          let second = index / 3
          if let since = query["sinceTime"], "2026-11-25T00:00:0\(second)Z" < since { continue }
          let time = "2026-11-25T00:00:0\(second).\(index % 3 + 1)00000000Z"
          try await writer.write(ByteBuffer(string: "\(time) \(line)\n"))
        }
        while container.hangs, self.state.withLock({ $0.objects["Pod/\(pod)"] != nil }) {
          try await Task.sleep(for: .milliseconds(20))
        }
        try await writer.finish(nil)
      })
  }

  private func isLet(_ container: String, of pod: String) -> Bool {
    state.withLock { state in
      guard let pod = state.objects["Pod/\(pod)"] else { return true }
      let now = Self.containers(of: pod, state).first { $0.name == container }?.state
      let hangs = state.behaviour.containers[container]?.hangs == true
      return now?["terminated"] != nil || hangs && now?["running"] != nil
    }
  }
}
