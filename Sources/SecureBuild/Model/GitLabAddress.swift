/// The address of a GitLab site: `http(s)://host[:port][/path]`, normalised. It names a site, not a repository.
public struct GitLabAddress: Hashable, Sendable, CustomStringConvertible {
  public enum Scheme: String, Sendable { case http, https }

  public let scheme: Scheme
  /// A name in lower case, an IPv4 address, or an IPv6 address without its brackets.
  public let host: String
  public let port: Int
  /// The path GitLab is installed under, without a slash at its end: `""` or `/gitlab`.
  public let path: String

  init(scheme: Scheme, host: String, port: Int, path: String) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.path = path
  }

  /// The same site at another port: where a connection to it really leads.
  public func at(port: Int) -> GitLabAddress { GitLabAddress(scheme: scheme, host: host, port: port, path: path) }

  /// As it is shown and stored: the port only where it isn't the scheme's own.
  public var description: String { scheme.rawValue + "://" + authority + path }

  /// `host[:port]`, as a `Host` header has it.
  public var authority: String {
    let host = host.contains(":") ? "[\(host)]" : host
    return port == scheme.defaultPort ? host : "\(host):\(port)"
  }
}

extension GitLabAddress.Scheme {
  public var defaultPort: Int { self == .https ? 443 : 80 }
}
