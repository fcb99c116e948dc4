import Glibc
import SecureBuild

@testable import BuildEngine

/// What hostile builds aim at on this machine, looked at from this machine's side.
final class HostWatch: Sendable {
  /// A process of the host's.
  let victim: HeldProgram
  /// A file that everybody on the host may read.
  let secret: String
  let abstractName: String
  private let listener: Int32
  private let rules: String

  static func start(in place: TestFolder) async throws -> HostWatch {
    let secret = "/var/tmp/acr-console-secret-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try Files.write(secret, Array("HOST-SECRET\n".utf8))
    let name = "acr-console-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { bytes in
      for (index, byte) in name.utf8.enumerated() { bytes[index + 1] = byte }
    }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) }
    }
    guard bound == 0, listen(listener, 8) == 0, fcntl(listener, F_SETFL, O_NONBLOCK) == 0 else {
      throw FileFault("@" + name)
    }
    let victim = try await HeldProgram.start(ProgramCall(try Programs.need("cat")))
    return HostWatch(victim, secret, name, listener, await rules())
  }

  private init(_ victim: HeldProgram, _ secret: String, _ name: String, _ listener: Int32, _ rules: String) {
    self.victim = victim
    self.secret = secret
    abstractName = name
    self.listener = listener
    self.rules = rules
  }

  private static func rules() async -> String {
    var said = ""
    for call in [("nft", ["list", "ruleset"]), ("ip", ["address"]), ("ip", ["route", "show", "table", "all"])] {
      guard let program = Programs.find(call.0) else { continue }
      said += (try? await HostPrograms().capture(ProgramCall(program, call.1)).text) ?? ""
    }
    return said
  }

  /// What was harmed.
  func harm() async -> [String] {
    var harm: [String] = []
    if !victim.isRunning { harm.append("the victim is dead") }
    if accept(listener, nil, nil) >= 0 { harm.append("somebody connected to the abstract socket") }
    if (try? Files.read(secret, limit: 100)) != Array("HOST-SECRET\n".utf8) { harm.append("the secret was changed") }
    if await Self.rules() != rules { harm.append("the machine's network was changed") }
    for path in ["/usr/pwned", "/work/pwned", "/store/pwned", "/pwned"] where HostFile.exists(path) {
      harm.append("\(path) is there")
    }
    for process in (try? Files.names(in: "/proc")) ?? [] where Int(process) != nil {
      let words = (try? HostFile.lines("/proc/\(process)/cmdline"))?.first ?? ""
      if words.contains("98765") { harm.append("the daemon runs on: \(process)") }
    }
    return harm
  }

  func close() async {
    await victim.close()
    Glibc.close(listener)
    Files.remove(secret)
  }
}
