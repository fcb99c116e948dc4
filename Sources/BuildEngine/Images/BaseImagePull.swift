import SecureBuild

/// Brings base images that were found into an OCI layout, each part checked against its digest on its way.
struct BaseImagePull: Sendable {
  /// Where they are kept for later builds as well.
  let store: ImageStore
  /// The layout to bring them to.
  let target: ImageLayout
  let platform: BuildPlatform
  let limit: Duration
  let silence: Duration

  /// Brings one image.
  /// - Parameters:
  ///   - reference: what it is to be called in the layout.
  ///   - output: gets what skopeo says.
  /// - Returns: the digest of its manifest there, which is of the one platform.
  /// - Throws: `BuildFailure`, `CancellationError`, `FileFault`, `LayoutFault`.
  func bring(
    _ found: FoundImage, as reference: String, output: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Digest {
    switch found.place.source {
    case .layout(let layout, _, _):
      return try await take(try layout.describe(found.digest), from: layout, as: reference)
    case .server(let repository, _, let access):
      // Another build that tidies may take a part away in between, once.
      for isLast in [false, true] {
        let work = try await store.work()
        do {
          let image =
            if let known = store.pulled(found.digest, for: platform.rawValue) { known } else {
              try await pull("\(repository)@\(found.digest)", access, found, into: work, output)
            }
          let digest = try await take(image, from: store.layout, as: reference)
          return withExtendedLifetime(work) { digest }
        } catch LayoutFault.lacks where !isLast {
          continue
        }
      }
      throw LayoutFault.lacks(store.layout.path(of: found.digest))
    }
  }

  private func take(_ image: Descriptor, from layout: ImageLayout, as reference: String) async throws -> Digest {
    var one = image
    if let images = try layout.document(image.digest).0.manifests {
      let fit = images.first { entry in
        entry.platform.map { platform.takes(os: $0.os, architecture: $0.architecture, variant: $0.variant) } ?? false
      }
      guard let fit else { throw LayoutFault.lacks(layout.path(of: image.digest)) }
      one = try layout.describe(fit.digest)
    }
    try target.make()
    try target.link(try layout.parts(of: one), from: layout)
    try await target.put(one, as: reference)
    return one.digest
  }

  private func pull(
    _ reference: String, _ access: RegistryAccess, _ found: FoundImage, into work: ImageStore.Work,
    _ output: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Descriptor {
    let skopeo = try Skopeo(
      NamedHosts(HostPrograms(), hosts: access.hosts, in: work.folder), in: work.folder, limit: limit, silence: silence)
    let layout = try store.layout(in: work)
    let arguments =
      Skopeo.choosing(platform) + ["copy"]
      + (try access.options(in: work.folder, side: "src-"))
      + ["docker://" + reference, "oci:layout:image"]
    let said = Kept(limit: 1 << 16)
    var isDone = false
    defer { if !isDone { store.keepLayers(from: layout) } }
    let end = try await skopeo.run(arguments) { piece in
      said.take(piece)
      try output(piece)
    }
    guard end.isSuccess else {
      throw BuildFailures.pull(found.image, ProgramAnswer(end: end, output: [], errors: said.bytes).skopeoWords, end)
    }
    let image = try store.take("image", from: layout)
    isDone = true
    try store.note(image, pulledAs: found.digest, for: platform.rawValue)
    return image
  }
}
