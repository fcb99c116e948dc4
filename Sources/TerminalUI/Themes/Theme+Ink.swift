extension Theme {
  /// How text with a look of its own is shown: its colours as far as the terminal has them, an ink that can't be read on
  /// its paper as the nearest that can.
  func reduced(_ ink: Ink, on paper: Paper, to depth: ColorDepth) -> ReducedStyle {
    guard depth != .monochrome else { return ReducedStyle(foreground: -1, background: -1, attributes: ink.attributes) }
    // Numbers are what logs have: with 24 bits the colours are those that stand behind them.
    guard depth != .direct else {
      let style = reduced(ink, on: paper, to: .indexed256)
      func direct(_ number: Int) -> Int { ColorDepth.direct.nearest(to: TerminalColors.xterm[number]) }
      return ReducedStyle(
        foreground: direct(style.foreground),
        background: ink.background == nil
          ? colors(of: .text, on: paper).paper.index(at: .direct) : direct(style.background),
        attributes: style.attributes)
    }
    let text = colors(of: .text, on: paper)
    let background = (ink.background.map(Self.color) ?? text.paper).index(at: depth)
    let foreground = number(
      of: ink.foreground.map(Self.color) ?? text.ink, as: .text, on: background, at: depth)
    var attributes = ink.attributes
    if depth.hasNamedColorsOnly, !Self.whites.contains(foreground) { attributes.remove(.bold) }
    return ReducedStyle(foreground: foreground, background: background, attributes: attributes)
  }

  private static func color(_ number: UInt8) -> ThemeColor {
    ThemeColor(TerminalColors.xterm[Int(number)], named: number < 16 ? Int(number) : nil)
  }
}
