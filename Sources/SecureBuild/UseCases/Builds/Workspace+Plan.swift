import FlatFiles

extension Workspace {
  /// All that an engine needs for a build, as the workspace is now: the bound GitLab and where it is, the token, what the
  /// link lets out to, the registry with its password, the folders. Settings may change its limits.
  /// - Throws: `Refusal` with what stands in the way, or `CancellationError`.
  public func plan(_ request: BuildRequest) async throws -> BuildPlan {
    let state = try state().state
    let repository = try refusing { try state.repository(request.repoId) }
    if let refusal = try refusing({ try state.whyNoBuild(repository) }) { throw refusal }
    guard let project = repository.source else { throw Refusal.noSuch(.noSuchProject, .codeRepo, "") }
    let access = try await gitLabAccess(of: request.instanceId)
    let (registry, mirrors) = try refusing { try self.registry(of: request.instanceId, in: state) }
    return BuildPlan(
      request: request,
      source: BuildSource(site: access.site, project: project.path, token: access.token),
      network: access.network, registry: registry, mirrors: mirrors, importedImages: imagesFolder,
      folder: builds.folders.build(BuildPlace(request)),
      cacheFolder: repository.disableCacheBuild ? nil : path + "/cache/" + BuildPlace.folder(of: repository.id),
      companions: try await surroundings.companions(access.network))
  }

  /// The OCI layout with the images that were imported as archives.
  public var imagesFolder: String { path + "/images" }
}

/// How to ask the GitLab that is bound to an instance, and how its builds reach it.
struct GitLabAccess: Sendable {
  let site: GitLabSite
  let token: Token
  let networkType: NetworkType
  let link: Link?

  /// What builds may reach: over a link GitLab's address and the link's others, by the names that the link has for them.
  var network: BuildNetwork {
    guard let link else { return .open }
    let gitLab = site.connectTo
    var others = link.allowedIps.map { AllowedEndpoint(ip: .v4($0.ip), port: nil, label: $0.label) }
    if .v4(link.gitLabIntranetIp) != gitLab {
      others.insert(AllowedEndpoint(ip: .v4(link.gitLabIntranetIp), port: nil, label: "GitLab"), at: 0)
    }
    others.removeAll { $0.ip == gitLab }
    var hosts = link.hosts
    let host = site.address.host
    // Inside no resolver answers: the name that this host's resolver knew must be among the names.
    if case .v4(let ip) = gitLab, HostName.isValid(host), !hosts.contains(where: { $0.name == host }) {
      hosts.append(HostEntry(name: host, ip: ip))
    }
    return .confined(gitLab: gitLab, others: others, hosts: hosts)
  }
}

extension Workspace {
  /// The bound GitLab of an instance, found as a try finds it.
  /// - Throws: `Refusal`, or `CancellationError`.
  func gitLabAccess(of instance: String) async throws -> GitLabAccess {
    let state = try state().state
    let (binding, link) = try refusing { () -> (Binding, Link?) in
      let binding = try state.boundOrDraft(instance)
      guard binding.state == .bound else { throw Refusal.bindFirst }
      return (binding, try binding.networkType == .intranet ? state.link(binding.linkId ?? "") : nil)
    }
    let token = try refusing { () -> Token in
      guard let token = try storedToken(of: binding) else { throw Refusal.secretMissing }
      try surroundings.admission.admit(token)
      return token
    }
    let way = GitLabWay(names: surroundings.names, link: link, address: try GitLabAddress(parsing: binding.address))
    return GitLabAccess(
      site: try await way.site(binding.caCertificates, binding.networkType), token: token,
      networkType: binding.networkType, link: link)
  }
}

extension Refusal {
  static let bindFirst = Refusal(
    .notBound, field: .instanceId, message: Phrase("No GitLab account is bound.", "尚未绑定 GitLab 账号。"),
    mend: Phrase(
      "Bind one under Code Source, or with `acr-console gitlab bind`.", "请在代码源中绑定，或使用 `acr-console gitlab bind`。"))
}
