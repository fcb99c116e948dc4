import Testing

@testable import BuildEngine

/// Debian's own files in a tar, as `mmdebstrap` makes it of the mirrors that this machine's apt has. It goes with this value.
final class DebianArchive: Sendable {
  let path: String
  private let folder: TestFolder

  /// Nil where it can't be made here, which is said.
  static func made() async -> DebianArchive? {
    guard Programs.find("mmdebstrap") != nil else {
      print("Debian as base image isn't tried: wants mmdebstrap")
      return nil
    }
    do { return try await DebianArchive() } catch {
      print("Debian as base image isn't tried: \(error)")
      return nil
    }
  }

  private init() async throws {
    folder = try TestFolder(public: true)
    path = folder.path + "/debian.tar"
    // What a Dockerfile with users needs and no more: unpacked, not configured, which takes a third of the time.
    let users = #"for f in passwd group; do cp "$1/usr/share/base-passwd/$f.master" "$1/etc/$f"; done"#
    let call = ProgramCall(
      try #require(Programs.find("mmdebstrap")),
      [
        "--quiet", "--variant=extract", "--include=base-files,base-passwd,login,passwd,dash,coreutils,libc-bin",
        "--extract-hook=\(users)", "--aptopt=Acquire::Languages \"none\"", "--aptopt=Acquire::http::Timeout \"20\"",
        "--aptopt=Acquire::Retries \"1\"",
      ] + ["doc", "man", "locale"].map { "--dpkgopt=path-exclude=/usr/share/\($0)/*" } + [
        "bookworm", path,
      ], limit: .seconds(120))
    let answer = try await HostPrograms().capture(call)
    guard answer.end.isSuccess, HostFile.exists(path) else {
      throw RunFault(what: "mmdebstrap: \(answer.errorText.suffix(500)) \(answer.end)")
    }
  }
}
