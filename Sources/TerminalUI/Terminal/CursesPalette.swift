import CNcurses

/// The theme's roles as curses cells to be filled with text: attributes and colour pair, reduced to what the terminal
/// has.
@ScreenActor
struct CursesPalette {
  private var depth = ColorDepth.monochrome
  /// A blank of every look: each paper's roles begin at the paper's bit.
  private var blanks: [cchar_t] = []
  /// Few, and a dictionary of them would cost the start more than looking through them.
  private var pairs: [ColorPair] = []
  private var theme: Theme?
  /// Blanks of inks that were drawn under this theme, by their places among the looks.
  private var inks: [Int: cchar_t] = [:]

  mutating func start(monochrome: Bool) {
    guard !monochrome, has_colors(), start_color() == 0 else { return }
    depth = if tigetflag("RGB") == 1 { .direct } else { ColorDepth(colors: Int(acr_colors())) }
  }

  mutating func use(_ theme: Theme) {
    (self.theme, pairs, inks) = (theme, [], [:])
    blanks = Array(repeating: cchar_t(), count: Paper.allCases.count << 7)
    for role in Role.all {
      let onPage = blank(role, on: .page, theme)
      blanks[role.index | Paper.page.bit] = onPage
      let isAlike = !depth.hasNamedColorsOnly && theme.style(role).background != nil
      blanks[role.index | Paper.dialog.bit] = isAlike ? onPage : blank(role, on: .dialog, theme)
    }
  }

  private mutating func blank(_ role: Role, on paper: Paper, _ theme: Theme) -> cchar_t {
    blank(theme.reduced(role, on: paper, to: depth))
      ?? Self.blank(theme.reduced(role, on: paper, to: .monochrome).attributes, pair: 0)
  }

  /// Nil where the terminal has no pair of colours left for it.
  private mutating func blank(_ style: ReducedStyle) -> cchar_t? {
    guard depth != .monochrome else { return Self.blank(style.attributes, pair: 0) }
    let pair = ColorPair(foreground: Int32(style.foreground), background: Int32(style.background))
    if let known = pairs.firstIndex(of: pair) { return Self.blank(style.attributes, pair: Int32(known) + 1) }
    let number = Int32(pairs.count) + 1
    guard number < min(acr_color_pairs(), 0x7fff), init_extended_pair(number, pair.foreground, pair.background) == 0
    else { return nil }
    pairs.append(pair)
    return Self.blank(style.attributes, pair: number)
  }

  /// A cell with a blank in it, of the look at this place (`Cell.lookIndex`).
  mutating func blank(_ look: Int) -> cchar_t { look < blanks.count ? blanks[look] : inked(look) }

  /// Where the terminal has no pair of colours left it is plain text.
  private mutating func inked(_ look: Int) -> cchar_t {
    if let known = inks[look] { return known }
    let (ink, paper) = Cell.ink(at: look)
    let made = theme.flatMap { blank($0.reduced(ink, on: paper, to: depth)) } ?? blanks[Role.text.index | paper.bit]
    inks[look] = made
    return made
  }

  private static func blank(_ attributes: Style.Attributes, pair: Int32) -> cchar_t {
    var bits: attr_t = 0
    if attributes.contains(.bold) { bits |= acr_bold }
    if attributes.contains(.dim) { bits |= acr_dim }
    if attributes.contains(.reverse) { bits |= acr_reverse }
    if attributes.contains(.underline) { bits |= acr_underline }
    if attributes.contains(.italic) { bits |= acr_italic }
    var cell = cchar_t()
    let text: [wchar_t] = [0x20, 0]
    setcchar(&cell, text, bits, Int16(clamping: pair), nil)
    return cell
  }

  private struct ColorPair: Equatable {
    let foreground: Int32
    let background: Int32
  }
}
