import SecureBuild

extension BuildRequest {
  /// A build that does as the script says.
  public static func scripted(
    _ id: String, _ script: [String], instance: String = "cri-local-1", at time: Timestamp = SystemClock().now()
  ) -> BuildRequest {
    let rule = BuildRule(
      id: "rule-1", repoId: "repo-1", instanceId: instance, pushType: .branch, pushName: "main", buildArgs: script,
      at: time, by: "anna@bastion")
    return BuildRequest(
      id: id, instanceId: instance, repoId: "repo-1", repository: "team/app", rule: rule, ref: "main",
      imageTag: "latest", at: time, by: "anna@bastion")
  }
}

extension BuildPlan {
  /// A plan that needs nothing of the workspace but the build's folder.
  public static func scripted(_ request: BuildRequest, in workspace: String) throws -> BuildPlan {
    guard let token = Token("glpat-PLANTED"), let gitLab = IPv4Address("192.168.10.20") else { throw NoPlan() }
    let site = GitLabSite(
      address: try GitLabAddress(parsing: "http://192.168.10.20"), connectTo: .v4(gitLab), trust: .system)
    return BuildPlan(
      request: request, source: BuildSource(site: site, project: "team/app", token: token),
      network: .confined(gitLab: .v4(gitLab), others: [], hosts: []), registry: .layout("\(workspace)/registry"),
      importedImages: "\(workspace)/images", folder: "\(workspace)/builds/\(request.instanceId)/\(request.id)")
  }

  private struct NoPlan: Error {}
}
