import CNcurses

/// The theme's roles as curses attributes and colour pairs, reduced to what the terminal has.
@ScreenActor
struct CursesPalette {
  private var depth = ColorDepth.monochrome
  private var styles: [(attributes: attr_t, pair: Int16)] = []

  mutating func start(monochrome: Bool) {
    guard !monochrome, has_colors(), start_color() == 0 else { return }
    let direct = tigetflag("RGB") == 1
    depth =
      direct
      ? .direct
      : acr_colors() >= 256
        ? .indexed256 : acr_colors() >= 16 ? .indexed16 : acr_colors() >= 8 ? .indexed8 : .monochrome
  }

  mutating func use(_ theme: Theme) {
    var pairs: [ColorPair: Int16] = [:]
    styles = Role.allCases.map { role in
      let full = theme.style(role)
      let style = depth == .monochrome ? full.monochrome(for: role) : full.reduced(to: depth)
      var attributes: attr_t = 0
      if style.attributes.contains(.bold) { attributes |= acr_bold }
      if style.attributes.contains(.dim) { attributes |= acr_dim }
      if style.attributes.contains(.reverse) { attributes |= acr_reverse }
      if style.attributes.contains(.underline) { attributes |= acr_underline }
      if style.attributes.contains(.italic) { attributes |= acr_italic }
      guard depth != .monochrome else { return (attributes, 0) }
      let pair = ColorPair(foreground: style.foreground, background: style.background)
      if let known = pairs[pair] { return (attributes, known) }
      let number = Int16(pairs.count + 1)
      guard Int32(number) < min(acr_color_pairs(), 32_000) else { return (attributes, 0) }
      init_extended_pair(Int32(number), pair.foreground, pair.background)
      pairs[pair] = number
      return (attributes, number)
    }
  }

  func select(_ role: Role) {
    let style = styles[role.index]
    wattr_set(acr_stdscr(), style.attributes, style.pair, nil)
  }

  private struct ColorPair: Hashable {
    let foreground: Int32
    let background: Int32
  }
}

extension Role {
  /// Its place among all roles.
  var index: Int { Self.indices[self] ?? 0 }
  private static let indices = Dictionary(uniqueKeysWithValues: zip(allCases, 0...))
}
