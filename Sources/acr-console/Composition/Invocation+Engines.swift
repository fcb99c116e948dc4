import BuildEngine
import Console
import FoundationEssentials
import GitLab
import SecureBuild

extension Invocation {
  /// What builds on this machine, or from it.
  var engines: [BuildRequest.EngineName: any BuildEngine] {
    [
      .local: LocalBuildEngine(),
      .kubernetes: KubernetesBuildEngine(
        settings: settings.kubernetes.cluster, gitLab: GitLabClient(), names: SystemNames(),
        environment: ProcessInfo.processInfo.environment),
    ]
  }

  /// What a build is to do, whole.
  static func plan(_ request: BuildRequest, in workspace: Workspace) async throws -> BuildPlan {
    if let refusal = noEngine(request.engine, in: workspace.kind) { throw refusal }
    return try await workspace.plan(request)
  }

  /// Why an engine isn't for a workspace: a training one never connects beyond loopback.
  static func noEngine(_ engine: BuildRequest.EngineName, in kind: WorkspaceKind) -> Refusal? {
    guard engine == .kubernetes, kind == .training else { return nil }
    return Refusal(
      .ownOnly,
      message: Phrase(
        "This is a training workspace: nothing of it is given to a real cluster.", "这是演练工作区：其内容不会交给真实集群。"),
      mend: Phrase(
        "Build it on this machine with --engine local, or in a workspace of your own.",
        "请用 --engine local 在本机构建，或使用自有工作区。"))
  }
}

extension ClusterSettings {
  /// As the engine takes them; what isn't set is the engine's own.
  var cluster: KubernetesSettings {
    var settings = KubernetesSettings(
      context: context, namespace: namespace, nodeSelector: nodeSelector, seccompProfile: seccompProfile)
    if let image { settings.image = image }
    if let userNamespaces { settings.userNamespaces = userNamespaces }
    if let patience { settings.patience = patience }
    return settings
  }
}
