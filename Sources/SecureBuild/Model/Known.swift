/// The four kinds of knowing, which no screen and no JSON mixes up.
public enum Known: String, Sendable, Codable {
  /// Written down here.
  case planned = "PLANNED"
  /// Follows from the inventory by a rule.
  case computed = "COMPUTED"
  /// Tried from this host, or from another by a probe script.
  case tried = "TRIED"
  /// Seen in the vendor's console by a person, or imported from the vendor.
  case confirmed = "CONFIRMED"

  public var title: Phrase {
    switch self {
    case .planned: Phrase("planned", "已规划")
    case .computed: Phrase("computed", "推算")
    case .tried: Phrase("tried", "已实测")
    case .confirmed: Phrase("confirmed", "已确认")
    }
  }
}
