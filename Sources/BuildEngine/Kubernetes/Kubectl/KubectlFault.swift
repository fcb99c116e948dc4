/// Why `kubectl` gave no answer, in its own or the cluster's words.
enum KubectlFault: Error, Sendable, Equatable {
  /// The cluster couldn't be reached, or didn't answer as it should: the next try may do better.
  case unreachable(String)
  /// The cluster refused; its reason (`Forbidden`, `NotFound`), where it gave one.
  case refused(reason: String, words: String)
  /// `kubectl` itself couldn't, with its arguments or its configuration.
  case failed(String)

  /// - Parameter said: what it wrote to standard error.
  init(said: String) {
    let lines = said.split(separator: "\n").map(String.init)
    // Warnings and what a plugin has to say come before the reason.
    let words = lines.last { $0.hasPrefix("Error") || $0.hasPrefix("error") } ?? lines.last ?? "kubectl said nothing"
    if let reason = Self.reason(words) {
      self = Self.passing.contains(reason) ? .unreachable(words) : .refused(reason: reason, words: words)
    } else if Self.lost.contains(where: said.contains) {
      self = .unreachable(lines.last ?? words)
    } else {
      self = .failed(words)
    }
  }

  var words: String {
    switch self {
    case .unreachable(let words), .refused(_, let words), .failed(let words): words
    }
  }

  var isNotFound: Bool { if case .refused("NotFound", _) = self { true } else { false } }
  var isAlreadyThere: Bool { if case .refused("AlreadyExists", _) = self { true } else { false } }

  /// `Forbidden` of `Error from server (Forbidden): jobs.batch is forbidden: …`.
  private static func reason(_ words: String) -> String? {
    guard let start = words.firstRange(of: "Error from server") else { return nil }
    let rest = words[start.upperBound...]
    guard rest.hasPrefix(" ("), let end = rest.firstIndex(of: ")") else { return "Unknown" }
    return String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end])
  }

  /// What a server that is overloaded or just starting says.
  private static let passing: Set<String> = ["ServiceUnavailable", "Timeout", "InternalError", "TooManyRequests"]

  private static let lost = [
    "Unable to connect to the server", "The connection to the server", "was refused - did you specify", "dial tcp",
    "i/o timeout", "TLS handshake timeout", "connection reset", "unexpected EOF", ": EOF", "no route to host",
    "Client.Timeout", "context deadline exceeded", "net/http", "http2: ", "couldn't get current server API group list",
  ]
}
