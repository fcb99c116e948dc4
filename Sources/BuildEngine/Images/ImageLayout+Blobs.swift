import Crypto
import FoundationEssentials
import Glibc

extension ImageLayout {
  /// Takes parts of an image over from another layout that is ours: by a link where that can be, else by a copy.
  /// What is here already stays, and counts as used now.
  func link(_ parts: [Descriptor], from source: ImageLayout) throws {
    try Files.makeFolder(blobs)
    for part in parts {
      let (from, to) = (source.path(of: part.digest), path(of: part.digest))
      source.touch(part.digest)
      if Glibc.link(from, to) == 0 || errno == EEXIST { continue }
      guard errno != ENOENT else { throw LayoutFault.lacks(from) }
      try copy(part, from: source)
    }
  }

  /// Takes over, by links, whatever another layout on the same file system has and is no JSON document: layers.
  func linkLayers(from source: ImageLayout) throws {
    try Files.makeFolder(blobs)
    for name in (try? Files.names(in: source.blobs)) ?? [] where name.count == 64 {
      let path = "\(source.blobs)/\(name)"
      guard let start = try? Files.start(of: path, count: 1), start != [UInt8(ascii: "{")] else { continue }
      _ = Glibc.link(path, "\(blobs)/\(name)")
    }
  }

  /// Copies one part, looking at each byte: what isn't what its name says never gets here.
  func copy(_ part: Descriptor, from source: ImageLayout) throws {
    let (from, to) = (source.path(of: part.digest), path(of: part.digest))
    let aside = "\(to).\(UInt64.random(in: 0 ... .max))"
    guard access(from, F_OK) == 0 else { throw LayoutFault.lacks(from) }
    let reading = try Files.openRegular(from)
    defer { close(reading) }
    let writing = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard writing >= 0 else { throw FileFault(aside) }
    var isDone = false
    defer {
      close(writing)
      if !isDone { unlink(aside) }
    }
    var hash = SHA256()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(reading, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileFault(from) }
      if count == 0 { break }
      try Task.checkCancellation()
      piece.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      try Files.append(piece[..<count], to: writing, aside)
    }
    guard Digest(hash.finalize()) == part.digest else { throw LayoutFault.otherContent(from) }
    guard fsync(writing) == 0, rename(aside, to) == 0 else { throw FileFault(to) }
    isDone = true
  }

  /// Whether all parts of an image are here.
  func has(_ parts: [Descriptor]) -> Bool { parts.allSatisfy { access(path(of: $0.digest), F_OK) == 0 } }

  /// Notes that a part was used now: what nobody used for long is dropped.
  func touch(_ digest: Digest) { utimensat(AT_FDCWD, path(of: digest), nil, AT_SYMLINK_NOFOLLOW) }

  /// What a digest of this layout is, as an index would describe it.
  func describe(_ digest: Digest) throws -> Descriptor {
    let (document, bytes) = try document(digest)
    let isList = document.manifests != nil
    return Descriptor(
      mediaType: document.mediaType ?? "application/vnd.oci.image.\(isList ? "index" : "manifest").v1+json",
      digest: digest, size: bytes.count)
  }

  /// Which platforms an image is for, by its list or its configuration.
  func platforms(of descriptor: Descriptor) throws -> [Descriptor.Platform] {
    let (document, _) = try document(descriptor.digest)
    if let images = document.manifests { return images.compactMap(\.platform) }
    guard let config = document.config else { return [] }
    let bytes = try Files.read(path(of: config.digest), limit: Self.documentLimit)
    guard let facts = try? JSONDecoder().decode(ConfigDocument.self, from: Data(bytes)) else { return [] }
    return [
      Descriptor.Platform(
        architecture: facts.architecture ?? "", os: facts.os ?? "linux", variant: facts.variant)
    ]
  }
}
