/// The way from an address to a GitLab: by name, and through what the link lets out to.
struct GitLabWay: Sendable {
  let names: any NameResolution
  /// The link that it goes over; nil for the Internet.
  let link: Link?
  let address: GitLabAddress

  /// The addresses of GitLab's host, and who knew them.
  /// - Throws: `NameFailure`.
  func addresses() async throws -> ([IPAddress], NameSource) {
    let host = address.host
    if let literal = IPv4Address(host).map(IPAddress.v4) ?? (host.contains(":") ? .v6(host) : nil) {
      return ([literal], .literal)
    }
    if let entry = link?.hosts.first(where: { $0.name == host }) { return ([.v4(entry.ip)], .linkHosts) }
    let found = try await names.addresses(of: host)
    guard !found.isEmpty else { throw NameFailure.unknownName }
    return (found, .resolver)
  }

  /// The one of them to connect to: over a link the first that it lets out to, else IPv4 before IPv6.
  /// - Throws: `Refusal` where the link lets out to none.
  func chosen(of found: [IPAddress]) throws(Refusal) -> IPAddress {
    guard let link else { return found.first { if case .v4 = $0 { true } else { false } } ?? found[0] }
    let allowed = link.addresses
    for case .v4(let address) in found where allowed.contains(address) { return .v4(address) }
    throw TrialFailures.notAllowed(found, by: link)
  }

  /// The site as requests go to it.
  /// - Throws: `Refusal` with the hop that failed, or `CancellationError`.
  func site(_ caCertificates: String?, _ networkType: NetworkType) async throws -> GitLabSite {
    let found: [IPAddress]
    do { found = try await addresses().0 } catch {
      if error is CancellationError { throw error }
      throw TrialFailures.refusal(of: error, at: .name, of: address, networkType: networkType)
    }
    return GitLabSite(
      address: address, connectTo: try chosen(of: found),
      trust: caCertificates.map(TrustRoots.systemAnd(pem:)) ?? .system)
  }
}
