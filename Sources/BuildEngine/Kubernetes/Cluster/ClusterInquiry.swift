import SecureBuild

/// Finds out, from this machine, what a cluster must be told of a build: the commit and its Dockerfile from GitLab, where
/// each base image is and by which digest, the addresses of every host.
struct ClusterInquiry: Sendable {
  let settings: KubernetesSettings
  let source: SourceQuestions
  let names: any NameResolution
  var find: ImageFinding = { try await BaseImageSearch().find($0, for: $1, in: $2, hosts: [], work: $3) }

  typealias ImageFinding =
    @Sendable (_ name: String, BuildPlatform, BaseImageSources, _ work: String) async throws -> Result<
      FoundImage, MissingImage
    >

  /// - Parameter isFollowed: somebody will switch the network of its stages.
  /// - Throws: `BuildFailure`, `CancellationError`.
  func build(of plan: BuildPlan, isFollowed: Bool) async throws -> ClusterBuild {
    let (server, platform) = try Self.check(plan, isFollowed: isFollowed)
    let commit =
      if let known = plan.request.commitId { known } else { try await asking(plan) { try await source.newest(plan) } }
    let images = try await images(of: plan, commit, platform)
    let mirrors = images.map { (address: $0.registry, hosts: $0.registryHosts) }
    return ClusterBuild(
      plan: plan, settings: settings, commit: commit, baseImages: images.map(\.image),
      sources: try await hosts(mirrors, https: images.map { !$0.image.plainHTTP }, in: .baseImages),
      registry: try await hosts([(server.address, server.hosts)], https: [!server.plainHTTP], in: .push),
      server: server, platform: platform, isFollowed: isFollowed)
  }

  /// What a cluster can't do for this plan.
  private static func check(_ plan: BuildPlan, isFollowed: Bool) throws(BuildFailure) -> (RegistryServer, BuildPlatform)
  {
    guard plan.companions.isEmpty || !isFollowed else { throw ClusterRefusals.training }
    guard case .server(let server, _) = plan.registry else { throw ClusterRefusals.layout }
    let platforms = plan.request.rule.platforms
    guard let platform = platforms.first, platforms.count == 1 else { throw ClusterRefusals.platforms(platforms) }
    let lines = plan.request.rule.buildArgs + [plan.request.rule.dockerfileName, plan.request.rule.dockerfileLocation]
    guard lines.allSatisfy({ !$0.unicodeScalars.contains { $0.value < 0x20 } }) else { throw ClusterRefusals.controls }
    return (server, platform)
  }

  // MARK: GitLab

  private func asking<Answer>(_ plan: BuildPlan, _ body: () async throws -> Answer) async throws -> Answer {
    do { return try await body() } catch let failure as GitLabFailure {
      throw ClusterRefusals.source(failure, of: plan)
    }
  }

  // MARK: Base images

  private struct Found {
    let image: ClusterImage
    /// `host[:port]` of where it comes from.
    let registry: String
    let registryHosts: [HostEntry]
  }

  private func images(of plan: BuildPlan, _ commit: String, _ platform: BuildPlatform) async throws -> [Found] {
    let rule = plan.request.rule
    let needs = Dockerfile(try await asking(plan) { try await source.dockerfile(plan, commit) }).needs(
      arguments: rule.buildArgs, platform: platform, engine: .kubernetes)
    if let problem = needs.problems.first { throw ClusterRefusals.dockerfile(problem, of: rule) }
    let sources = BaseImageSources(imported: plan.importedImages, registry: plan.registry, mirrors: plan.mirrors)
    let work: WorkFolder
    do { work = try WorkFolder() } catch { throw BuildFailures.file(error, in: .prepare) }
    var images: [Found] = []
    for use in needs.baseImages {
      let platform = use.platform.flatMap(BuildPlatform.init) ?? platform
      switch try await find(use.name, platform, sources, work.path) {
      case .failure(let missing): throw BuildFailures.missing(use.name, missing.tried)
      case .success(let found): images.append(try Self.image(found, named: use.name, platform))
      }
    }
    return withExtendedLifetime(work) { images }
  }

  private static func image(_ found: FoundImage, named name: String, _ platform: BuildPlatform) throws(BuildFailure)
    -> Found
  {
    guard case .server(let repository, _, let access) = found.place.source, let full = ImageName(name) else {
      throw ClusterRefusals.archive(found.image)
    }
    let image = ClusterImage(
      base: found.image, fullName: full.description, reference: "\(repository)@\(found.digest)",
      platform: platform,
      plainHTTP: access.plainHTTP, caCertificates: access.caCertificates)
    return Found(image: image, registry: access.address, registryHosts: access.hosts)
  }

  // MARK: Hosts

  /// The addresses of registries: of each its own with its port, and of its further hosts (token realm, blob store) with
  /// any, since nobody says which.
  private func hosts(
    _ registries: [(address: String, hosts: [HostEntry])], https: [Bool], in stage: BuildStage
  ) async throws -> ClusterHosts {
    var all = ClusterHosts()
    for (registry, https) in zip(registries, https) {
      let place = RegistryPlaceName(registry.address, https: https)
      let own = registry.hosts.filter { $0.name == place.host }.map { IPAddress.v4($0.ip) }
      for address in own.isEmpty ? try await addresses(of: place.host, in: stage) : own {
        all.add(AllowedEndpoint(ip: address, port: place.port, label: "registry"), name: place.host)
      }
      for host in registry.hosts where host.name != place.host {
        all.add(AllowedEndpoint(ip: .v4(host.ip), port: nil, label: host.name), name: host.name)
      }
    }
    return all
  }

  private func addresses(of host: String, in stage: BuildStage) async throws -> [IPAddress] {
    if let address = IPAddress(host) { return [address] }
    do { return try await names.addresses(of: host) } catch let failure as NameFailure {
      throw ClusterRefusals.name(host, failure, in: stage)
    }
  }
}

extension ClusterHosts {
  fileprivate mutating func add(_ endpoint: AllowedEndpoint, name: String) {
    if !endpoints.contains(endpoint) { endpoints.append(endpoint) }
    let host = ClusterHost(name: name, address: endpoint.ip)
    if host.isName, !hosts.contains(host) { hosts.append(host) }
  }
}

/// `host[:port]` taken apart.
private struct RegistryPlaceName {
  let host: String
  let port: Int

  init(_ address: String, https: Bool) {
    var name = address[...]
    var port = https ? 443 : 80
    if let colon = address.lastIndex(of: ":"), !address[colon...].contains("]"),
      let given = Int(address[address.index(after: colon)...])
    {
      port = given
      name = address[..<colon]
    }
    host = name.hasPrefix("[") && name.hasSuffix("]") ? String(name.dropFirst().dropLast()) : String(name)
    self.port = port
  }
}
