import SecureBuild

@testable import BuildEngine

/// Plans of builds for a cluster, and what was found out of them.
enum TestBuild {
  static let token = "glpat-Zz9_secret-of-the-token"
  static let password = "pass-of-the-registry"
  static let commit = "0123456789abcdef0123456789abcdef01234567"
  static let gitLab = IPAddress.v4(IPv4Address(bits: 0x0a00_0010))
  static let maven = IPAddress.v4(IPv4Address(bits: 0x0a00_0063))
  static let registryIP = IPv4Address(bits: 0x0a00_0020)

  static let confined = BuildNetwork.confined(
    gitLab: gitLab, others: [AllowedEndpoint(ip: maven, port: nil, label: "Maven")],
    hosts: [
      HostEntry(name: "gitlab.corp.example", ip: IPv4Address(bits: 0x0a00_0010)),
      HostEntry(name: "maven.corp.example", ip: IPv4Address(bits: 0x0a00_0063)),
    ])

  static let server = RegistryServer(
    address: "registry.corp.example:5000", username: "pusher",
    hosts: [HostEntry(name: "registry.corp.example", ip: registryIP)])

  static func rule(
    location: String = "/", name: String = "Dockerfile", args: [String] = [],
    platforms: [BuildPlatform] = [.linuxAmd64], type: PushType = .branch
  ) -> BuildRule {
    BuildRule(
      id: "crbr-1", repoId: "crr-1", instanceId: "cri-1", pushType: type, pushName: "main",
      dockerfileLocation: location,
      dockerfileName: name, buildArgs: args, platforms: platforms, at: Timestamp(milliseconds: 0), by: "lin@bastion")
  }

  static func plan(
    id: String = "build-local-20261125T031938-7f3a9c", network: BuildNetwork = confined, rule: BuildRule = rule(),
    registry: BuildRegistry = .server(server, password: RegistryPassword(password)), trust: TrustRoots = .system,
    limits: BuildLimits = BuildLimits(), commit: String? = nil, mirrors: [RegistryMirror] = [],
    companions: [NetworkCompanion] = []
  ) throws -> BuildPlan {
    let site = GitLabSite(
      address: try GitLabAddress(parsing: "https://gitlab.corp.example"), connectTo: gitLab, trust: trust)
    guard let token = Token(token) else { throw CancellationError() }
    return BuildPlan(
      request: BuildRequest(
        id: id, instanceId: "cri-1", repoId: "crr-1", repository: "shop/app", rule: rule, ref: "main", commitId: commit,
        imageTag: "v1", engine: .kubernetes, at: Timestamp(milliseconds: 0), by: "lin@bastion"),
      source: BuildSource(site: site, project: "shop/app", token: token), network: network, registry: registry,
      mirrors: mirrors, importedImages: "/nowhere", folder: "/nowhere", limits: limits, companions: companions)
  }

  static let baseImage = ClusterImage(
    base: BaseImage(
      name: "debian:12", digest: "sha256:" + String(repeating: "ab", count: 32), origin: .mirror,
      from: "mirror.corp.example/hub/library/debian:12"), fullName: "docker.io/library/debian:12",
    reference: "mirror.corp.example/hub/library/debian@sha256:" + String(repeating: "ab", count: 32),
    platform: .linuxAmd64, plainHTTP: false,
    caCertificates: "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n")

  static let mirrorIP = IPAddress.v4(IPv4Address(bits: 0x0a00_0030))

  static func build(
    _ plan: BuildPlan, settings: KubernetesSettings = KubernetesSettings(), baseImages: [ClusterImage] = [baseImage],
    isFollowed: Bool = true
  ) -> ClusterBuild {
    let mirror = ClusterHosts(
      endpoints: [AllowedEndpoint(ip: mirrorIP, port: 443, label: "registry")],
      hosts: [ClusterHost(name: "mirror.corp.example", address: mirrorIP)])
    let registry = ClusterHosts(
      endpoints: [AllowedEndpoint(ip: .v4(registryIP), port: 5000, label: "registry")],
      hosts: [ClusterHost(name: "registry.corp.example", address: .v4(registryIP))])
    return ClusterBuild(
      plan: plan, settings: settings, commit: commit, baseImages: baseImages,
      sources: baseImages.isEmpty ? ClusterHosts() : mirror, registry: registry, server: server,
      platform: plan.request.rule.platforms[0], isFollowed: isFollowed)
  }

  /// Many kinds of builds, by name.
  static var table: [String: ClusterBuild] {
    get throws {
      var table: [String: ClusterBuild] = [:]
      for isFollowed in [true, false] {
        let end = isFollowed ? "followed" : "exported"
        table["plain, \(end)"] = build(try plan(), isFollowed: isFollowed)
        table["from scratch, \(end)"] = build(try plan(), baseImages: [], isFollowed: isFollowed)
        table["no confinement, \(end)"] = build(try plan(network: .open), isFollowed: isFollowed)
        table["hostile words, \(end)"] = build(
          try plan(
            id: "Build: \u{1b}[31m $(id) «x» " + String(repeating: "long", count: 40),
            rule: rule(
              location: "/a b/$(id)", name: "Docker file'\"",
              args: ["A=$(reboot)\\", "B=yes", "C=- x: #y", "D=中文\u{85}"])),
          isFollowed: isFollowed)
        table["all settings, \(end)"] = build(
          try plan(
            rule: rule(platforms: [.linuxArm64]), trust: .systemAnd(pem: "-----BEGIN CERTIFICATE-----\nAA==\n"),
            limits: BuildLimits(memory: 1_500_000_000, disk: 3 << 20)),
          settings: KubernetesSettings(
            context: "prod", namespace: "builds",
            image: "mirror.corp.example/buildah@sha256:" + String(repeating: "1", count: 64),
            nodeSelector: ["pool": "builds", "true": "1"], seccompProfile: "profiles/buildah.json", userNamespaces: true
          ),
          isFollowed: isFollowed)
        table["IPv6, \(end)"] = build(
          try plan(network: .confined(gitLab: .v6("2001:db8::10"), others: [], hosts: [])), isFollowed: isFollowed)
      }
      return table
    }
  }
}
