import FoundationEssentials
import SecureBuild

extension LocalBuild {
  /// Reads the Dockerfile and brings what it builds on; afterwards nothing is pulled any more.
  /// - Returns: the order for buildah.
  func baseImages(_ cell: Confinement, _ commit: String) async throws -> ImageOrder {
    try await cell.allow([])
    let rule = plan.request.rule
    let source = Self.place(of: cell).folder("src")
    let context = rule.dockerfileLocation.split(separator: "/").joined(separator: "/")
    let folder = try find(context, in: source, isFolder: true)
    let file = try find(rule.dockerfilePath, in: source, isFolder: false)
    let text = try Files.read("\(source.outside)/\(file)", limit: 4 << 20)
    let dockerfile = Dockerfile(text)
    var wanted: [WantedBaseImage] = []
    for platform in rule.platforms {
      let needs = dockerfile.needs(arguments: rule.buildArgs, platform: platform)
      if let problem = needs.problems.first { throw BuildFailures.dockerfile(problem, rule.dockerfilePath) }
      for note in needs.notes { try log.line("\(note.located(in: rule.dockerfilePath).en)") }
      for image in needs.baseImages {
        wanted.append(
          WantedBaseImage(
            name: image.name, names: Set(image.spellings + [image.name]).sorted(), reference: "base-\(wanted.count)",
            platform: image.platform.flatMap(BuildPlatform.init(rawValue:)) ?? platform, builds: platform))
      }
    }
    let prepared = try await bring(wanted, to: ImageLayout(cell.baseImages))
    func inside(_ path: String) -> String { path.isEmpty ? source.inside : "\(source.inside)/\(path)" }
    return ImageOrder(
      context: inside(folder), dockerfile: inside(file), baseImages: prepared, arguments: rule.buildArgs,
      platforms: rule.platforms, labels: labels(commit), usesCache: try usesCache(over: prepared), hosts: linkHosts)
  }

  /// Whether layers of earlier builds are taken. buildah (1.28) can't keep layers on an image without a history.
  private func usesCache(over images: [PreparedBaseImage]) throws -> Bool {
    guard plan.cacheFolder != nil else { return false }
    guard let image = images.first(where: { !$0.hasHistory }) else { return true }
    try log.line("\(image.names[0]) has no history of its layers: nothing of earlier builds is used")
    return false
  }

  private func labels(_ commit: String) -> [String: String] {
    [
      "org.opencontainers.image.source": "\(plan.source.site.address)/\(plan.source.project)",
      "org.opencontainers.image.revision": commit,
      "org.opencontainers.image.created": Date().formatted(Date.ISO8601FormatStyle()),
    ]
  }

  /// A file or folder of the checkout, by its real path from the checkout's root.
  private func find(_ path: String, in source: WorkPlace, isFolder: Bool) throws -> String {
    do {
      let found = try CheckedOutFile(path, in: source.outside)
      guard found.isFolder == isFolder else { throw CheckedOutFile.Fault.other(path) }
      return found.path
    } catch let fault as CheckedOutFile.Fault {
      throw BuildFailures.dockerfile(fault, plan.source.project, plan.request.ref)
    }
  }

  /// A base image to be had.
  private struct WantedBaseImage {
    /// Its arguments filled in, and as the lines write it.
    var name: String
    var names: [String]
    /// What it is to be called in the cell's layout.
    var reference: String
    /// What it is to be for, and what is built on it: not the same with `FROM --platform=`.
    var platform: BuildPlatform
    var builds: BuildPlatform
  }

  /// Several at a time: most of the time is spent waiting for registries.
  private func bring(_ images: [WantedBaseImage], to target: ImageLayout) async throws -> [PreparedBaseImage] {
    if images.isEmpty { try log.line("no base images") }
    let sources = BaseImageSources(imported: plan.importedImages, registry: plan.registry, mirrors: plan.mirrors)
    let prepared = try await withThrowingTaskGroup(of: (FoundImage, PreparedBaseImage).self) { group in
      var told: [BaseImage] = []
      var prepared: [PreparedBaseImage] = []
      func take(_ found: FoundImage, _ image: PreparedBaseImage) throws {
        prepared.append(image)
        if told.contains(found.image) { return }
        told.append(found.image)
        try log.tell(.baseImage(found.image))
        try log.line("\(found.image.name): \(found.image.digest) from \(found.image.from)")
      }
      for (number, image) in images.enumerated() {
        if number >= 4, let (found, done) = try await group.next() { try take(found, done) }
        group.addTask { try await bring(image, from: sources, to: target) }
      }
      for try await (found, done) in group { try take(found, done) }
      return prepared
    }
    ImageStore(plan.importedImages).tidy()
    return prepared
  }

  private func bring(_ image: WantedBaseImage, from sources: BaseImageSources, to target: ImageLayout) async throws
    -> (FoundImage, PreparedBaseImage)
  {
    let work = "\(Self.files(in: plan.folder))/\(image.reference)"
    try Files.makeFolder(work, mode: 0o700)
    let search = BaseImageSearch(limit: min(limit, .seconds(60)))
    let found = try await search.find(image.name, for: image.platform, in: sources, hosts: linkHosts, work: work)
    switch found {
    case .failure(let missing): throw BuildFailures.missing(image.name, missing.tried)
    case .success(let found):
      let pull = BaseImagePull(
        store: ImageStore(plan.importedImages), target: target, platform: image.platform, limit: limit,
        silence: silence)
      let digest = try await pull.bring(found, as: image.reference) { [log] in try log.pass($0) }
      return (
        found,
        PreparedBaseImage(
          names: image.names, reference: image.reference, digest: digest.description, platform: image.builds,
          hasHistory: try target.hasHistory(digest))
      )
    }
  }
}
