import SecureBuild
import Synchronization

/// The closed network of a cell: what it lets out to is changed from outside, and every change is read back.
final class CellNetwork: Sendable {
  private let programs: CellPrograms
  private let outside: HeldProgram?
  private let canaries: [Canary]
  /// Its rules as they were when it was tried.
  private let fixed: [String]

  private init(programs: CellPrograms, outside: HeldProgram?, canaries: [Canary], fixed: [String]) {
    self.programs = programs
    self.outside = outside
    self.canaries = canaries
    self.fixed = fixed
  }

  /// An address that nobody may reach, to try that nobody can.
  struct Canary: Sendable, Equatable {
    let family: Int
    let ip: IPAddress
    static let port = 9
  }

  /// Gives the cell's network its interface and tries that it lets nothing out.
  /// - Parameter reachesOut: Whether anything outside the cell is to be reached ever; without, no interface is made.
  /// - Throws: `BuildFailure` (it isn't closed), `MissingPart`, `CancellationError`. The cell is the caller's to close.
  static func open(_ programs: CellPrograms, reachesOut: Bool, avoiding taken: Set<IPAddress>) async throws
    -> CellNetwork
  {
    let hasIPv6 = HostFile.exists("/proc/net/if_inet6")
    let addresses = GuestAddresses(avoiding: taken)
    let canaries =
      [Canary(family: 4, ip: addresses.canary4)] + (hasIPv6 ? [Canary(family: 6, ip: addresses.canary6)] : [])
    let interface = reachesOut ? NetworkRules.interface : "lo"
    let outside = reachesOut ? try await Pasta.start(in: programs.cell, addresses, hasIPv6: hasIPv6) : nil
    do {
      let answer = try await programs.capture(
        ProgramCall(
          try Programs.need("bash"),
          ["-c", CellScripts.tryNetwork, "bash", interface]
            + canaries.flatMap { ["\($0.family)", "\($0.ip)", "\(Canary.port)"] },
          input: Array(addresses.batch(interface, hasIPv6: hasIPv6).utf8), limit: .seconds(20)))
      let (told, listing) = split(answer.text)
      guard answer.end.isSuccess else {
        if let outside, !HostFile.holds(interface: interface, of: programs.cell.pid) {
          throw MissingPart.step("pasta", said: outside.text + answer.errorText)
        }
        throw BuildFailure.networkNotClosed(answer.errorText + told.joined(separator: "\n"))
      }
      let reading = try read(Array(listing.utf8))
      guard reading.allowed == AllowedSets() else { throw BuildFailure.networkNotClosed("sets: \(reading.allowed)") }
      for canary in canaries {
        guard let line = told.first(where: { $0.hasPrefix("canary \(canary.family) ") }),
          line.hasSuffix("Connection refused"),
          reading.refused.contains(where: { $0.ip == canary.ip && $0.port == Canary.port && $0.protocol == "tcp" })
        else { throw BuildFailure.networkNotClosed(told.joined(separator: "\n")) }
      }
      return CellNetwork(programs: programs, outside: outside, canaries: canaries, fixed: reading.fixed)
    } catch {
      // It ends with the cell; its own end is waited for there.
      Task.detached { await outside?.ended() }
      throw error
    }
  }

  /// From now on it lets out to these and to nothing else.
  /// - Throws: `BuildFailure` where it can't be changed, or reads otherwise than it was left.
  func allow(_ endpoints: [AllowedEndpoint]) async throws {
    let wanted = AllowedSets(endpoints)
    let reading = try await list(change: NetworkRules.change(to: wanted))
    guard reading.allowed == wanted else { throw BuildFailure.networkNotClosed("sets: \(reading.allowed)") }
    guard reading.fixed == fixed else { throw BuildFailure.networkNotClosed("rules: \(reading.fixed)") }
  }

  /// What was tried to be reached, and refused: most often tried first, the canary not among it.
  func refused() async throws -> [RefusedConnection] {
    let reading = try await list(change: "")
    return reading.refused.filter { connection in !canaries.contains { $0.ip == connection.ip } }
      .sorted { ($1.count, "\($0.ip)", $0.port ?? 0) < ($0.count, "\($1.ip)", $1.port ?? 0) }
  }

  /// Waits for what gave it its interface, which ends with the cell.
  func ended() async { await outside?.close() }

  private func list(change: String) async throws -> NetworkReading {
    let answer = try await programs.capture(
      ProgramCall(
        try Programs.need("sh"), ["-c", CellScripts.changeRules], input: Array(change.utf8), limit: .seconds(20)),
      limit: 16 << 20)
    guard answer.end.isSuccess else { throw BuildFailure.networkNotClosed(answer.errorText) }
    return try Self.read(answer.output)
  }

  private static func read(_ bytes: [UInt8]) throws(BuildFailure) -> NetworkReading {
    do { return try NetworkReading(bytes) } catch {
      throw BuildFailure.networkNotClosed(String(decoding: bytes.prefix(500), as: UTF8.self))
    }
  }

  /// The lines before the listing, and the listing.
  private static func split(_ text: String) -> ([String], String) {
    guard let start = text.firstIndex(of: "{") else { return (text.split(separator: "\n").map(String.init), "") }
    return (text[..<start].split(separator: "\n").map(String.init), String(text[start...]))
  }
}

extension BuildFailure {
  /// The network isn't as it must be: nothing is built in it.
  static func networkNotClosed(_ seen: String) -> BuildFailure {
    BuildFailure(
      .networkNotClosed, in: .prepare,
      message: Phrase(
        "The build's network couldn't be shown to be closed, so nothing was built in it: \(seen.prefix(600))",
        "无法证实构建网络已封闭，因此未进行构建：\(seen.prefix(600))"),
      mend: Phrase(
        "Check that nothing else changes nftables in new network namespaces, and build again.",
        "请检查是否有其它程序修改新网络命名空间中的 nftables，然后重新构建。"))
  }
}
