import SecureBuild

/// Finds base images, by asking the places one after the other with skopeo. Nothing is pulled.
public struct BaseImageSearch: BaseImageLookup {
  /// The most that one place is waited for.
  private let limit: Duration

  public init() { self.init(limit: .seconds(20)) }

  init(limit: Duration) { self.limit = limit }

  public func find(_ name: String, for platform: BuildPlatform, in sources: BaseImageSources) async throws
    -> BaseImageFinding
  {
    let work = try WorkFolder()
    let found = try await find(name, for: platform, in: sources, hosts: [], work: work.path)
    return withExtendedLifetime(work) {
      switch found {
      case .success(let place): .found(place.image)
      case .failure(let missing): .missing(tried: missing.tried)
      }
    }
  }

  /// - Parameter work: a folder that only this user can look into.
  func find(
    _ name: String, for platform: BuildPlatform, in sources: BaseImageSources, hosts: [HostEntry], work: String
  ) async throws -> Result<FoundImage, MissingImage> {
    guard let image = ImageName(name) else {
      return .failure(MissingImage(tried: [.init(place: PlainLine.of(name), answer: "this is no image's name")]))
    }
    var tried: [BaseImageFinding.Attempt] = []
    for place in ImagePlace.all(of: image, in: sources, hosts: hosts) {
      switch try await ask(place, platform, work) {
      case .success(let digest):
        let base = BaseImage(name: name, digest: digest.description, origin: place.origin, from: place.label)
        return .success(FoundImage(image: base, digest: digest, place: place))
      case .failure(let answer): tried.append(.init(place: place.label, answer: answer.words))
      }
    }
    return .failure(MissingImage(tried: tried))
  }

  private struct No: Error {
    let words: String
  }

  private func ask(_ place: ImagePlace, _ platform: BuildPlatform, _ work: String) async throws -> Result<Digest, No> {
    switch place.source {
    case .layout(let layout, let name, let digest): look(in: layout, for: name, digest, platform)
    case .server(let repository, let ending, let access):
      try await ask("docker://" + repository + ending, access, platform, work)
    }
  }

  private func look(in layout: ImageLayout, for name: String, _ digest: Digest?, _ platform: BuildPlatform)
    -> Result<Digest, No>
  {
    do {
      let entries = try layout.index().manifests
      let entry = entries.last { entry in
        if let digest { entry.digest == digest } else { entry.name == name }
      }
      guard let entry else { return .failure(No(words: "not among them")) }
      if let no = Self.unfit(try layout.platforms(of: entry), platform) { return .failure(no) }
      return .success(entry.digest)
    } catch let fault as LayoutFault {
      return .failure(No(words: "\(fault.path) is damaged"))
    } catch let fault as FileFault {
      return .failure(No(words: "\(fault.path): \(fault.reason)"))
    } catch {
      return .failure(No(words: "\(layout.folder) can't be read"))
    }
  }

  private func ask(_ reference: String, _ access: RegistryAccess, _ platform: BuildPlatform, _ work: String)
    async throws -> Result<Digest, No>
  {
    let skopeo = try Skopeo(NamedHosts(HostPrograms(), hosts: access.hosts, in: work), in: work, limit: limit)
    let options = try access.options(in: work, side: "")
    let answer: ProgramAnswer
    do {
      answer = try await skopeo.ask(["inspect", "--raw"] + options + [reference])
    } catch let fault as ProgramFault {
      return .failure(No(words: fault.description))
    } catch let part as MissingPart {
      return .failure(No(words: part.why.en))
    }
    guard answer.end.isSuccess else { return .failure(No(words: answer.skopeoWords)) }
    guard answer.output.count <= ImageLayout.documentLimit,
      let manifest: ManifestDocument = try? ImageLayout.decode(answer.output, reference)
    else { return .failure(No(words: "what it answered is no manifest")) }
    if let images = manifest.manifests, let no = Self.unfit(images.compactMap(\.platform), platform) {
      return .failure(no)
    }
    if manifest.manifests == nil {
      // One image only: for which platform is said in its configuration.
      let config = try await skopeo.ask(["inspect", "--config", "--raw"] + options + [reference])
      guard config.end.isSuccess else { return .failure(No(words: config.skopeoWords)) }
      if let facts: ConfigDocument = try? ImageLayout.decode(config.output, reference),
        let architecture = facts.architecture,
        let no = Self.unfit(
          [.init(architecture: architecture, os: facts.os ?? "linux", variant: facts.variant)], platform)
      {
        return .failure(no)
      }
    }
    return .success(Digest(of: answer.output))
  }

  /// What to say of an image that isn't for `platform`; nil where it is, or where it doesn't say for which it is.
  private static func unfit(_ platforms: [Descriptor.Platform], _ platform: BuildPlatform) -> No? {
    let said = platforms.filter { !$0.architecture.isEmpty && $0.os != "unknown" }
    guard !said.isEmpty,
      !said.contains(where: { platform.takes(os: $0.os, architecture: $0.architecture, variant: $0.variant) })
    else { return nil }
    let names = said.map { ([$0.os, $0.architecture] + ($0.variant.map { [$0] } ?? [])).joined(separator: "/") }
    return No(words: PlainLine.of("has \(names.joined(separator: ", ")) and not \(platform.rawValue)"))
  }
}

/// A base image, and where it was found.
struct FoundImage: Sendable {
  let image: BaseImage
  let digest: Digest
  let place: ImagePlace
}

/// A base image that nobody has.
struct MissingImage: Error, Sendable {
  let tried: [BaseImageFinding.Attempt]
}
