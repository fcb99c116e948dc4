/// Where the entries of a route table lead addresses to: the most specific destination wins.
struct RouteRuling: Sendable, Equatable {
  struct Part: Sendable, Equatable {
    let addresses: IPv4Set
    let destination: IPv4Range
    let nextHop: String
  }

  let parts: [Part]
  /// Addresses that no entry leads anywhere.
  let unrouted: IPv4Set

  init(of addresses: IPv4Set, by routes: [(destination: IPv4Range, nextHop: String)]) {
    var left = addresses
    var parts: [Part] = []
    for route in routes.sorted(by: { $0.destination.length > $1.destination.length }) {
      let matched = left.intersection(IPv4Set(route.destination))
      guard !matched.isEmpty else { continue }
      parts.append(Part(addresses: matched, destination: route.destination, nextHop: route.nextHop))
      left = left.subtracting(matched)
    }
    self.parts = parts
    unrouted = left
  }

  init(of addresses: IPv4Set, by entries: [RouteEntry]) {
    self.init(
      of: addresses,
      by: entries.filter(\.isAvailable).map { entry in
        (entry.destination, entry.nextHops.map(\.description).joined(separator: " + "))
      })
  }
}
