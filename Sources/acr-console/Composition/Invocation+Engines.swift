import SecureBuild

extension Invocation {
  /// What builds on this machine, or from it.
  static var engines: [BuildRequest.EngineName: any BuildEngine] { [:] }

  /// What a build is to do, whole.
  static func plan(_ request: BuildRequest, in workspace: Workspace) async throws -> BuildPlan {
    throw BuildFailure(
      .partMissing, in: nil, message: Phrase("Nothing can be built here yet.", "此处尚不能构建。"),
      mend: Phrase("Update acr-console.", "请升级 acr-console。"))
  }
}
