/// Ports as the vendor writes them: `22/22`, `1/65535`, or `-1/-1` for all.
struct PortRange: Sendable, Equatable, CustomStringConvertible {
  let ports: ClosedRange<Int>

  static let all = PortRange(ports: 0...65535)

  init(ports: ClosedRange<Int>) { self.ports = ports }

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let first = parts[0], let last = parts[1] else { return nil }
    if first == -1, last == -1 {
      self = .all
    } else {
      guard (0...65535).contains(first), (first...65535).contains(last) else { return nil }
      ports = first...last
    }
  }

  var description: String { self == .all ? "-1/-1" : "\(ports.lowerBound)/\(ports.upperBound)" }
}
