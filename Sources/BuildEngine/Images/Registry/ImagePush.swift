import SecureBuild

/// Hands over an image that was built.
struct ImagePush: Sendable {
  /// Where it lies: what a build wrote, so nothing in it is believed before it was looked at.
  let result: ImageLayout
  let reference: String
  /// `namespace/name`.
  let repository: String
  let tag: String

  /// The image's entry, digest, and size as it is stored.
  /// - Throws: `LayoutFault`, `FileFault`.
  func describe() throws -> (entry: Descriptor, parts: [Descriptor], size: Int) {
    guard let named = try result.index().manifests.first(where: { $0.name == reference }) else {
      throw LayoutFault.lacks("\(result.folder)/index.json")
    }
    let entry = try result.describe(named.digest)
    let parts = try result.parts(of: entry)
    var seen: Set<Digest> = []
    let layers = try parts.flatMap { part in try layersOf(part) }.filter { seen.insert($0.digest).inserted }
    return (entry, parts, layers.reduce(0) { $0 + $1.size })
  }

  private func layersOf(_ part: Descriptor) throws -> [Descriptor] {
    guard part.mediaType?.contains("manifest") == true || part.mediaType?.contains("index") == true else { return [] }
    return try result.document(part.digest).0.layers ?? []
  }

  /// Into an OCI layout directory: every part is checked on its way, and nobody else's entry is lost.
  func push(toLayout folder: String) async throws -> BuiltImage {
    let (entry, parts, size) = try describe()
    let layout = ImageLayout(folder)
    try layout.make()
    for part in parts where !layout.has([part]) {
      try Task.checkCancellation()
      try layout.copy(part, from: result)
    }
    try await layout.put(entry, as: "\(repository):\(tag)")
    return BuiltImage(
      digest: entry.digest.description, size: size, references: ["oci:\(folder):\(repository):\(tag)"])
  }
}
