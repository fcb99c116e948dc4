/// A style as numbers for curses; -1 is the terminal's own colour.
struct ReducedStyle: Equatable {
  var foreground: Int32
  var background: Int32
  var attributes: Style.Attributes
}

extension Theme {
  /// The nearest that a terminal of this depth can show, so that no meaning is lost with the colours.
  ///
  /// Few colours make some roles' ink their paper: such ink becomes black or white. What stands out by its paper does so
  /// by reversing where its paper has become the page's. Without colours attributes alone tell a role from others.
  func reduced(_ role: Role, to depth: ColorDepth) -> ReducedStyle {
    let style = style(role)
    var attributes = style.attributes
    guard depth != .monochrome else {
      return ReducedStyle(foreground: -1, background: -1, attributes: attributes.union(Self.marks(role, without: true)))
    }
    let paper = style.background ?? .black
    var ink = style.foreground ?? .white
    if depth == .indexed8 || depth == .indexed16 {
      let shown = paper.shown(at: depth)
      if ink.shown(at: depth).contrast(to: shown) < 4.5 {
        ink = shown.contrast(to: .black) > shown.contrast(to: .white) ? .black : .white
      }
      let page = self.style(.page).background ?? .black
      let isLost = paper.index(at: depth) == page.index(at: depth)
      attributes.formUnion(Self.marks(role, without: isLost))
    }
    return ReducedStyle(
      foreground: ink.index(at: depth), background: paper.index(at: depth), attributes: attributes)
  }

  /// Attributes that tell a role from its neighbours.
  /// - Parameter without: whether its paper doesn't tell it.
  private static func marks(_ role: Role, without paper: Bool) -> Style.Attributes {
    switch role {
    case .tableSelected, .navigationFocused, .buttonFocused, .choiceFocused, .chipFocused, .pickerSelected,
      .fieldFocused:
      paper ? [.reverse, .bold] : .bold
    case .bar, .barTraining, .barOwn, .toast: paper ? .reverse : []
    case .badgeTraining, .badgeOwn: paper ? .bold : []
    case .buttonDanger, .toastError: paper ? [.reverse, .bold] : []
    case .field, .tableSelectedUnfocused, .navigationSelected, .chip: .underline
    case .tableHeader, .link: paper ? .underline : []
    case .fieldError: [.underline, .bold]
    // What is typed isn't dim, so that an example isn't taken for it.
    case .fieldPlaceholder: [.underline, .dim]
    default: []
    }
  }
}
