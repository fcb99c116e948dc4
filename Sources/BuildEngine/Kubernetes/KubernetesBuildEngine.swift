import SecureBuild

/// Builds in a cluster, where one machine is not enough: as a Job on upstream's buildah image, reached through the user's
/// own `kubectl`.
///
/// The pod has a container for each stage, one after the other, and its network lets out to what that stage needs and to
/// nothing else: a policy a stage, chosen by a label of the pod that this engine switches. The source, the base images'
/// digests and every address are found out from here beforehand. Only the container that clones sees GitLab's token,
/// only those that pull and push see the registry's password, and none of these runs a line of the Dockerfile.
public struct KubernetesBuildEngine: BuildEngine {
  private let settings: KubernetesSettings
  private let environment: [String: String]
  private let inquiry: ClusterInquiry

  /// - Parameter environment: this process's own; `kubectl` gets what `KubernetesEnvironment` takes of it.
  public init(
    settings: KubernetesSettings, gitLab: any GitLabAPI, names: any NameResolution, environment: [String: String]
  ) {
    self.init(
      settings: settings, environment: environment,
      inquiry: ClusterInquiry(settings: settings, source: SourceQuestions(gitLab), names: names))
  }

  init(settings: KubernetesSettings, environment: [String: String], inquiry: ClusterInquiry) {
    self.settings = settings
    self.environment = environment
    self.inquiry = inquiry
  }

  private var kubectl: Kubectl? { Kubectl(settings: settings, environment: environment) }

  // MARK: BuildEngine

  public func missingParts(for network: BuildNetwork) async -> [MissingPart] {
    guard let kubectl else { return [.kubectl] }
    return await kubectl.missingParts()
  }

  public func build(_ plan: BuildPlan, telling progress: any BuildProgress) async throws {
    let stage = StageProgress(progress, hiding: plan.secrets)
    do {
      try await build(plan, stage)
    } catch let failure as BuildFailure {
      try stage.end(.fail)
      throw stage.log.masked(failure)
    } catch let fault as KubectlFault {
      try stage.end(.fail)
      throw stage.log.masked(ClusterFailures.failure(fault, in: stage.current))
    } catch let fault as ProgramFault {
      try stage.end(.fail)
      throw BuildFailures.missing(fault, in: stage.current)
    } catch is CancellationError {
      try stage.end(.cancel)
      throw CancellationError()
    }
  }

  private func build(_ plan: BuildPlan, _ progress: StageProgress) async throws {
    try progress.begin(.prepare, allowed: [])
    guard let kubectl else { throw BuildFailure(missing: .kubectl) }
    let build = try await inquiry.build(of: plan, isFollowed: true)
    try progress.log.tell(.commit(build.commit))
    let job = ClusterJob(kubectl: kubectl, names: build.names)
    let result: Result<Void, any Error>
    do {
      result = .success(try await BuildInCluster(build: build, job: job, progress: progress).run())
    } catch {
      result = .failure(error)
    }
    // Also after it was cancelled: what removes is a task of its own.
    let left = await Task { await Self.remove(job) }.value
    if let left {
      let kinds = "jobs,secrets,configmaps,networkpolicies"
      try progress.log.line("not removed from the cluster: \(left)")
      try progress.log.line("by hand: kubectl delete \(kinds) --selector=\(build.names.selector)")
    }
    try result.get()
  }

  public func clean(after buildId: String, folder: String) async {
    guard let kubectl else { return }
    let job = ClusterJob(kubectl: kubectl, names: ClusterNames(build: buildId))
    _ = await Task { await Self.remove(job) }.value
  }

  /// - Returns: what went wrong, where something is left.
  private static func remove(_ job: ClusterJob) async -> String? {
    do {
      try await job.remove()
      return nil
    } catch let fault as KubectlFault {
      return fault.words
    } catch {
      return "\(error)"
    }
  }

  // MARK: Export

  /// The manifests of a build, for a cluster that nobody here follows it in.
  /// - Throws: `BuildFailure`, `CancellationError`.
  public func manifests(for plan: BuildPlan, language: Language = .english) async throws -> ExportedManifests {
    let build = try await inquiry.build(of: plan, isFollowed: false)
    return ExportedManifests(commit: build.commit, yaml: ClusterExport(build: build, language: language).text)
  }
}

/// A build's manifests for people and `kubectl apply`.
public struct ExportedManifests: Sendable, Equatable {
  /// The commit that they build, 40 hexadecimal digits.
  public let commit: String
  public let yaml: String
}

extension BuildFailure {
  fileprivate init(missing part: MissingPart) {
    self.init(.partMissing, in: .prepare, message: part.why, mend: part.mend)
  }
}
