import SecureBuild

/// Builds on this machine: git, skopeo and buildah, each in the confined place that the build has for itself.
public struct LocalBuildEngine: BuildEngine {
  public init() {}

  public func missingParts(for network: BuildNetwork) async -> [MissingPart] {
    await LocalRequirements(network: network).missing()
  }

  public func build(_ plan: BuildPlan, telling progress: any BuildProgress) async throws {
    try await LocalBuild(plan, telling: progress).run()
  }

  public func clean(after buildId: String, folder: String) async {
    await Confinement.clean(after: buildId, folder: folder)
    Files.remove(LocalBuild.files(in: folder))
  }
}
