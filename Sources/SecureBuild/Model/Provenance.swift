/// How a thing that is shown is known: which of the four kinds of knowing, when, by whom, and from which host.
/// In JSON the members `Known`, `At`, `By`, `From`.
public struct Provenance: Sendable, Equatable {
  public let known: Known
  public let at: Timestamp?
  public let by: String?
  /// The host that a try was made from.
  public let from: String?

  public init(_ known: Known, at: Timestamp? = nil, by: String? = nil, from: String? = nil) {
    self.known = known
    self.at = at
    self.by = by
    self.from = from
  }

  /// Follows from what is written down, by a rule.
  public static let computed = Provenance(.computed)
}

extension Instance {
  public var provenance: Provenance { Provenance(known, at: at, by: by) }
}

extension Vpc {
  public var provenance: Provenance { Provenance(known, at: at, by: by) }
}

extension VSwitch {
  public var provenance: Provenance { Provenance(known, at: at, by: by) }
}

extension Link {
  public var provenance: Provenance { Provenance(known, at: at, by: by) }
}

extension Try {
  public var provenance: Provenance { Provenance(.tried, at: at, by: by, from: from) }
}

extension FailedTry {
  public var provenance: Provenance { Provenance(.tried, at: at, by: by, from: from) }
}

extension Confirmation {
  public var provenance: Provenance { Provenance(.confirmed, at: at, by: by) }
}
