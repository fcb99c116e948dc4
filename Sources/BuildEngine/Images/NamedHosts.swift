import Glibc
import SecureBuild

/// Runs programs on this machine's network as it is, with a few names of its own before what the resolver says: a mount
/// namespace of the program's own has another `/etc/hosts`.
struct NamedHosts: ProgramRunner {
  private let programs: any ProgramRunner
  private let hosts: [HostEntry]
  /// Where the file is written.
  private let folder: String

  init(_ programs: any ProgramRunner, hosts: [HostEntry], in folder: String) {
    self.programs = programs
    self.hosts = hosts
    self.folder = folder
  }

  /// What the shell does: no data is part of it.
  private static let script = #"mount --bind "$1" /etc/hosts && shift && exec "$@""#

  func run(
    _ call: ProgramCall, output: @escaping @Sendable ([UInt8]) throws -> Void,
    errors: (@Sendable ([UInt8]) throws -> Void)?
  ) async throws -> ProgramEnd {
    guard !hosts.isEmpty else { return try await programs.run(call, output: output, errors: errors) }
    let shell = try Programs.need("sh")
    let file = "\(folder)/hosts"
    try Files.replace(file, with: Array(text.utf8))
    // An ordinary user may mount in a user namespace, where they stay who they are.
    let user = geteuid() == 0 ? [] : ["--user", "--map-current-user", "--keep-caps"]
    var inside = call
    inside.program = try Programs.need("unshare")
    inside.arguments =
      user + ["--mount", "--propagation", "private", shell, "-c", Self.script, "sh", file, call.program]
      + call.arguments
    return try await programs.run(inside, output: output, errors: errors)
  }

  /// This machine's own file but for the names that are given here.
  private var text: String {
    let own = (try? Files.read("/etc/hosts", limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let kept = own.split(separator: "\n").filter { line in
      let names = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).dropFirst()
      return !hosts.contains { host in names.contains { $0 == host.name } }
    }
    return (hosts.map { "\($0.ip) \($0.name)" } + kept.map(String.init)).joined(separator: "\n") + "\n"
  }
}
