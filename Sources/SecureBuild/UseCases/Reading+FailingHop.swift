import FlatFiles

extension Reading {
  /// The hop at which connections to an address end, by the path's rules on what is known now; nil where none fails. What
  /// isn't known doesn't fail. It decides in the training world whether an address answers.
  ///
  /// One link that leads there is enough. Where none lets out to the address (a GitLab of network type Internet), only
  /// what stands at it is asked: from its own VPC, or from one that its data centre is joined to.
  public func failingHop(to ip: IPv4Address, port: Int) throws(Refusal) -> PathFinding? {
    try refusing {
      let target = PathTarget(ip: ip, port: port)
      let links = try links().filter { $0.addresses.contains(ip) }
      let ways =
        if links.isEmpty {
          try vpcs(around: target).map { try arrival(at: target, from: $0) }
        } else {
          try links.map { try facts(over: $0, to: [target]).findings() }
        }
      let failures = ways.map { $0.first { $0.verdict == .fail } }
      return failures.contains { $0 == nil } ? nil : failures.first.flatMap { $0 }
    }
  }

  private func arrival(at target: PathTarget, from vpc: String) throws -> [PathFinding] {
    try facts(
      region: nil, targets: [target], letOut: [target.ip], vpcId: vpc, vSwitchId: "", gitLab: nil, hosts: [], tried: nil
    ).findings().filter(\.isArrival)
  }

  /// The VPCs of the hosts that have an address; else those with a route to it; else none that is known.
  private func vpcs(around target: PathTarget) throws -> [String] {
    let text = target.ip.description
    let hosts = try state.entries(.ecs) { $0.mentions(text) }.compactMap(EcsInstance.init)
      .filter { $0.addresses.contains(target.ip) }.compactMap(\.vpcId)
    let balancers = try state.entries(.loadBalancer).compactMap(LoadBalancer.init)
      .filter { $0.address == target.ip }.compactMap(\.vpcId)
    if let own = Optional(hosts + balancers), !own.isEmpty { return own }
    let tables = Set(
      try state.entries(.routeEntry).compactMap(RouteEntry.init)
        .filter { $0.isAvailable && $0.destination.contains(target.ip) }.map(\.routeTableId))
    let joined = try state.entries(.routeTable).compactMap(RouteTable.init)
      .filter { tables.contains($0.id) }.compactMap(\.vpcId)
    return joined.isEmpty ? [""] : joined
  }
}
