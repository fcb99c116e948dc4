import FoundationEssentials
import Glibc

/// An OCI image layout: a directory with `oci-layout`, `index.json` and blobs named by their digests.
struct ImageLayout: Sendable {
  let folder: String

  init(_ folder: String) { self.folder = folder }

  var blobs: String { "\(folder)/blobs/sha256" }
  private var indexPath: String { "\(folder)/index.json" }
  /// Held for the moment in which the index is read and written again.
  private var lockPath: String { "\(folder)/.lock" }

  /// A document that a manifest or index can't be larger than.
  static let documentLimit = 4 << 20
  /// An index that others write to as well may have many entries.
  static let indexLimit = 64 << 20

  func path(of digest: Digest) -> String { "\(blobs)/\(digest.hex)" }

  /// Makes what an empty layout has, where it isn't there.
  func make() throws {
    try Files.makeFolder(blobs)
    if access("\(folder)/oci-layout", F_OK) != 0 {
      try Files.replace("\(folder)/oci-layout", with: Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))
    }
  }

  /// - Throws: `FileFault`, `LayoutFault`.
  func index() throws -> IndexDocument {
    let bytes: [UInt8]
    do {
      bytes = try Files.read(indexPath, limit: Self.indexLimit)
    } catch  where error.code == ENOENT {
      return IndexDocument()
    }
    do {
      return try JSONDecoder().decode(IndexDocument.self, from: Data(bytes))
    } catch {
      throw LayoutFault.notReadable(indexPath)
    }
  }

  /// The manifest or list that `digest` names, and its bytes as they are, checked against it.
  func document(_ digest: Digest) throws -> (ManifestDocument, [UInt8]) {
    let bytes = try Files.read(path(of: digest), limit: Self.documentLimit)
    guard Digest(of: bytes) == digest else { throw LayoutFault.otherContent(path(of: digest)) }
    return (try Self.decode(bytes, path(of: digest)), bytes)
  }

  /// Whether an image says of each of its layers how it came to be, which it needn't.
  func hasHistory(_ manifest: Digest) throws -> Bool {
    let document = try document(manifest).0
    guard let config = document.config else { return false }
    let path = path(of: config.digest)
    let read: ConfigDocument = try Self.decode(try Files.read(path, limit: Self.documentLimit), path)
    return read.history?.count { $0.empty_layer != true } == document.layers?.count
  }

  static func decode<Document: Decodable>(_ bytes: [UInt8], _ path: String) throws -> Document {
    do {
      return try JSONDecoder().decode(Document.self, from: Data(bytes))
    } catch {
      throw LayoutFault.notReadable(path)
    }
  }

  /// Changes the index while nobody else does, and gives what `change` gave. Where it changed nothing, nothing is written.
  func changeIndex<Result: Sendable>(_ change: (inout IndexDocument) throws -> Result) async throws -> Result {
    let lock = try await LayoutLock.taken(lockPath, .exclusive)
    return try withExtendedLifetime(lock) {
      let before = try index()
      var after = before
      let result = try change(&after)
      if after != before || access(indexPath, F_OK) != 0 {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try Files.replace(indexPath, with: Array(try encoder.encode(after)), synced: true)
      }
      return result
    }
  }

  /// Lets `name` mean what `descriptor` describes, and nothing else.
  func put(_ descriptor: Descriptor, as name: String) async throws {
    var entry = descriptor
    entry.annotations = (descriptor.annotations ?? [:]).merging([Descriptor.nameAnnotation: name]) { $1 }
    try await changeIndex { [entry] index in
      index.manifests.removeAll { $0.name == name }
      index.manifests.append(entry)
    }
  }

  /// All that an image consists of: itself, the images of a list, their configurations and layers.
  /// - Parameter present: leaves out the images of a list that aren't here.
  func parts(of descriptor: Descriptor, onlyPresent: Bool = false) throws -> [Descriptor] {
    var found = [descriptor]
    let (document, _) = try document(descriptor.digest)
    for image in document.manifests ?? [] {
      if onlyPresent && access(path(of: image.digest), F_OK) != 0 { continue }
      let (manifest, _) = try self.document(image.digest)
      // A list within a list is nobody's.
      guard manifest.manifests == nil else { throw LayoutFault.notReadable(path(of: image.digest)) }
      found.append(image)
      found += Self.parts(of: manifest)
    }
    return found + Self.parts(of: document)
  }

  private static func parts(of manifest: ManifestDocument) -> [Descriptor] {
    (manifest.config.map { [$0] } ?? []) + (manifest.layers ?? [])
  }
}

/// What is wrong with an OCI layout's content.
enum LayoutFault: Error, Equatable {
  /// A document that isn't what it should be; which.
  case notReadable(String)
  /// A file whose content isn't what its name says.
  case otherContent(String)
  /// A part that is named and isn't there.
  case lacks(String)

  var path: String {
    switch self {
    case .notReadable(let path), .otherContent(let path), .lacks(let path): path
    }
  }
}
