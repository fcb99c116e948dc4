/// Turns a host name into addresses, as this host's resolver knows them.
public protocol NameResolution: Sendable {
  /// The addresses of `name` in the resolver's order, without repeats.
  /// - Throws: `NameFailure`, or `CancellationError` soon after the task is cancelled.
  func addresses(of name: String) async throws -> [IPAddress]
}

/// Why a name gave no address.
public enum NameFailure: Error, Sendable, Equatable {
  /// The resolver knows no such name.
  case unknownName
  /// The resolver itself failed or didn't answer in time; the system's own words.
  case resolverFailed(String)
}
