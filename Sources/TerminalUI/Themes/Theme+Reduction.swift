/// A style as numbers for the terminal; -1 is its own colour.
struct ReducedStyle: Equatable {
  var foreground: Int
  var background: Int
  var attributes: Style.Attributes
}

/// How a theme is shown by a terminal of few colours, or none, so that no meaning is lost with the colours.
///
/// **256** are the same everywhere: the nearest is taken, or the nearest that can be read on its paper.
///
/// **16 and 8** are names, and what they look like is the terminal's choice. The theme names its colours for them, and a
/// coloured ink is taken only where it can be read with xterm's colours and stands off the paper with those of the Linux
/// console and of Solarized too; else it becomes black or white, whichever does best with all three. Bold is kept for white
/// ink alone: many terminals show bold as bright, and bright black on black, or Solarized's bright green (a grey), is gone.
/// What stands out by its paper alone does so by reversing where that has become the paper around it. Underlining tells
/// nothing by itself there: the Linux console has it or colours, never both.
///
/// **None**: attributes alone tell a role from its neighbours.
///
/// Text that brings its own look (`Ink`) is taken at its word as far as it can be read: an ink that can't be is the
/// nearest that can, so that no log hides a line by writing it in black on black.
extension Theme {
  func reduced(_ role: Role, on paper: Paper = .page, to depth: ColorDepth) -> ReducedStyle {
    var attributes = style(role).attributes
    guard depth != .monochrome else {
      return ReducedStyle(foreground: -1, background: -1, attributes: attributes.union(Self.marks(role)))
    }
    let colors = colors(of: role, on: paper)
    let background = colors.paper.index(at: depth)
    let foreground = number(of: colors.ink, as: role.needs, on: background, at: depth)
    if depth.hasNamedColorsOnly {
      let around = self.colors(of: paper.role, on: paper).paper.index(at: depth)
      attributes.formUnion(Self.marks(role).subtracting(.reverse))
      if background == around, style(role).background != nil { attributes.formUnion(Self.marks(role)) }
      if !Self.whites.contains(foreground) { attributes.remove(.bold) }
    }
    return ReducedStyle(foreground: foreground, background: background, attributes: attributes)
  }

  static let whites = [7, 15]

  /// The number of an ink that can be read, as far as it needs to be.
  func number(of ink: ThemeColor, as need: Role.Need, on paper: Int, at depth: ColorDepth) -> Int {
    let wanted = ink.index(at: depth)
    if depth == .direct || need == .nothing || canBeRead(wanted, as: need, on: paper, at: depth) { return wanted }
    if !depth.hasNamedColorsOnly,
      let near = depth.nearest(to: ink.rgb, where: { canBeRead($0, as: need, on: paper, at: depth) })
    {
      return near
    }
    let extremes = depth == .indexed256 ? [16, 231] : depth == .indexed16 ? [0, 7, 15] : [0, 7]
    return extremes.max {
      Self.worstContrast($0, on: paper, at: depth) < Self.worstContrast($1, on: paper, at: depth)
    } ?? wanted
  }

  private func canBeRead(_ ink: Int, as need: Role.Need, on paper: Int, at depth: ColorDepth) -> Bool {
    let wanted = need == .line ? Self.contrastOfLines : contrast
    return depth.color(ink).contrast(to: depth.color(paper)) >= wanted
      && (!depth.hasNamedColorsOnly || Self.worstContrast(ink, on: paper, at: depth) >= Self.apart)
  }

  static let contrastOfLines = 3.0
  /// That of Solarized's own faintest text: no terminal whose colours were chosen by anyone has less.
  static let apart = 2.75

  private static func worstContrast(_ ink: Int, on paper: Int, at depth: ColorDepth) -> Double {
    let palettes: [TerminalColors] = depth.hasNamedColorsOnly ? [.xterm, .linux, .solarized] : [.xterm]
    return palettes.map { depth.color(ink, in: $0).contrast(to: depth.color(paper, in: $0)) }.min() ?? 1
  }

  /// Attributes that tell a role from its neighbours where colours can't.
  private static func marks(_ role: Role) -> Style.Attributes {
    switch role {
    case .tableSelected, .navigationFocused, .buttonFocused, .choiceFocused, .pickerSelected, .fieldFocused,
      .barTraining, .toastError, .buttonDangerFocused:
      [.reverse, .bold]
    case .chipFocused: [.reverse, .bold, .underline]
    case .badgeOwn, .frameTraining, .toast, .dialogTitle: .reverse
    // On a bar that is reversed they are a hole.
    case .badgeTraining, .chip, .dialogBorder, .statusWarn, .statusError: .bold
    case .bar, .barOwn, .tableSelectedUnfocused, .tableHeader, .navigationSelected, .button: .underline
    // What is typed is bold and an example isn't, so that it isn't taken for a value; in a focused field, which is
    // reversed, an example is a hole.
    case .field, .fieldError, .buttonDanger: [.underline, .bold]
    case .fieldPlaceholder, .fieldFocusedPlaceholder: [.underline, .dim]
    default: []
    }
  }
}
