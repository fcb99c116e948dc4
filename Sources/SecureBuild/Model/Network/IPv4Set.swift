/// A set of IPv4 addresses, kept as ranges of numbers that neither touch nor overlap, in order.
struct IPv4Set: Sendable, Equatable {
  private(set) var spans: [ClosedRange<UInt32>]

  static let empty = IPv4Set(spans: [])

  private init(spans: [ClosedRange<UInt32>]) { self.spans = spans }

  init(_ range: IPv4Range) { spans = [range.span] }

  /// - Parameter ranges: in any order; they may overlap.
  init(_ ranges: [IPv4Range]) { self = ranges.reduce(.empty) { $0.union(IPv4Set($1)) } }

  var isEmpty: Bool { spans.isEmpty }

  func union(_ other: IPv4Set) -> IPv4Set {
    var merged: [ClosedRange<UInt32>] = []
    for span in (spans + other.spans).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, last.upperBound == .max || span.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        merged.append(span)
      }
    }
    return IPv4Set(spans: merged)
  }

  func intersection(_ other: IPv4Set) -> IPv4Set {
    IPv4Set(
      spans: spans.flatMap { own in
        other.spans.compactMap { span in
          let lower = max(own.lowerBound, span.lowerBound)
          let upper = min(own.upperBound, span.upperBound)
          return lower <= upper ? lower...upper : nil
        }
      })
  }

  func subtracting(_ other: IPv4Set) -> IPv4Set {
    var left: [ClosedRange<UInt32>] = []
    for span in spans {
      var start = UInt64(span.lowerBound)
      for gone in other.spans where gone.upperBound >= span.lowerBound && gone.lowerBound <= span.upperBound {
        if UInt64(gone.lowerBound) > start { left.append(UInt32(start)...(gone.lowerBound - 1)) }
        start = UInt64(gone.upperBound) + 1
      }
      if start <= UInt64(span.upperBound) { left.append(UInt32(start)...span.upperBound) }
    }
    return IPv4Set(spans: left)
  }

  /// The fewest ranges in CIDR form that it is made of, in order.
  var ranges: [IPv4Range] {
    var ranges: [IPv4Range] = []
    for span in spans {
      var start = UInt64(span.lowerBound)
      let end = UInt64(span.upperBound)
      while start <= end {
        // The largest block that begins here and doesn't go past the end.
        var bits = start == 0 ? 32 : min(32, start.trailingZeroBitCount)
        while (start + (1 << UInt64(bits))) - 1 > end { bits -= 1 }
        ranges.append(IPv4Range(IPv4Address(bits: UInt32(start)), length: 32 - bits))
        start += 1 << UInt64(bits)
      }
    }
    return ranges
  }

  /// Its ranges with commas, a long list cut.
  var text: String {
    let ranges = ranges
    return ranges.prefix(4).map(\.description).joined(separator: ", ") + (ranges.count > 4 ? ", …" : "")
  }
}

extension IPv4Range {
  /// From its first address to its last.
  fileprivate var span: ClosedRange<UInt32> {
    base.bits...(length == 0 ? .max : base.bits | (UInt32.max >> UInt32(length)))
  }
}
