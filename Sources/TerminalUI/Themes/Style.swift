/// How a role looks: colours and attributes.
public struct Style: Sendable, Equatable {
  /// The ink; nil for that of what the role is drawn on.
  public var foreground: ThemeColor?
  /// The paper; nil for that of what the role is drawn on.
  public var background: ThemeColor?
  public var attributes: Attributes

  public init(foreground: ThemeColor? = nil, background: ThemeColor? = nil, attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  public struct Attributes: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let reverse = Attributes(rawValue: 4)
    public static let underline = Attributes(rawValue: 8)
    public static let italic = Attributes(rawValue: 16)

    /// By the names that theme files have for them, with the number of each in a control sequence (SGR).
    static let all: [(name: String, attribute: Self, code: Int32)] = [
      ("bold", .bold, 1), ("dim", .dim, 2), ("italic", .italic, 3), ("underline", .underline, 4),
      ("reverse", .reverse, 7),
    ]

    init?(named name: String) {
      guard let known = Self.all.first(where: { $0.name == name }) else { return nil }
      self = known.attribute
    }

    public var names: [String] { Self.all.filter { contains($0.attribute) }.map(\.name) }
  }
}
