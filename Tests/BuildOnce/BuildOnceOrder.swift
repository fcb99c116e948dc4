import SecureBuild

/// What `build-once` is told.
struct BuildOnceOrder: Codable {
  var id: String
  var site: String
  var connectTo: IPAddress
  var ca: String?
  var token: String
  var project: String
  var ref: String
  var commit: String?
  var repository: String
  var tag: String
  var dockerfileLocation: String?
  var dockerfileName: String?
  var arguments: [String]?
  var platforms: [BuildPlatform]?
  /// Nil for the network type Internet.
  var gitLab: IPAddress?
  var others: [AllowedEndpoint]?
  var hosts: [HostEntry]?
  var layout: String?
  var registry: RegistryServer?
  var password: String?
  var mirrors: [RegistryMirror]?
  var images: String
  var folder: String
  var cache: String?
  var limits: BuildLimits?
  /// Removes what a killed build left instead.
  var cleans: Bool?

  var plan: BuildPlan {
    get throws {
      let at = Timestamp(milliseconds: 0)
      let rule = BuildRule(
        id: "crbr-1", repoId: "crr-1", instanceId: "cri-1", pushType: .branch, pushName: ref,
        dockerfileLocation: dockerfileLocation ?? "/", dockerfileName: dockerfileName ?? "Dockerfile", imageTag: tag,
        buildArgs: arguments ?? [], platforms: platforms ?? [.linuxAmd64], at: at, by: "test")
      let request = BuildRequest(
        id: id, instanceId: "cri-1", repoId: "crr-1", repository: repository, rule: rule, ref: ref, commitId: commit,
        imageTag: tag, at: at, by: "test")
      guard let token = Token(token) else { throw OrderFault() }
      let site = GitLabSite(
        address: try GitLabAddress(parsing: site), connectTo: connectTo,
        trust: ca.map { .systemAnd(pem: $0) } ?? .system)
      let place: BuildRegistry =
        registry.map { .server($0, password: password.map { RegistryPassword($0) }) } ?? .layout(layout ?? "")
      return BuildPlan(
        request: request, source: BuildSource(site: site, project: project, token: token),
        network: gitLab.map { .confined(gitLab: $0, others: others ?? [], hosts: hosts ?? []) } ?? .open,
        registry: place, mirrors: mirrors ?? [], importedImages: images, folder: folder, cacheFolder: cache,
        limits: limits ?? BuildLimits())
    }
  }
}

struct OrderFault: Error {}
