import SecureBuild

/// All that must be reachable for a push to one registry: its API, who gives its tokens, where its blobs go.
struct RegistryHosts: Sendable, Equatable {
  /// Each with what it is.
  var endpoints: [AllowedEndpoint] = []
  /// Names that have addresses.
  var names: [HostEntry] = []

  mutating func add(_ host: RegistryHost, at ip: IPAddress, _ label: String) {
    if !endpoints.contains(where: { $0.ip == ip && $0.port == host.port }) {
      endpoints.append(AllowedEndpoint(ip: ip, port: host.port, label: label))
    }
    if case .v4(let address) = ip, IPAddress(host.name) == nil, !names.contains(where: { $0.name == host.name }) {
      names.append(HostEntry(name: host.name, ip: address))
    }
  }
}

/// A host and port, as a registry's address or a URL of its answers names them.
struct RegistryHost: Sendable, Hashable, CustomStringConvertible {
  /// A name in lower case, or an address without brackets.
  let name: String
  let port: Int

  init(name: String, port: Int) {
    self.name = name
    self.port = port
  }

  /// Reads `host[:port]`.
  init?(_ text: some StringProtocol, port standard: Int) {
    guard ImageName.isHost(Substring(text)) else { return nil }
    if text.first == "[" {
      let parts = text.dropFirst().split(separator: "]", maxSplits: 1)
      guard let name = parts.first else { return nil }
      self.name = String(name)
      port = parts.count > 1 ? Int(parts[1].dropFirst()) ?? standard : standard
    } else {
      let parts = text.split(separator: ":", maxSplits: 1)
      guard let name = parts.first else { return nil }
      self.name = name.lowercased()
      port = parts.count > 1 ? Int(parts[1]) ?? standard : standard
    }
  }

  /// Reads the place of a URL: `https://host[:port]/…`.
  init?(url: some StringProtocol) {
    guard let mark = url.firstRange(of: "://") else { return nil }
    let scheme = url[..<mark.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else { return nil }
    let place = url[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !place.contains("@") else { return nil }
    self.init(place, port: scheme == "https" ? 443 : 80)
  }

  var description: String { (name.contains(":") ? "[\(name)]" : name) + ":\(port)" }
}
