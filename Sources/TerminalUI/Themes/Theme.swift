/// A name and a style for every role.
public struct Theme: Sendable, Equatable {
  public let name: String
  /// The least contrast of text at every depth but that of 24 bits, where colours are as they are written: WCAG's AA.
  public let contrast: Double
  private let styles: [Role: Style]

  public static let usualContrast = 4.5

  public init(name: String, styles: [Role: Style], contrast: Double = usualContrast) {
    self.name = name
    self.styles = styles
    self.contrast = contrast
  }

  /// The role's style as written; where the theme has none, that of the part of the name before its last dot, else
  /// `page`'s.
  public func style(_ role: Role) -> Style {
    if let own = styles[role] { return own }
    if let dot = role.rawValue.lastIndex(of: "."), let parent = Role(rawValue: String(role.rawValue[..<dot])),
      parent != role
    {
      return style(parent)
    }
    return styles[.page] ?? Style()
  }

  /// A role's ink and paper on what it is drawn on.
  func colors(of role: Role, on paper: Paper) -> (ink: ThemeColor, paper: ThemeColor) {
    let (own, under) = (style(role), style(paper.role))
    return (
      own.foreground ?? under.foreground ?? ThemeColor(.white), own.background ?? under.background ?? ThemeColor(.black)
    )
  }
}
