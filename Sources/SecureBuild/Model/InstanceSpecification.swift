/// The editions of an instance, by the vendor's names (ListInstance). A word that isn't known here is kept as it is.
public enum InstanceSpecification: Sendable, Hashable {
  case basic
  case standard
  case advanced
  /// The vendor's word; `""` where nobody has said.
  case other(String)

  public var title: Phrase {
    switch self {
    case .basic: Phrase("Basic", "基础版")
    case .standard: Phrase("Standard", "标准版")
    case .advanced: Phrase("Advanced", "高级版")
    case .other(let word): .orUnknown(word)
    }
  }
}

extension InstanceSpecification: CaseIterable, RawRepresentable, Codable {
  public static let allCases: [InstanceSpecification] = [.basic, .standard, .advanced]

  public var rawValue: String {
    switch self {
    case .basic: "Enterprise_Basic"
    case .standard: "Enterprise_Standard"
    case .advanced: "Enterprise_Advanced"
    case .other(let word): word
    }
  }

  public init(rawValue: String) { self = Self.allCases.first { $0.rawValue == rawValue } ?? .other(rawValue) }
}
