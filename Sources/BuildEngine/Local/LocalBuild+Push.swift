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
      try await cell.name(hosts?.names ?? [])
      try await cell.allow(hosts?.endpoints ?? [])
      image = try await self.push(push, to: RegistryAccess(server, password: password), server, cell)
    }
    try log.tell(.image(image))
    try log.line("\(image.references.joined(separator: " ")) \(image.digest) \(image.size) bytes")
  }

  /// To a registry, by skopeo in the cell: what it parses was built by others.
  private func push(_ push: ImagePush, to access: RegistryAccess, _ server: RegistryServer, _ cell: Confinement)
    async throws -> BuiltImage
  {
    let (entry, _, size) = try push.describe()
    let auth = try await cell.put(access.authFile, as: "auth.json")
    let registries = try await cell.put([], as: "registries.conf")
    if let certificates = server.caCertificates {
      _ = try await cell.put(Array(certificates.utf8), as: "registry-ca.crt")
    }
    let credentials = String(auth.prefix(auth.count - "/auth.json".count))
    let skopeo = Skopeo(
      inCell: cell.programs, folder: Confinement.workInside, registries: registries, limit: limit, silence: silence)
    let target = "\(server.address)/\(plan.request.repository):\(plan.request.imageTag)"
    let said = LastWords()
    let end = try await skopeo.run(
      [
        "copy", "--all", "--preserve-digests", "--dest-authfile", auth, "--dest-cert-dir", credentials,
        "--dest-tls-verify=\(!server.plainHTTP)", "oci:\(Confinement.resultInside):\(Confinement.resultReference)",
        "docker://\(target)",
      ]
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
