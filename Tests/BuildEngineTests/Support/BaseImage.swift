import Glibc
import SecureBuild

@testable import BuildEngine

/// A base image that builds in tests start from: Debian's static busybox and nothing else, as an OCI layout.
struct TestBaseImage {
  static let busybox = "/bin/busybox"
  static var isHad: Bool { access(busybox, R_OK) == 0 }

  /// Writes it into a layout folder.
  /// - Parameters:
  ///   - extra: More files by path, with their mode.
  ///   - hasHistory: Whether it says how its layer came to be.
  static func write(
    to folder: String, reference: String = "base", extra: [String: (mode: Int, bytes: [UInt8])] = [:],
    hasHistory: Bool = true
  ) async throws -> PreparedBaseImage {
    let programs = HostPrograms()
    let names = try await programs.capture(ProgramCall(busybox, ["--list"])).text.split(separator: "\n")
    var tar = Tar()
    for path in ["bin/", "etc/", "tmp/", "root/", "home/"] { tar.folder(path, mode: path == "tmp/" ? 0o1777 : 0o755) }
    tar.file("bin/busybox", mode: 0o755, try read(busybox))
    for name in names where name != "busybox" { tar.link("bin/\(name)", to: "busybox") }
    tar.file("etc/passwd", mode: 0o644, Array("root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home:/bin/sh\n".utf8))
    tar.file("etc/group", mode: 0o644, Array("root:x:0:\napp:x:1000:\n".utf8))
    for (path, file) in extra.sorted(by: { $0.key < $1.key }) { tar.file(path, mode: file.mode, file.bytes) }
    let layer = tar.ended
    try Files.makeFolder("\(folder)/blobs/sha256")
    func blob(_ bytes: [UInt8]) throws -> String {
      let digest = Digest(of: bytes)
      let hex = digest.hex
      Files.remove("\(folder)/blobs/sha256/\(hex)")
      try Files.write("\(folder)/blobs/sha256/\(hex)", bytes)
      return "\(digest)"
    }
    let layerDigest = try blob(layer)
    let history = hasHistory ? #","history":[{"created":"2026-01-01T00:00:00Z","created_by":"a test"}]"# : ""
    let config = Array(
      #"{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["/bin/sh"]},"rootfs":{"type":"layers","diff_ids":["\#(layerDigest)"]}\#(history)}"#
        .utf8)
    let configDigest = try blob(config)
    let type = "application/vnd.oci.image"
    let manifest = Array(
      #"{"schemaVersion":2,"mediaType":"\#(type).manifest.v1+json","config":{"mediaType":"\#(type).config.v1+json","digest":"\#(configDigest)","size":\#(config.count)},"layers":[{"mediaType":"\#(type).layer.v1.tar","digest":"\#(layerDigest)","size":\#(layer.count)}]}"#
        .utf8)
    let digest = try blob(manifest)
    try Files.replace(
      "\(folder)/index.json",
      with: Array(
        #"{"schemaVersion":2,"manifests":[{"mediaType":"\#(type).manifest.v1+json","digest":"\#(digest)","size":\#(manifest.count),"annotations":{"org.opencontainers.image.ref.name":"\#(reference)"}}]}"#
          .utf8))
    try Files.replace("\(folder)/oci-layout", with: Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))
    return PreparedBaseImage(names: ["base:1"], reference: reference, digest: digest)
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFault(path) }
    defer { close(descriptor) }
    return try Files.readAll(descriptor, path, limit: 64 << 20)
  }
}

/// An archive as `tar` writes it (ustar), of files of root's.
struct Tar {
  private var bytes: [UInt8] = []

  mutating func folder(_ path: String, mode: Int) { header(path, mode, 0, "5", "") }
  mutating func link(_ path: String, to target: String) { header(path, 0o777, 0, "2", target) }

  mutating func file(_ path: String, mode: Int, _ content: [UInt8]) {
    header(path, mode, content.count, "0", "")
    bytes += content
    bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  var ended: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

  private mutating func header(_ path: String, _ mode: Int, _ size: Int, _ type: Character, _ target: String) {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    func octal(_ number: Int, _ width: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: width - text.count) + text
    }
    put(path, at: 0)
    put(octal(mode, 7), at: 100)
    put(octal(0, 7), at: 108)
    put(octal(0, 7), at: 116)
    put(octal(size, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    put(String(type), at: 156)
    put(target, at: 157)
    put("ustar", at: 257)
    put("00", at: 263)
    let sum = block.reduce(0) { $0 + Int($1) }
    put(octal(sum, 6) + "\0 ", at: 148)
    bytes += block
  }
}
