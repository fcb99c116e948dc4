import SecureBuild

/// Addresses at which something listens for TCP connections in the network of a process.
struct ListeningSockets: Sendable, Equatable {
  private var addresses: Set<IPAddress> = []

  init(of pid: Int32) {
    for file in ["tcp", "tcp6"] {
      for line in ((try? HostFile.lines("/proc/\(pid)/net/\(file)")) ?? []).dropFirst() {
        let parts = line.split(separator: " ")
        guard parts.count > 3, parts[3] == "0A", let ip = Self.address(parts[1].prefix { $0 != ":" }) else { continue }
        addresses.insert(ip)
      }
    }
  }

  func contains(_ ip: IPAddress) -> Bool {
    addresses.contains(ip) || addresses.contains(.v6("::"))
      || addresses.contains(.v4(IPv4Address(bits: 0)))
  }

  /// Words of 32 bits as the kernel prints them: in the order of bytes of this machine.
  private static func address(_ text: Substring) -> IPAddress? {
    var bytes: [UInt8] = []
    var rest = text
    while !rest.isEmpty {
      guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
      withUnsafeBytes(of: word) { bytes += $0 }
      rest = rest.dropFirst(8)
    }
    switch bytes.count {
    case 4: return IPAddress(bytes.map { "\($0)" }.joined(separator: "."))
    case 16:
      let groups = stride(from: 0, to: 16, by: 2).map {
        String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
      }
      return IPAddress(groups.joined(separator: ":"))
    default: return nil
    }
  }
}
