import SecureBuild

/// The name of an image as a Dockerfile or a person writes it, made whole: `debian` is
/// `docker.io/library/debian:latest`.
struct ImageName: Hashable, Sendable, CustomStringConvertible {
  /// `host[:port]`.
  let host: String
  /// `library/debian`.
  let path: String
  /// Nil where only a digest names it: with both, the digest is what counts.
  let tag: String?
  let digest: Digest?
  /// No host was written: it is Docker Hub's by custom alone.
  let isShort: Bool
  /// The path as it was written, without the `library/` that custom adds.
  let writtenPath: String

  /// Reads a name; nil for what isn't one.
  init?(_ text: some StringProtocol) {
    var rest = Substring(text)
    var digest: Digest?
    if let at = rest.firstIndex(of: "@") {
      guard let given = Digest(rest[rest.index(after: at)...]) else { return nil }
      digest = given
      rest = rest[..<at]
    }
    var tag: String?
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
      let given = rest[rest.index(after: colon)...]
      guard Self.isTag(given) else { return nil }
      tag = String(given)
      rest = rest[..<colon]
    }
    var parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    var host: Substring?
    if parts.count > 1, let first = parts.first,
      first.contains(where: { $0 == "." || $0 == ":" }) || first == "localhost"
    {
      guard Self.isHost(first) else { return nil }
      host = first
      parts.removeFirst()
    }
    guard rest.utf8.count <= 255, !parts.isEmpty, parts.allSatisfy(Self.isPathPart) else { return nil }
    let written = parts.joined(separator: "/")
    let isHub = host == nil || host == "docker.io" || host == "index.docker.io"
    self.host = isHub ? "docker.io" : String(host ?? "")
    path = isHub && parts.count == 1 ? "library/" + written : written
    self.tag = digest == nil ? tag ?? "latest" : nil
    self.digest = digest
    isShort = host == nil
    writtenPath = written
  }

  /// Whole: `docker.io/library/debian:12`.
  var description: String { "\(host)/\(path)\(ending)" }

  /// As a Dockerfile would write it: `debian:12`.
  var familiar: String {
    guard host == "docker.io" else { return description }
    return (path.hasPrefix("library/") ? String(path.dropFirst("library/".count)) : path) + ending
  }

  /// `:12` or `@sha256:…`.
  var ending: String { digest.map { "@\($0)" } ?? ":\(tag ?? "latest")" }

  static func isTag(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 128, isWord(first) else { return false }
    return text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLowerOrDigit(byte) || (65...90).contains(byte) || byte == UInt8(ascii: "_")
  }

  private static func isLowerOrDigit(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }

  /// `[host]` or `host`, with or without a port.
  static func isHost(_ text: Substring) -> Bool {
    var name = text
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]"), IPAddress(text[..<end].dropFirst()) != nil else { return false }
      let after = text[text.index(after: end)...]
      return after.isEmpty || (after.first == ":" && isPort(after.dropFirst()))
    }
    if let colon = text.firstIndex(of: ":") {
      guard isPort(text[text.index(after: colon)...]) else { return false }
      name = text[..<colon]
    }
    let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.allSatisfy { label in
      !label.isEmpty && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { isLowerOrDigit($0) || (65...90).contains($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (48...57).contains($0) } && (1...65535).contains(Int(text) ?? 0)
  }

  /// Lower-case letters and digits, between them `.`, `_`, `__` or dashes.
  private static func isPathPart(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, isLowerOrDigit(first), isLowerOrDigit(last) else {
      return false
    }
    return text.utf8.split(whereSeparator: isLowerOrDigit).allSatisfy { gap in
      gap.count == 1 && (gap.first == UInt8(ascii: ".") || gap.first == UInt8(ascii: "_"))
        || gap.count == 2 && gap.allSatisfy { $0 == UInt8(ascii: "_") }
        || gap.allSatisfy { $0 == UInt8(ascii: "-") }
    }
  }
}
