import SecureBuild

/// Where a `Location` header leads: no further than its host, since nothing is ever asked there.
struct Redirection {
  /// `scheme://host[:port]`.
  let origin: String
  let isOtherHost: Bool

  /// - Returns: nil where it leads nowhere that a browser would go.
  init?(_ location: String, from asked: GitLabAddress) {
    var text = Substring(location)
    if text.hasPrefix("//") {
      text = "\(asked.scheme.rawValue):\(location)"
    } else if !text.prefix(while: { !"/?#".contains($0) }).contains(":") {
      origin = asked.origin
      isOtherHost = false
      return
    }
    guard let mark = text.firstRange(of: "://") else { return nil }
    let authority = text[mark.upperBound...].prefix { !"/\\?#".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    guard let target = try? GitLabAddress(parsing: "\(text[..<mark.upperBound])\(host)") else { return nil }
    origin = target.origin
    isOtherHost = target.host != asked.host
  }
}
