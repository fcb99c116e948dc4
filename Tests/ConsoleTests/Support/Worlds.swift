import FlatFiles

@testable import SecureBuild

/// What tests begin with, made by the use cases themselves.
enum Worlds {
  static let instance = "cri-local-0000000001"
  static let vpc = "vpc-local-0000000001"
  static let link = "link-local-0000000001"

  /// Four instances in Hangzhou, one elsewhere; a VPC with a vSwitch that carries the mode and one that doesn't.
  static func plain(_ workspace: Workspace) throws {
    let states = [
      ("build-prod", "RUNNING"), ("build-staging", "RUNNING"), ("archive", "STOPPED"), ("new-one", "STARTING"),
    ]
    for (name, status) in states {
      _ = try workspace.createInstance(
        name: name, region: "cn-hangzhou", specification: "Enterprise_Advanced", status: status)
    }
    _ = try workspace.createInstance(name: "eu-build", region: "eu-central-1", specification: "Enterprise_Basic")
    _ = try workspace.addVpc(region: "cn-hangzhou", cidr: "192.168.0.0/16", name: "corp")
    _ = try workspace.addVSwitch(vpc: vpc, zone: "cn-hangzhou-i", cidr: "192.168.10.0/24", name: "build")
    _ = try workspace.addVSwitch(vpc: vpc, zone: "cn-hangzhou-b", cidr: "192.168.20.0/24", name: "old")
  }

  static let repository = "crr-local-0000000001"
  static let rule = "crbr-local-0000000001"

  /// A bound GitLab, without having asked one.
  static func bound(_ workspace: Workspace) throws {
    try withLink(workspace)
    let store = workspace.store
    _ = try store.commit(by: "lin@bastion", as: "gitlab bind", at: "2026-11-24T20:15:00.000Z") { transaction in
      let secret = try transaction.addSecret(Array(FakeGitLab.token.utf8))
      let binding = Binding(
        instanceId: instance, networkType: .intranet, linkId: link, address: "http://gitlab.corp.example",
        username: "dev", secret: secret.text, state: .bound, at: FixedClock().now(), by: "lin@bastion")
      try transaction.put(.binding, instance, binding)
    }
  }

  /// Repositories and rules of a bound GitLab; of the first, one rule for each way to build.
  static func withRepositories(_ workspace: Workspace) throws {
    try bound(workspace)
    _ = try workspace.createRepository(
      RepositoryDraft(
        instanceId: instance, namespaceName: "team", name: "web", summary: "The shop's front", project: "team/web",
        projectId: 250, autoBuild: true))
    _ = try workspace.createRepository(
      RepositoryDraft(instanceId: instance, namespaceName: "team", name: "jobs", type: .public, summary: "Nightly jobs")
    )
    _ = try workspace.createRule(RuleDraft(repoId: repository, pushName: "main", imageTag: "v1"))
    _ = try workspace.createRule(
      RuleDraft(
        repoId: repository, pushName: "release-(?<imageTag>\\w*)", imageTag: "${imageTag}",
        buildArgs: ["GO_VERSION=1.23"]))
    _ = try workspace.createRule(
      RuleDraft(
        repoId: repository, pushType: .tag, pushName: "v1.0", dockerfileLocation: "/docker", imageTag: "stable",
        time: .day, platforms: ["linux/amd64", "linux/arm64"]))
  }

  static func withLink(_ workspace: Workspace) throws {
    try plain(workspace)
    _ = try workspace.createLink(
      LinkDraft(
        instanceId: instance, gitLabIntranetIp: "192.168.10.20",
        allowedIps: [AllowedIpDraft("192.168.10.30=Maven"), AllowedIpDraft("192.168.10.31=npm")],
        hosts: [HostEntryDraft("gitlab.corp.example=192.168.10.20")], vpcId: vpc, vSwitchId: "vsw-local-0000000001"))
  }
}
