import Dispatch
import Glibc
import SecureBuild

/// This host's resolver (`getaddrinfo`: its hosts file, its DNS).
///
/// A resolver that hangs can't be interrupted, so each question is asked on a thread of its own: cancelling returns
/// at once and leaves that thread to end by itself.
public struct SystemNames: NameResolution {
  private let limit: Duration

  public init() { self.init(limit: .seconds(10)) }

  init(limit: Duration) { self.limit = limit }

  public func addresses(of name: String) async throws -> [IPAddress] {
    try Task.checkCancellation()
    let outcome = FirstOutcome<[IPAddress]>()
    DispatchQueue(label: "acr-console.names").async {
      outcome.settle(Result { try Self.ask(name) })
    }
    let late = DispatchWorkItem {
      outcome.settle(.failure(NameFailure.resolverFailed(String(cString: gai_strerror(EAI_AGAIN)))))
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + limit.dispatchInterval, execute: late)
    defer { late.cancel() }
    return try await outcome.value()
  }

  /// Asks and waits. Addresses of both families are wanted whatever this host has configured: what it can't reach
  /// is for the next hop to say.
  private static func ask(_ name: String) throws(NameFailure) -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = 0
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(name, nil, &hints, &list)
    let systemError = errno
    defer { if let list { freeaddrinfo(list) } }
    if let failure = failure(code: code, errno: systemError) { throw failure }
    var found: [IPAddress] = []
    var next = list
    while let entry = next {
      if let address = IPAddress(entry.pointee), !found.contains(address) { found.append(address) }
      next = entry.pointee.ai_next
    }
    guard !found.isEmpty else { throw .unknownName }
    return found
  }

  /// glibc's `EAI_NODATA` and `EAI_ADDRFAMILY`, which its Swift module lacks.
  private static let noData: Int32 = -5
  private static let noAddressOfFamily: Int32 = -9

  /// What `getaddrinfo` ended in; nil for success.
  static func failure(code: Int32, errno: Int32) -> NameFailure? {
    switch code {
    case 0: nil
    case EAI_NONAME, noData, noAddressOfFamily: .unknownName
    case EAI_SYSTEM: .resolverFailed(String(cString: strerror(errno)))
    default: .resolverFailed(String(cString: gai_strerror(code)))
    }
  }
}

extension IPAddress {
  /// The address of a resolver's answer; nil for other families.
  fileprivate init?(_ entry: addrinfo) {
    guard let address = entry.ai_addr else { return nil }
    switch entry.ai_family {
    case AF_INET:
      let raw = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee.sin_addr }
      self.init(bytes: withUnsafeBytes(of: raw) { Array($0) })
    case AF_INET6:
      let raw = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { $0.pointee.sin6_addr }
      self.init(bytes: withUnsafeBytes(of: raw) { Array($0) })
    default: return nil
    }
  }
}
