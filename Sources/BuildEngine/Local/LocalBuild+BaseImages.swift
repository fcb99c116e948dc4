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
    var prepared: [PreparedBaseImage] = []
    for platform in rule.platforms {
      let needs = dockerfile.needs(arguments: rule.buildArgs, platform: platform)
      if let problem = needs.problems.first { throw BuildFailures.dockerfile(problem, rule.dockerfilePath) }
      for note in needs.notes { try log.line("\(note.located(in: rule.dockerfilePath).en)") }
      for image in needs.baseImages {
        let platform = image.platform.flatMap(BuildPlatform.init(rawValue:)) ?? platform
        guard !prepared.contains(where: { $0.name == image.name && $0.platform == platform }) else { continue }
        prepared.append(
          PreparedBaseImage(name: image.name, reference: "base-\(prepared.count)", platform: platform))
      }
    }
    try await bring(prepared, to: ImageLayout(cell.baseImages))
    func inside(_ path: String) -> String { path.isEmpty ? source.inside : "\(source.inside)/\(path)" }
    return ImageOrder(
      context: inside(folder), dockerfile: inside(file), baseImages: prepared, arguments: rule.buildArgs,
      platforms: rule.platforms, labels: labels(commit), usesCache: plan.cacheFolder != nil, hosts: linkHosts)
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

  /// Several at a time: most of the time is spent waiting for registries.
  private func bring(_ images: [PreparedBaseImage], to target: ImageLayout) async throws {
    guard !images.isEmpty else { return try log.line("no base images") }
    let sources = BaseImageSources(imported: plan.importedImages, registry: plan.registry, mirrors: plan.mirrors)
    try await withThrowingTaskGroup(of: FoundImage.self) { group in
      var told: [BaseImage] = []
      func take(_ found: FoundImage) throws {
        if told.contains(found.image) { return }
        told.append(found.image)
        try log.tell(.baseImage(found.image))
        try log.line("\(found.image.name): \(found.image.digest) from \(found.image.from)")
      }
      for (number, image) in images.enumerated() {
        if number >= 4, let found = try await group.next() { try take(found) }
        group.addTask { try await bring(image, from: sources, to: target) }
      }
      for try await found in group { try take(found) }
    }
    ImageStore(plan.importedImages).tidy()
  }

  private func bring(_ image: PreparedBaseImage, from sources: BaseImageSources, to target: ImageLayout) async throws
    -> FoundImage
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
      try await pull.bring(found, as: image.reference) { [log] in try log.pass($0) }
      return found
    }
  }
}
