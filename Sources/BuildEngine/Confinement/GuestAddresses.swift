import SecureBuild

/// Addresses that a cell has in its own network, none of them one that it is to reach.
struct GuestAddresses: Sendable, Equatable {
  let own4: IPAddress
  let gateway4: IPAddress
  let canary4: IPAddress
  let own6: IPAddress
  let gateway6: IPAddress
  let canary6: IPAddress

  /// From the ranges for benchmarks and for documentation, which nobody reaches anything at, and a unique local one.
  init(avoiding taken: Set<IPAddress>) {
    func free(_ low: UInt32) -> IPAddress {
      var bits = low
      while taken.contains(.v4(IPv4Address(bits: bits))) { bits += 1 }
      return .v4(IPv4Address(bits: bits))
    }
    func free(_ prefix: String, _ low: Int) -> IPAddress {
      var number = low
      while taken.contains(.v6(prefix + String(number, radix: 16))) { number += 1 }
      return .v6(prefix + String(number, radix: 16))
    }
    own4 = free(198 << 24 | 18 << 16 | 2)
    gateway4 = free(198 << 24 | 18 << 16 | 1 << 8 | 1)
    canary4 = free(198 << 24 | 51 << 16 | 100 << 8 | 7)
    own6 = free("fd61:6372::1:", 2)
    gateway6 = free("fd61:6372::2:", 1)
    canary6 = free("2001:db8::", 7)
  }

  /// What `ip -batch` is told to do. Everything is next door: whatever isn't let out never gets that far.
  func batch(_ interface: String, hasIPv6: Bool) -> String {
    var lines = [
      "link set \(interface) up" + (interface == "lo" ? "" : " mtu 65520"),
      "address add \(own4)/32 dev \(interface)", "route add 0.0.0.0/0 dev \(interface) src \(own4)",
    ]
    if hasIPv6 {
      lines += ["address add \(own6)/128 dev \(interface) nodad", "route add ::/0 dev \(interface) src \(own6)"]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
