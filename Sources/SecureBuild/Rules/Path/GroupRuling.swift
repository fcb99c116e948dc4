/// What the rules of security groups, or the entries of a network ACL, make of traffic: of which addresses it passes, of
/// which it is dropped, and of which that isn't known here (FACTS: priority 1 is highest, on equal priority Drop wins,
/// the rules of all groups of a host are taken together, what none matches is dropped).
struct GroupRuling: Sendable, Equatable {
  private(set) var passed = IPv4Set.empty
  private(set) var dropped = IPv4Set.empty
  /// A prefix list, another group, or the port that nobody named decides.
  private(set) var undecided = IPv4Set.empty

  /// A part of the addresses that no rule has decided yet.
  private struct Open {
    var addresses: IPv4Set
    var mayPass = false
    var mayDrop = false
  }

  /// - Parameters:
  ///   - peers: where inbound traffic comes from, or where outbound traffic goes.
  ///   - ports: the ports that all have to pass: one, or all where it isn't known which.
  ///   - rules: in the order in which they count.
  init(of peers: IPv4Set, ports: ClosedRange<Int>, by rules: [EcsSecurityGroup.Rule], isInbound: Bool) {
    var open = [Open(addresses: peers)]
    for rule in rules where rule.counts(isInbound: isInbound, ports: ports) {
      let allPorts =
        rule.ports.ports.lowerBound <= max(1, ports.lowerBound) && rule.ports.ports.upperBound >= ports.upperBound
      switch rule.peer {
      case .ipv6: continue
      case .range(let range): take(IPv4Set(range), rule.accepts, isSure: allPorts, &open)
      case .group, .prefixList, .unknown: take(peers, rule.accepts, isSure: false, &open)
      }
    }
    for part in open where !part.addresses.isEmpty {
      if part.mayPass { undecided = undecided.union(part.addresses) } else { dropped = dropped.union(part.addresses) }
    }
  }

  private mutating func take(_ range: IPv4Set, _ accepts: Bool, isSure: Bool, _ open: inout [Open]) {
    var left: [Open] = []
    for part in open {
      let matched = part.addresses.intersection(range)
      guard !matched.isEmpty else {
        left.append(part)
        continue
      }
      let others = part.addresses.subtracting(range)
      if !others.isEmpty { left.append(Open(addresses: others, mayPass: part.mayPass, mayDrop: part.mayDrop)) }
      switch (isSure, accepts) {
      case (true, true) where !part.mayDrop: passed = passed.union(matched)
      case (true, false) where !part.mayPass: dropped = dropped.union(matched)
      case (true, _): undecided = undecided.union(matched)
      case (false, true): left.append(Open(addresses: matched, mayPass: true, mayDrop: part.mayDrop))
      case (false, false): left.append(Open(addresses: matched, mayPass: part.mayPass, mayDrop: true))
      }
    }
    open = left
  }

  /// The rules of several groups taken together, as they count.
  static func together(_ groups: [[EcsSecurityGroup.Rule]]) -> [EcsSecurityGroup.Rule] {
    groups.flatMap { $0 }.enumerated().sorted { a, b in
      (a.element.priority, a.element.accepts ? 1 : 0, a.offset) < (
        b.element.priority, b.element.accepts ? 1 : 0, b.offset
      )
    }.map(\.element)
  }

  /// A network ACL's entries as rules, called by their numbers: the first match counts.
  static func ordered(_ entries: [NetworkAcl.Entry], isInbound: Bool) -> [EcsSecurityGroup.Rule] {
    entries.enumerated().compactMap { index, entry in
      entry.peer.map {
        EcsSecurityGroup.Rule(
          id: "\(index + 1)", inbound: isInbound, accepts: entry.accepts, ipProtocol: entry.ipProtocol,
          ports: entry.ports, peer: .range($0))
      }
    }
  }
}
