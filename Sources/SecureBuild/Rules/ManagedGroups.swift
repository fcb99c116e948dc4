/// The imported groups of a VPC that a service of the vendor's keeps (`ServiceManaged`): which of them is a link's, as far
/// as that can be told. The vendor's answers name no link.
struct ManagedGroups: Sendable, Equatable {
  /// The link's own, where it is known; else those that may be it.
  let candidates: [EcsSecurityGroup]
  /// Whether the link's own must be among them; it need not where more links are bound in the VPC than groups were
  /// imported.
  let isWhole: Bool

  /// - Parameters:
  ///   - id: the group that the binding names.
  ///   - bound: the links that are bound in the VPC, this one counted.
  init(of vpcId: String, among groups: [EcsSecurityGroup], named id: String? = nil, bound: Int = 1) {
    let managed = groups.filter { $0.isManaged && $0.vpcId == vpcId }
    let named = managed.filter { $0.id == id }
    candidates = named.isEmpty ? managed : named
    isWhole = !named.isEmpty || managed.count >= bound
  }

  /// The link's; nil where none was imported, or where it could be one of several.
  var own: EcsSecurityGroup? { candidates.count == 1 && isWhole ? candidates.first : nil }
}

extension EcsSecurityGroup {
  /// The outbound lines as they count. Nil where they aren't known: without any a group looks the same as in an answer
  /// that was asked for inbound lines alone.
  var outbound: [Rule]? {
    let rules = (rules ?? []).filter { !$0.isInbound }
    return rules.isEmpty ? nil : GroupRuling.together([rules])
  }

  /// Nil where it isn't known, or where a prefix list, another group or the port decides.
  func letsOut(to ip: IPv4Address, ports: ClosedRange<Int>) -> Bool? {
    guard let outbound else { return nil }
    return Self.letsOut(to: ip, ports: ports, by: outbound)
  }

  static func letsOut(to ip: IPv4Address, ports: ClosedRange<Int>, by rules: [Rule]) -> Bool? {
    let ruling = GroupRuling(of: IPv4Set(IPv4Range(ip, length: 32)), ports: ports, by: rules, isInbound: false)
    guard ruling.dropped.isEmpty else { return false }
    return ruling.undecided.isEmpty ? true : nil
  }
}
