import FoundationEssentials
import SecureBuild
import Synchronization

/// What is in an archive, found out by looking with `tar`: it is never unpacked.
struct ArchiveContent: Sendable {
  /// The folder with the link to it.
  let folder: String
  /// As the user called it.
  let file: String

  enum Format: Sendable, Equatable {
    /// What `docker save` writes.
    case docker
    case oci
    case rootFileSystem
  }

  /// - Throws: `Refusal` where it is none of them.
  func format() async throws -> Format {
    let names = Names()
    let errors = Kept(limit: 1 << 14)
    let end = try await HostPrograms().run(
      try tar(["--list"]), output: { names.take($0) }, errors: { errors.take($0) })
    guard end.isSuccess else {
      let words = String(decoding: errors.bytes, as: UTF8.self)
      // The last line only says that tar gives up.
      let line = words.split(whereSeparator: \.isNewline).first.map { PlainLine.of($0) } ?? "tar can't read it"
      throw Refusal(badArchive: file, Phrase("tar says: \(line)", "tar 报告：\(line)"))
    }
    let found = names.top
    if found.contains("manifest.json") { return .docker }
    if found.contains("oci-layout") && found.contains("index.json") { return .oci }
    if !found.isDisjoint(with: ["bin", "usr", "etc", "lib", "sbin", "opt", "var", "home", "root"]) {
      if try isPackedOtherwise() {
        throw Refusal(
          badArchive: file,
          Phrase(
            "A root file system can be brought in as it is or packed by gzip: unpack this one first (xz -d, zstd -d, bzip2 -d).",
            "根文件系统的归档只能是未压缩或 gzip 压缩的：请先解压（xz -d、zstd -d、bzip2 -d）。"))
      }
      return .rootFileSystem
    }
    throw Refusal(
      badArchive: file,
      Phrase(
        "It is neither an image (no manifest.json, no oci-layout) nor a root file system (no bin, usr, etc).",
        "既不是镜像（没有 manifest.json 或 oci-layout），也不是根文件系统（没有 bin、usr、etc）。"))
  }

  /// The names of each image of `docker save`.
  func dockerImages() async throws -> [[String]] {
    struct Image: Decodable {
      var RepoTags: [String]?
    }
    let images: [Image] = try await document("manifest.json")
    return images.map { $0.RepoTags ?? [] }
  }

  /// The entries of an OCI archive's index.
  func ociImages() async throws -> [Descriptor] {
    let index: IndexDocument = try await document("index.json")
    return index.manifests
  }

  private func document<Document: Decodable>(_ name: String) async throws -> Document {
    for spelling in [name, "./\(name)"] {
      let answer = try await HostPrograms().capture(
        try tar(["--extract", "--to-stdout", "--occurrence=1", spelling]), limit: ImageLayout.documentLimit)
      guard answer.end.isSuccess else { continue }
      guard let document = try? JSONDecoder().decode(Document.self, from: Data(answer.output)) else { break }
      return document
    }
    throw Refusal(badArchive: file, Phrase("Its \(name) can't be read.", "无法读取其中的 \(name)。"))
  }

  private func tar(_ arguments: [String]) throws -> ProgramCall {
    let operation = Array(arguments.prefix(1))
    return ProgramCall(
      try Programs.need("tar"),
      operation + ["--force-local", "--quoting-style=escape", "--file", ArchiveImport.link] + arguments.dropFirst(),
      folder: folder)
  }

  /// Packed by something that tar knows and that can't be handed on.
  private func isPackedOtherwise() throws -> Bool {
    let start = try Files.start(of: "\(folder)/\(ArchiveImport.link)", count: 6)
    return start == [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] || start.starts(with: [0x28, 0xb5, 0x2f, 0xfd])
      || start.starts(with: Array("BZh".utf8))
  }

  /// The names at the top of an archive, of a listing that may be of millions of lines.
  private final class Names: Sendable {
    private struct State {
      var line: [UInt8] = []
      var top: Set<String> = []
    }
    private let state = Mutex(State())

    func take(_ piece: [UInt8]) {
      state.withLock { state in
        for byte in piece {
          if byte == UInt8(ascii: "\n") {
            Self.end(&state)
          } else if state.line.count < 256 {
            state.line.append(byte)
          }
        }
      }
    }

    private static func end(_ state: inout State) {
      var line = state.line[...]
      state.line.removeAll(keepingCapacity: true)
      if line.starts(with: Array("./".utf8)) { line = line.dropFirst(2) }
      while line.first == UInt8(ascii: "/") { line = line.dropFirst() }
      let top = line.prefix { $0 != UInt8(ascii: "/") }
      if !top.isEmpty && state.top.count < 4096 { state.top.insert(String(decoding: top, as: UTF8.self)) }
    }

    var top: Set<String> { state.withLock { $0.top } }
  }
}

extension Descriptor {
  /// By which name an entry of an index should be known; nil where it says none, or no more than a tag.
  var imageName: ImageName? {
    if let whole = annotations?["io.containerd.image.name"], let image = ImageName(whole) { return image }
    guard let name, name.contains("/") || name.contains(":") else { return nil }
    return ImageName(name)
  }
}
