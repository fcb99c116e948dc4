import SecureBuild

/// This machine's resolver, asked by a program that can be stopped.
struct HostAddresses: Sendable {
  /// Names whose addresses go before what the resolver says.
  let known: [HostEntry]

  /// The address of a name; IPv4 where it has one, since names inside a cell have no other. Nil where it has none.
  func address(of name: String) async throws -> IPAddress? {
    if let literal = IPAddress(name) { return literal }
    if let entry = known.first(where: { $0.name.lowercased() == name.lowercased() }) { return .v4(entry.ip) }
    let answer = try await HostPrograms().capture(
      ProgramCall(try Programs.need("getent"), ["ahosts", "--", name], limit: .seconds(10)), limit: 1 << 16)
    guard answer.end.isSuccess else { return nil }
    let found = answer.text.split(separator: "\n").compactMap { line in
      line.split(separator: " ").first.flatMap { IPAddress($0) }
    }
    return found.first { if case .v4 = $0 { true } else { false } } ?? found.first
  }
}
