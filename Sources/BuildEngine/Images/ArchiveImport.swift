import FoundationEssentials
import Glibc
import SecureBuild

/// Brings one archive into the store.
struct ArchiveImport: Sendable {
  let store: ImageStore
  let file: String

  /// What the file is called in the work folder: a name that no program takes apart at a colon.
  static let link = "archive"

  /// - Throws: `Refusal`, `FileFault`, `LayoutFault`, `ProgramFault`, `CancellationError`.
  func run(as given: String?) async throws -> [(name: String, entry: Descriptor)] {
    let wanted = try given.map { name throws(Refusal) in
      guard let image = ImageName(name), image.digest == nil else { throw Refusal(badImageName: name) }
      return image
    }
    var whole = stat()
    guard stat(file, &whole) == 0 else { throw Refusal(unreadableArchive: file, FileFault(file).reason) }
    guard whole.st_mode & S_IFMT == S_IFREG else { throw Refusal(unreadableArchive: file, "not a file") }
    guard whole.st_size > 0 else { throw Refusal(badArchive: file, Phrase("It is empty.", "文件为空。")) }
    let work = try await store.work()
    let target = file.hasPrefix("/") ? file : "\(FileManager.default.currentDirectoryPath)/\(file)"
    guard symlink(target, "\(work.folder)/\(Self.link)") == 0 else { throw FileFault(work.folder) }
    let images = try await images(in: ArchiveContent(folder: work.folder, file: file), wanted)
    var added: [(name: String, entry: Descriptor)] = []
    for (number, image) in images.enumerated() {
      let entry = try await copy(image.source, as: "image-\(number)", work)
      for name in image.names {
        try await store.layout.put(entry, as: name.familiar)
        added.append((name.familiar, entry))
      }
    }
    return withExtendedLifetime(work) { added }
  }

  /// An image of the archive, as skopeo is told of it, and what it is to be called here.
  private struct Wanted {
    var source: String
    var names: [ImageName]
  }

  private func images(in content: ArchiveContent, _ wanted: ImageName?) async throws -> [Wanted] {
    switch try await content.format() {
    case .rootFileSystem:
      guard let wanted else { throw Refusal(namelessArchive: file) }
      return [Wanted(source: "tarball:\(Self.link)", names: [wanted])]
    case .docker:
      let images = try await content.dockerImages()
      return try named(
        images.enumerated().map { number, tags in
          Wanted(source: "docker-archive:\(Self.link):@\(number)", names: tags.compactMap { ImageName($0) })
        }, wanted)
    case .oci:
      let entries = try await content.ociImages()
      return try named(
        entries.map { entry in
          let source = "oci-archive:\(Self.link)" + (entry.name.map { ":\($0)" } ?? "")
          return Wanted(source: source, names: entry.imageName.map { [$0] } ?? [])
        }, wanted)
    }
  }

  private func named(_ images: [Wanted], _ wanted: ImageName?) throws -> [Wanted] {
    guard let first = images.first else {
      throw Refusal(badArchive: file, Phrase("There is no image in it.", "其中没有镜像。"))
    }
    if let wanted {
      guard images.count == 1 else { throw Refusal(badArchive: file, imagesInIt: images.count) }
      return [Wanted(source: first.source, names: [wanted])]
    }
    guard images.allSatisfy({ !$0.names.isEmpty }) else { throw Refusal(namelessArchive: file) }
    return images
  }

  private func copy(_ source: String, as reference: String, _ work: ImageStore.Work) async throws
    -> Descriptor
  {
    let skopeo = try Skopeo(HostPrograms(), in: work.folder, limit: nil)
    let layout = try store.layout(in: work)
    let answer = try await skopeo.ask(["copy", "--all", source, "oci:layout:\(reference)"])
    guard answer.end.isSuccess else {
      if answer.errorText.contains("no space left on device") { throw FileFault(store.folder, code: ENOSPC) }
      let words = answer.skopeoWords
      throw Refusal(badArchive: file, Phrase("skopeo says: \(words)", "skopeo 报告：\(words)"))
    }
    return try store.take(reference, from: layout)
  }
}
