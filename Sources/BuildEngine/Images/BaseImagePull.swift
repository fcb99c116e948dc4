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
  /// - Throws: `BuildFailure`, `CancellationError`, `FileFault`, `LayoutFault`.
  func bring(
    _ found: FoundImage, as reference: String, output: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws {
    switch found.place.source {
    case .layout(let layout, _, _):
      try await take(try layout.describe(found.digest), from: layout, as: reference)
    case .server(let repository, _, let access):
      // Another build that tidies may take a part away in between, once.
      for isLast in [false, true] {
        let work = try await store.work()
        do {
          let image =
            if let known = store.pulled(found.digest, for: platform.rawValue) { known } else {
              try await pull("\(repository)@\(found.digest)", access, found, into: work, output)
            }
          try await take(image, from: store.layout, as: reference)
          return withExtendedLifetime(work) {}
        } catch LayoutFault.lacks where !isLast {
          continue
        }
      }
    }
  }

  private func take(_ image: Descriptor, from layout: ImageLayout, as reference: String) async throws {
    try target.make()
    // Of a list only the images that are here: a registry's list names more platforms than were pulled.
    try target.link(try layout.parts(of: image, onlyPresent: true), from: layout)
    try await target.put(image, as: reference)
  }

  private func pull(
    _ reference: String, _ access: RegistryAccess, _ found: FoundImage, into work: ImageStore.Work,
    _ output: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Descriptor {
    let skopeo = try Skopeo(
      NamedHosts(HostPrograms(), hosts: access.hosts, in: work.folder), in: work.folder, limit: limit, silence: silence)
    let layout = ImageLayout("\(work.folder)/layout")
    try layout.make()
    let arguments =
      Skopeo.choosing(platform) + ["copy"]
      + (try access.options(in: work.folder, side: "src-"))
      + ["--dest-shared-blob-dir", "\(store.folder)/blobs", "docker://" + reference, "oci:layout:image"]
    let said = Kept(limit: 1 << 16)
    let end = try await skopeo.run(arguments) { piece in
      said.take(piece)
      try output(piece)
    }
    guard end.isSuccess else {
      throw BuildFailures.pull(found.image, ProgramAnswer(end: end, output: [], errors: said.bytes).skopeoWords, end)
    }
    guard let entry = try layout.index().manifests.first(where: { $0.name == "image" }) else {
      throw LayoutFault.notReadable("\(layout.folder)/index.json")
    }
    // Its name there is nobody's business later.
    var image = entry
    image.annotations = nil
    try store.note(image, pulledAs: found.digest, for: platform.rawValue)
    return image
  }
}
