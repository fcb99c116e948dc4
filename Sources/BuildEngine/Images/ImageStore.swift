import FoundationEssentials
import Glibc

/// The workspace's folder of images: an OCI layout whose index names the archives that were imported. Beside their parts
/// it holds those of base images that builds pulled; what no build used for a month is dropped.
///
///     index.json, oci-layout, blobs/   the layout
///     pulled/<digest>-<platform>       what a digest of a registry became here
///     .use                             locked, shared, by whoever relies on parts that no name protects yet
///     .work-<random>/                  of one import or pull, with a layout of its own; what a crash left is removed
///                                      with the next tidying
struct ImageStore: Sendable {
  let layout: ImageLayout

  init(_ folder: String) { layout = ImageLayout(folder) }

  var folder: String { layout.folder }
  private var usePath: String { "\(folder)/.use" }
  private static let workPrefix = ".work-"
  /// How long parts of a pulled image are kept after they were last used, seconds.
  static let keeping = 30 * 24 * 3600

  /// A folder for one import or pull. While it lives, nothing is dropped from the store; it goes with this value.
  final class Work: Sendable {
    let folder: String
    private let use: LayoutLock

    fileprivate init(_ folder: String, _ use: LayoutLock) {
      self.folder = folder
      self.use = use
    }

    deinit { Files.remove(folder) }
  }

  func work() async throws -> Work {
    try layout.make()
    let use = try await LayoutLock.taken(usePath, .shared)
    let path = "\(folder)/\(Self.workPrefix)\(UInt64.random(in: 0 ... .max))"
    try Files.makeFolder(path, mode: 0o700)
    return Work(path, use)
  }

  /// A layout for one import or pull, in its folder, with the layers that are here already. skopeo writes a manifest
  /// where it stands: nobody else may be reading it there.
  func layout(in work: Work) throws -> ImageLayout {
    let own = ImageLayout("\(work.folder)/layout")
    try own.make()
    try own.linkLayers(from: layout)
    return own
  }

  /// Takes an image over that skopeo has put into the layout of an import or pull.
  /// - Parameter name: what it is called there.
  /// - Returns: the image, without that name: it is nobody's business later.
  func take(_ name: String, from own: ImageLayout) throws -> Descriptor {
    guard var image = try own.index().manifests.first(where: { $0.name == name }) else {
      throw LayoutFault.notReadable("\(own.folder)/index.json")
    }
    image.annotations = nil
    try layout.link(try own.parts(of: image), from: own)
    return image
  }

  /// Keeps the layers of an import or pull that didn't come to its end: the next one needn't fetch them again.
  func keepLayers(from own: ImageLayout) { try? layout.linkLayers(from: own) }

  // MARK: what was pulled

  private func notePath(_ source: Digest, _ platform: String) -> String {
    "\(folder)/pulled/\(source.hex)-\(platform.replacing("/", with: "-"))"
  }

  /// What was pulled as `source` before, where all of it is still here.
  func pulled(_ source: Digest, for platform: String) -> Descriptor? {
    let path = notePath(source, platform)
    guard let bytes = try? Files.read(path, limit: ImageLayout.documentLimit),
      let known = try? JSONDecoder().decode(Descriptor.self, from: Data(bytes)),
      let parts = try? layout.parts(of: known), layout.has(parts)
    else { return nil }
    utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW)
    return known
  }

  func note(_ image: Descriptor, pulledAs source: Digest, for platform: String) throws {
    try Files.makeFolder("\(folder)/pulled")
    try Files.replace(notePath(source, platform), with: Array(try JSONEncoder().encode(image)))
  }

  // MARK: tidying

  /// Drops what a crash left, what nobody used for long and, where `all`, whatever no name and no pulled image needs.
  /// Does nothing while somebody imports or pulls.
  func tidy(all: Bool = false, now: Int = time(nil)) {
    guard access(folder, F_OK) == 0, let use = try? LayoutLock.ifFree(usePath, .exclusive) else { return }
    withExtendedLifetime(use) {
      for name in (try? Files.names(in: folder)) ?? [] where name.hasPrefix(Self.workPrefix) {
        Files.remove("\(folder)/\(name)")
      }
      var isSomethingGone = all
      for name in (try? Files.names(in: "\(folder)/pulled")) ?? []
      where now - modified("\(folder)/pulled/\(name)") > Self.keeping {
        unlink("\(folder)/pulled/\(name)")
        isSomethingGone = true
      }
      if isSomethingGone { dropBlobs(olderThan: all ? 0 : Self.keeping, now: now) }
    }
  }

  /// Where a document can't be read, nothing is dropped: something of use might be.
  private func dropBlobs(olderThan age: Int, now: Int) {
    guard let index = try? layout.index(), let notes = try? Files.names(in: "\(folder)/pulled") else { return }
    var needed: Set<String> = []
    for image in index.manifests {
      guard let parts = try? layout.parts(of: image, onlyPresent: true) else { return }
      needed.formUnion(parts.map(\.digest.hex))
    }
    for name in notes {
      guard let bytes = try? Files.read("\(folder)/pulled/\(name)", limit: ImageLayout.documentLimit),
        let image = try? JSONDecoder().decode(Descriptor.self, from: Data(bytes)),
        let parts = try? layout.parts(of: image, onlyPresent: true)
      else { continue }
      needed.formUnion(parts.map(\.digest.hex))
    }
    for name in (try? Files.names(in: layout.blobs)) ?? []
    where !needed.contains(name) && now - modified("\(layout.blobs)/\(name)") >= age {
      unlink("\(layout.blobs)/\(name)")
    }
  }

  private func modified(_ path: String) -> Int {
    var facts = stat()
    return lstat(path, &facts) == 0 ? facts.st_mtim.tv_sec : .max
  }
}
