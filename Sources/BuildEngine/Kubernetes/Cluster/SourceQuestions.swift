import SecureBuild

/// What is asked of GitLab about a build before a cluster is given it.
struct SourceQuestions: Sendable {
  /// The commit that its branch or tag is at now.
  var newest: @Sendable (BuildPlan) async throws -> String
  /// Its Dockerfile as it is at a commit.
  var dockerfile: @Sendable (BuildPlan, _ commit: String) async throws -> [UInt8]
}

extension SourceQuestions {
  init(_ gitLab: any GitLabAPI) {
    self.init(
      newest: { plan in
        let (site, token, project) = (plan.source.site, plan.source.token, plan.source.project)
        return plan.request.rule.pushType == .branch
          ? try await gitLab.branch(of: site, token: token, project: project, name: plan.request.ref).commit.id
          : try await gitLab.tag(of: site, token: token, project: project, name: plan.request.ref).commit.id
      },
      dockerfile: { plan, commit in
        try await gitLab.file(
          of: plan.source.site, token: plan.source.token, project: plan.source.project,
          path: plan.request.rule.dockerfilePath, ref: commit)
      })
  }
}
