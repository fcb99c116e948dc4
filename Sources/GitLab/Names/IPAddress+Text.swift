import Glibc
import SecureBuild

extension IPAddress {
  /// An address of 4 or 16 bytes, the highest first; nil for any other number.
  init?(bytes: some Collection<UInt8>) {
    switch bytes.count {
    case 4: self = .v4(IPv4Address(bits: bytes.reduce(0) { $0 << 8 | UInt32($1) }))
    case 16:
      var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      guard inet_ntop(AF_INET6, Array(bytes), &text, socklen_t(text.count)) != nil else { return nil }
      self = .v6(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    default: return nil
    }
  }

  /// The address that `host` is written as (IPv6 without brackets); nil where it is a name.
  init?(literal host: String) {
    if let address = IPv4Address(host) {
      self = .v4(address)
      return
    }
    var bytes = [UInt8](repeating: 0, count: 16)
    guard inet_pton(AF_INET6, host, &bytes) == 1 else { return nil }
    self.init(bytes: bytes)
  }
}
