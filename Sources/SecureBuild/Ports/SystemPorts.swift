import FoundationEssentials

/// This host's clock.
public struct SystemClock: WallClock {
  public init() {}
  public func now() -> Timestamp { Timestamp(seconds: Date().timeIntervalSince1970) }
}

/// Random ids of 40 bits, in lower-case hexadecimal.
public struct RandomIds: IdSource {
  public init() {}

  public func next(_ prefix: String) -> String {
    let hex = String(UInt64.random(in: 0..<(1 << 40)), radix: 16)
    return "\(prefix)-local-" + String(repeating: "0", count: 10 - hex.count) + hex
  }
}
