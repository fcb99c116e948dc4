import SecureBuild

/// One place where a base image may be had.
struct ImagePlace: Sendable {
  let origin: BaseImage.Origin
  let source: Source

  enum Source: Sendable {
    /// A name or digest of an OCI layout directory.
    case layout(ImageLayout, name: String, digest: Digest?)
    /// A repository of a registry, and the tag or digest in it: `host/path`, `:12`.
    case server(repository: String, ending: String, access: RegistryAccess)
  }

  /// As people are told of it.
  var label: String {
    switch source {
    case .layout(let layout, let name, _):
      origin == .archive ? "imported \(name)" : "oci:\(layout.folder):\(name)"
    case .server(let repository, let ending, _): repository + ending
    }
  }

  /// Where a name is looked for, in this order: among the archives that were imported, in the instance's registry, in
  /// the mirrors of the registry that it names.
  ///
  /// A name without a host is Docker Hub's by custom, and the instance's own registry may have it too, under the path
  /// as it is written. Any other registry is asked only where a mirror says so.
  static func all(of name: ImageName, in sources: BaseImageSources, hosts: [HostEntry] = []) -> [ImagePlace] {
    var places = [
      ImagePlace(
        origin: .archive,
        source: .layout(ImageLayout(sources.imported), name: name.familiar, digest: name.digest))
    ]
    switch sources.registry {
    case .layout(let folder):
      guard name.isShort else { break }
      places.append(
        ImagePlace(
          origin: .registry,
          source: .layout(
            ImageLayout(folder), name: "\(name.writtenPath):\(name.tag ?? "latest")", digest: name.digest)))
    case .server(let server, let password):
      guard name.isShort || name.host == server.address else { break }
      var access = RegistryAccess(server, password: password)
      access = access.knowing(hosts)
      places.append(
        ImagePlace(
          origin: .registry,
          source: .server(
            repository: "\(server.address)/\(name.isShort ? name.writtenPath : name.path)", ending: name.ending,
            access: access)))
    }
    for mirror in sources.mirrors where mirror.of == name.host {
      places.append(
        ImagePlace(
          origin: .mirror,
          source: .server(
            repository: "\(mirror.at)/\(name.path)", ending: name.ending,
            access: RegistryAccess(mirror, hosts: hosts))))
    }
    return places
  }
}

extension RegistryAccess {
  /// The same with more names, its own first.
  func knowing(_ more: [HostEntry]) -> RegistryAccess {
    var copy = self
    copy.hosts += more.filter { entry in !hosts.contains { $0.name == entry.name } }
    return copy
  }
}
