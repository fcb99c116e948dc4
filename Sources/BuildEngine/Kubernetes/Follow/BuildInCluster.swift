import SecureBuild

/// One build in a cluster from its beginning to its end, written down as it goes.
struct BuildInCluster: Sendable {
  let build: ClusterBuild
  let job: ClusterJob
  let progress: StageProgress

  private var limits: BuildLimits { build.plan.limits }

  /// - Throws: `BuildFailure`, `KubectlFault`, `CancellationError`. What is left in the cluster is the caller's to remove.
  func run() async throws {
    try await job.create(build)
    var pod = try await start(of: .clone)
    try progress.end(.success)
    for stage in build.stages {
      try progress.begin(stage.stage, allowed: build.allowed(in: stage))
      if stage != build.stages.first { try await job.begin(stage, pod: pod) }
      pod = try await start(of: stage)
      let report = try await follow(stage, in: pod)
      try tell(report, of: stage)
      try progress.end(.success)
    }
  }

  /// What a stage found out.
  private func tell(_ report: String, of stage: PodStage) throws {
    switch stage {
    case .clone, .build: break
    case .images: for image in build.baseImages { try progress.log.tell(.baseImage(image.base)) }
    case .push:
      let facts = report.split(separator: "\n").reduce(into: [Substring: Substring]()) { facts, line in
        let parts = line.split(separator: "=", maxSplits: 1)
        if parts.count == 2 { facts[parts[0]] = parts[1] }
      }
      guard let digest = facts["digest"], digest.hasPrefix("sha256:"), digest.utf8.count == 71 else {
        throw ClusterFailures.failed(code: 0, reason: "no digest was reported", report: "", in: .push)
      }
      let size = facts["size"].flatMap { Int($0) } ?? 0
      try progress.log.tell(.image(BuiltImage(digest: String(digest), size: size, references: [build.image])))
    }
  }

  // MARK: Waiting

  /// Waits until a stage's container runs or ran.
  /// - Returns: the pod's name.
  private func start(of stage: PodStage) async throws -> String {
    let place = stage == build.stages.first ? BuildStage.prepare : stage.stage
    let end = ContinuousClock.now + .seconds(build.settings.patience)
    var last = ""
    var pause = Duration.milliseconds(200)
    while true {
      let state = try await look()
      if let pod = state.pod {
        switch pod.containers[stage.rawValue] {
        case .running, .ended: return pod.name
        default: try check(state, in: place)
        }
      } else {
        try check(state, in: place)
      }
      let why = try await obstacle(to: stage, in: state)
      if let why, why.description != last {
        last = why.description
        try say("waiting: \(last)")
      }
      if let why, Self.isHopeless(why) { throw ClusterFailures.notStarted(why.description, in: place) }
      guard ContinuousClock.now < end else {
        let words = last.isEmpty ? "no word of it within \(build.settings.patience) seconds" : last
        throw ClusterFailures.notStarted(words, in: place)
      }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .seconds(2))
    }
  }

  /// What a container waits for, in the cluster's words.
  private func obstacle(to stage: PodStage, in state: ClusterState) async throws -> ClusterState.Words? {
    guard let pod = state.pod else {
      // Nobody needs the right to read events: then the reason stays unknown.
      return try? await job.warning()
    }
    if let why = pod.unschedulable { return why }
    guard case .waiting(let why?)? = pod.containers[stage.rawValue] else { return nil }
    return ["PodInitializing", "ContainerCreating"].contains(why.reason) ? nil : why
  }

  /// What waiting doesn't mend.
  private static func isHopeless(_ words: ClusterState.Words) -> Bool {
    ["InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError", "RunContainerError"].contains(words.reason)
      || words.reason == "FailedCreate" && words.message.contains("violates PodSecurity")
  }

  /// - Throws: `BuildFailure` where the pod or its Job has ended without the stage that is waited for.
  private func check(_ state: ClusterState, in stage: BuildStage) throws {
    guard let job = state.job else { throw ClusterFailures.gone(in: stage) }
    if let why = state.pod?.reason, state.pod?.phase == "Failed" {
      throw ClusterFailures.ended(why, in: stage, limits: limits)
    }
    if let why = job.failure { throw ClusterFailures.ended(why, in: stage, limits: limits) }
    if job.isComplete { throw ClusterFailures.gone(in: stage) }
  }

  // MARK: Following

  /// Passes a container's log on until the container ends.
  /// - Returns: what it reported.
  private func follow(_ stage: PodStage, in pod: String) async throws -> String {
    let log = PodLog { [log = progress.log] in try log.pass($0) }
    let isOver = ContinuousClock.now + .seconds(limits.stage + 120)
    var lost = 0
    while true {
      var call = job.kubectl.call(
        ["logs", pod, "--container=\(stage.rawValue)", "--follow", "--timestamps"] + log.argumentsToResume())
      call.silence = .seconds(limits.silence)
      call.limit = isOver - ContinuousClock.now
      let end = try await job.kubectl.programs.run(call, output: { try log.take($0) }, errors: { _ in })
      let state = try await ended(stage, in: pod, waiting: end.isSuccess)
      guard let pod = state.pod, let container = pod.containers[stage.rawValue] else {
        try check(state, in: stage.stage)
        throw ClusterFailures.gone(in: stage.stage)
      }
      if case .ended(let code, let reason, let report) = container {
        if !end.isSuccess, lost < 5 {
          // The connection broke, and the container ended before it was there again: the rest is still to be had.
          lost += 1
          try await Task.sleep(for: .milliseconds(200))
          continue
        }
        if code == 0, report.hasPrefix("ok") { return report }
        if let why = pod.reason, pod.phase == "Failed" {
          throw ClusterFailures.ended(why, in: stage.stage, limits: limits)
        }
        throw ClusterFailures.failed(code: code, reason: reason, report: report, in: stage.stage)
      }
      try check(state, in: stage.stage)
      if end == .silent { throw ClusterFailures.timedOut(limits.silence, silent: true, in: stage.stage) }
      if ContinuousClock.now > isOver { throw ClusterFailures.timedOut(limits.stage, silent: false, in: stage.stage) }
      try await Task.sleep(for: .milliseconds(500))
    }
  }

  /// The state after a log came to its end; where that was the container's, the cluster may know of it a moment later.
  private func ended(_ stage: PodStage, in pod: String, waiting: Bool) async throws -> ClusterState {
    var state = try await look()
    for _ in 0..<20 where waiting {
      guard state.pod?.containers[stage.rawValue] == .running else { break }
      try await Task.sleep(for: .milliseconds(100))
      state = try await look()
    }
    return state
  }

  private func look() async throws -> ClusterState {
    try await job.kubectl.patiently(saying: { try say("the cluster's API can't be reached, trying again: \($0)") }) {
      try await job.state()
    }
  }

  private func say(_ words: String) throws { try progress.log.line(words) }
}
