import SecureBuild

/// The rules of a cell's network as nftables takes them. Nothing in, nothing out, nothing through; what is allowed
/// stands in sets. No rule knows of connections: a packet passes by the sets as they are now, never by what was
/// allowed before. What is refused is recorded, and told so at once; a reset that isn't let out is no attempt to reach
/// anything (the kernel's own answer to what it refuses may take this way while an address is new), so it isn't recorded.
enum NetworkRules {
  static let table = "inet acr"
  static let interface = "eth0"

  /// As they are before anything is allowed.
  static let closed = """
    table inet acr {
      set all4 { type ipv4_addr; }
      set all6 { type ipv6_addr; }
      set tcp4 { type ipv4_addr . inet_service; }
      set tcp6 { type ipv6_addr . inet_service; }
      set no4 { type ipv4_addr . inet_proto . inet_service; flags dynamic; size 4096; counter; }
      set no6 { type ipv6_addr . inet_proto . inet_service; flags dynamic; size 4096; counter; }
      set other4 { type ipv4_addr . inet_proto; flags dynamic; size 1024; counter; }
      set other6 { type ipv6_addr . inet_proto; flags dynamic; size 1024; counter; }
      chain out {
        type filter hook output priority 0; policy drop;
        oifname "lo" ip daddr 127.0.0.0/8 accept
        oifname "lo" ip6 daddr ::1 accept
        oifname "lo" meta l4proto { icmp, ipv6-icmp } accept
        oifname "lo" tcp flags & rst == rst accept
        ip daddr @all4 accept
        ip6 daddr @all6 accept
        ip daddr . tcp dport @tcp4 accept
        ip6 daddr . tcp dport @tcp6 accept
        oifname "lo" ip saddr @all4 accept
        oifname "lo" ip6 saddr @all6 accept
        oifname "lo" ip saddr . tcp sport @tcp4 tcp flags & (syn | ack) != syn accept
        oifname "lo" ip6 saddr . tcp sport @tcp6 tcp flags & (syn | ack) != syn accept
        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept
        icmpv6 type { nd-router-solicit, mld-listener-query, mld-listener-report, mld-listener-reduction, mld2-listener-report } drop
        meta l4proto igmp drop
        tcp flags & (syn | rst) == rst drop
        meta l4proto { tcp, udp } update @no4 { ip daddr . meta l4proto . th dport counter }
        meta l4proto { tcp, udp } update @no6 { ip6 daddr . meta l4proto . th dport counter }
        meta l4proto != { tcp, udp } update @other4 { ip daddr . meta l4proto counter }
        meta l4proto != { tcp, udp } update @other6 { ip6 daddr . meta l4proto counter }
        meta l4proto tcp reject with tcp reset
        reject
      }
      chain in {
        type filter hook input priority 0; policy drop;
        iifname "lo" accept
        ip saddr @all4 accept
        ip6 saddr @all6 accept
        ip saddr . tcp sport @tcp4 tcp flags & (syn | ack) != syn accept
        ip6 saddr . tcp sport @tcp6 tcp flags & (syn | ack) != syn accept
        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept
      }
      chain through { type filter hook forward priority 0; policy drop; }
    }

    """

  /// Lets out to these and to nothing else, in one step.
  static func change(to allowed: AllowedSets) -> String {
    var text = ""
    for name in AllowedSets.names { text += "flush set \(table) \(name)\n" }
    for name in AllowedSets.names {
      let elements = allowed.elements(of: name)
      if !elements.isEmpty { text += "add element \(table) \(name) { \(elements.joined(separator: ", ")) }\n" }
    }
    return text
  }
}

/// What a network lets out to, as the sets of its rules hold it: an address at all ports and protocols, or at one TCP
/// port.
struct AllowedSets: Sendable, Equatable {
  static let names = ["all4", "all6", "tcp4", "tcp6"]

  private(set) var all4: Set<String> = []
  private(set) var all6: Set<String> = []
  private(set) var tcp4: Set<String> = []
  private(set) var tcp6: Set<String> = []

  init() {}

  init(_ endpoints: [AllowedEndpoint]) {
    for endpoint in endpoints { add(endpoint.ip, endpoint.port) }
  }

  mutating func add(_ ip: IPAddress, _ port: Int?) {
    // Its canonical text: nothing else ever gets into a rule.
    guard let ip = IPAddress(ip.description), port.map({ (1...65535).contains($0) }) != false else { return }
    switch (ip, port) {
    case (.v4, nil): all4.insert("\(ip)")
    case (.v6, nil): all6.insert("\(ip)")
    case (.v4, let port?): tcp4.insert("\(ip) . \(port)")
    case (.v6, let port?): tcp6.insert("\(ip) . \(port)")
    }
  }

  func elements(of name: String) -> [String] {
    switch name {
    case "all4": all4.sorted()
    case "all6": all6.sorted()
    case "tcp4": tcp4.sorted()
    default: tcp6.sorted()
    }
  }
}
