import Glibc
import SecureBuild

/// The images of a workspace that were brought in as files, to build from without any registry.
public struct ImportedImages: Sendable {
  private let store: ImageStore

  /// - Parameter folder: `images` in the workspace; made when something is added.
  public init(folder: String) { store = ImageStore(folder) }

  /// Brings an archive in: what `docker save` writes, an OCI archive, or the tar of a root file system.
  /// An image of the same name is replaced.
  /// - Parameter name: what Dockerfiles call it; nil takes the names that the archive gives its images.
  /// - Returns: what was brought in: more than one where the archive holds more, or one under several names.
  /// - Throws: `Refusal` that says what is wrong with the file or its name; `CancellationError`.
  public func add(_ file: String, as name: String? = nil) async throws -> [ImportedImage] {
    do {
      let added = try await ArchiveImport(store: store, file: file).run(as: name)
      store.tidy()
      return try added.map { try image($0.entry, $0.name) }
    } catch let fault as FileFault {
      throw Refusal(fault)
    } catch let fault as LayoutFault {
      throw Refusal(damaged: fault)
    } catch let fault as ProgramFault {
      throw Refusal(.program(fault))
    } catch let part as MissingPart {
      throw Refusal(part)
    }
  }

  /// What was brought in, by name.
  public func list() throws(Refusal) -> [ImportedImage] {
    do {
      return try store.layout.index().manifests.compactMap { entry in
        guard let name = entry.name else { return nil }
        return try image(entry, name)
      }.sorted { $0.name < $1.name }
    } catch let fault as LayoutFault {
      throw Refusal(damaged: fault)
    } catch let fault as FileFault {
      throw Refusal(fault)
    } catch {
      throw Refusal(damaged: .notReadable(store.folder))
    }
  }

  /// Takes one away, with what no other needs.
  /// - Throws: `Refusal` where there is none of that name; `CancellationError`.
  public func remove(_ name: String) async throws {
    do {
      let called = ImageName(name)?.familiar ?? name
      let isThere = try await store.layout.changeIndex { index in
        let before = index.manifests.count
        index.manifests.removeAll { $0.name == called }
        return index.manifests.count < before
      }
      guard isThere else { throw Refusal(noImage: name) }
      store.tidy(all: true)
    } catch let fault as FileFault {
      throw fault.code == ENOENT ? Refusal(noImage: name) : Refusal(fault)
    } catch let fault as LayoutFault {
      throw Refusal(damaged: fault)
    }
  }

  private func image(_ entry: Descriptor, _ name: String) throws -> ImportedImage {
    let parts = try store.layout.parts(of: entry)
    let platforms = try store.layout.platforms(of: entry).map { platform in
      ([platform.os, platform.architecture] + (platform.variant.map { [$0] } ?? [])).joined(separator: "/")
    }
    return ImportedImage(
      name: name, digest: entry.digest.description,
      size: Set(parts.map(\.digest)).reduce(0) { sum, digest in
        sum + (parts.first { $0.digest == digest }?.size ?? 0)
      }, platforms: platforms)
  }
}

/// An image that was brought in as a file.
public struct ImportedImage: Sendable, Equatable {
  /// As a Dockerfile writes it: `debian:12`.
  public let name: String
  /// `sha256:…`.
  public let digest: String
  /// Of all its parts as they are stored, bytes.
  public let size: Int
  /// `linux/amd64`.
  public let platforms: [String]
}
