/// Times in milliseconds, or counts.
public struct Samples: Sendable {
  private var values: [Double] = []

  public init() {}

  public mutating func add(_ value: Double?) { if let value { values.append(value) } }

  public mutating func add(_ time: Duration?) { add(time.map { $0 / .milliseconds(1) }) }

  public var count: Int { values.count }
  public var median: Double? { at(0.5) }
  public var p99: Double? { at(0.99) }
  public var most: Double? { values.max() }

  /// The value that this part of all doesn't exceed.
  private func at(_ part: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let rank = (part * Double(values.count)).rounded(.up)
    return values.sorted()[max(0, min(values.count - 1, Int(rank) - 1))]
  }
}
