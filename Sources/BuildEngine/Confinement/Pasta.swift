import Glibc
import SecureBuild

/// The way out of a cell: `pasta`, which gives the cell's network an interface and makes this machine's connections
/// for it. It needs no powers on this machine, and its process is the cell's, so it ends with it.
enum Pasta {
  /// - Throws: `MissingPart`, `CancellationError`.
  static func start(in cell: Cell, _ addresses: GuestAddresses, hasIPv6: Bool) async throws -> HeldProgram {
    let words =
      try cell.entry(as: 0, into: ["pid", "mount"]) + [
        Programs.need("pasta"), "--foreground", "--quiet", "--no-map-gw", "-t", "none", "-u", "none", "-T", "none",
        "-U", "none", "--no-dhcp", "--no-dhcpv6", "--no-ra", "-I", NetworkRules.interface, "-i", template(),
        "-M", "9a:55:9a:55:9a:55", "-a", "\(addresses.own4)", "-n", "32", "-g", "\(addresses.gateway4)",
      ] + (hasIPv6 ? ["-a", "\(addresses.own6)", "-g", "\(addresses.gateway6)"] : ["-4"])
      + ["--netns-only", "--netns", "/run/acr-console/net"]
    try Task.checkCancellation()
    do {
      return try await HeldProgram.start(ProgramCall(words[0], Array(words.dropFirst()), folder: "/"))
    } catch {
      throw MissingPart.program(error)
    }
  }

  /// An interface of this machine, which pasta wants to know of. It takes nothing from it that it isn't told, except
  /// that for IPv6 it must have a link-local address; connections go wherever this machine's routes say.
  private static func template() -> String {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return "lo" }
    defer { freeifaddrs(list) }
    var best = (name: "lo", rank: 0)
    var next = list
    while let entry = next {
      next = entry.pointee.ifa_next
      let flags = Int32(bitPattern: entry.pointee.ifa_flags)
      guard flags & Int32(IFF_UP) != 0, flags & Int32(IFF_LOOPBACK) == 0,
        let address = entry.pointee.ifa_addr
      else { continue }
      var rank = 1
      if Int32(address.pointee.sa_family) == AF_INET { rank = 2 }
      if Int32(address.pointee.sa_family) == AF_INET6 {
        let isLinkLocal = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
          withUnsafeBytes(of: pointer.pointee.sin6_addr) { $0[0] == 0xfe && $0[1] & 0xc0 == 0x80 }
        }
        rank = isLinkLocal ? 3 : 2
      }
      if rank > best.rank { best = (String(cString: entry.pointee.ifa_name), rank) }
    }
    return best.name
  }
}

extension HostFile {
  /// Whether the network of a process has an interface.
  static func holds(interface: String, of pid: Int32) -> Bool {
    ((try? lines("/proc/\(pid)/net/dev")) ?? []).contains { $0.drop(while: \.isWhitespace).hasPrefix(interface + ":") }
  }
}
