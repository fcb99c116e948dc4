import SecureBuild

extension LocalBuild {
  /// Hands the image over, and tells what it is.
  /// - Parameter hosts: of a registry, as it said itself.
  func push(_ cell: Confinement, _ hosts: RegistryHosts?) async throws {
    let push = ImagePush(
      result: ImageLayout(cell.result), reference: Confinement.resultReference, repository: plan.request.repository,
      tag: plan.request.imageTag)
    let image: BuiltImage
    switch plan.registry {
    case .layout(let folder):
      try await cell.allow([])
      image = try await push.push(toLayout: folder)
    case .server(let server, let password):
      let access = RegistryAccess(server, password: password)
      if isOnOwnLoopback(hosts) {
        try await cell.allow([])
        try log.line(
          "\(server.address) is on this machine's loopback, which a build doesn't reach: pushed from outside it")
        image = try await pushFromHere(push, to: access, server, cell)
      } else {
        try await cell.name(hosts?.names ?? [])
        try await cell.allow(hosts?.endpoints ?? [])
        image = try await self.push(push, to: access, server, cell)
      }
    }
    try log.tell(.image(image))
    try log.line("\(image.references.joined(separator: " ")) \(image.digest) \(image.size) bytes")
  }

  /// Whether a registry is on this machine's own loopback while the build has a network of its own.
  func isOnOwnLoopback(_ hosts: RegistryHosts?) -> Bool {
    guard case .confined = plan.network, let hosts, !hosts.endpoints.isEmpty else { return false }
    return hosts.endpoints.allSatisfy(\.ip.isLoopback)
  }

  /// To a registry on this machine's loopback. No line of the Dockerfile runs any more.
  private func pushFromHere(
    _ push: ImagePush, to access: RegistryAccess, _ server: RegistryServer, _ cell: Confinement
  ) async throws -> BuiltImage {
    let folder = files + "/push"
    try Files.makeFolder(folder, mode: 0o700)
    let skopeo = try Skopeo(
      NamedHosts(HostPrograms(), hosts: access.hosts, in: folder), in: folder, limit: limit, silence: silence)
    return try await copy(
      push, "oci:\(cell.result):\(Confinement.resultReference)", to: server, by: skopeo,
      access.options(in: folder, side: "dest-"))
  }

  /// To a registry, by skopeo in the cell: what it parses was built by others.
  private func push(_ push: ImagePush, to access: RegistryAccess, _ server: RegistryServer, _ cell: Confinement)
    async throws -> BuiltImage
  {
    let auth = try await cell.put(access.authFile, as: "auth.json")
    let registries = try await cell.put([], as: "registries.conf")
    if let certificates = server.caCertificates {
      _ = try await cell.put(Array(certificates.utf8), as: "registry-ca.crt")
    }
    let credentials = String(auth.prefix(auth.count - "/auth.json".count))
    let skopeo = Skopeo(
      inCell: cell.programs, folder: Confinement.workInside, registries: registries, limit: limit, silence: silence)
    return try await copy(
      push, "oci:\(Confinement.resultInside):\(Confinement.resultReference)", to: server, by: skopeo,
      ["--dest-authfile", auth, "--dest-cert-dir", credentials, "--dest-tls-verify=\(!server.plainHTTP)"])
  }

  private func copy(
    _ push: ImagePush, _ source: String, to server: RegistryServer, by skopeo: Skopeo, _ options: [String]
  ) async throws -> BuiltImage {
    let (entry, _, size) = try push.describe()
    let target = "\(server.address)/\(plan.request.repository):\(plan.request.imageTag)"
    let said = LastWords(hiding: plan.secrets)
    let end = try await skopeo.run(
      ["copy", "--all", "--preserve-digests"] + options + [source, "docker://\(target)"]
    ) { [log] piece in
      said.take(piece)
      try log.pass(piece)
    }
    guard end.isSuccess else {
      throw PushFailures.push(
        ProgramAnswer(end: end, output: [], errors: Array(said.text.utf8)), to: server, plan.request.repository)
    }
    return BuiltImage(digest: entry.digest.description, size: size, references: [target])
  }
}
