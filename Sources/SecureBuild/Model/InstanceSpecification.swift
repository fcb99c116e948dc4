/// The editions of an instance, by the vendor's names (ListInstance).
public enum InstanceSpecification: String, Sendable, Codable, CaseIterable {
  case basic = "Enterprise_Basic"
  case standard = "Enterprise_Standard"
  case advanced = "Enterprise_Advanced"

  public var title: Phrase {
    switch self {
    case .basic: Phrase("Basic", "基础版")
    case .standard: Phrase("Standard", "标准版")
    case .advanced: Phrase("Advanced", "高级版")
    }
  }
}
