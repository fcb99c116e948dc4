/// A name and a style for every role.
public struct Theme: Sendable, Equatable {
  public let name: String
  private let styles: [Role: Style]

  public init(name: String, styles: [Role: Style]) {
    self.name = name
    self.styles = styles
  }

  /// The role's style; where the theme has none, that of the part of the name before its last dot, else `page`'s.
  public func style(_ role: Role) -> Style {
    if let own = styles[role] { return own }
    if let dot = role.rawValue.lastIndex(of: "."), let parent = Role(rawValue: String(role.rawValue[..<dot])),
      parent != role
    {
      return style(parent)
    }
    return styles[.page] ?? Style()
  }
}
