extension Theme {
  /// How a role's ink stands off its paper as a terminal of this depth shows it (WCAG 2, 1 to 21), by xterm's colours;
  /// for a role that says no paper of its own, on the least favourable one. Nil without colours.
  public func contrast(of role: Role, at depth: ColorDepth) -> Double? { contrast(of: role, at: depth, in: .xterm) }

  func contrast(of role: Role, at depth: ColorDepth, in colors: TerminalColors) -> Double? {
    guard depth != .monochrome else { return nil }
    let papers = style(role).background == nil ? Paper.allCases : [.page]
    return papers.map { paper in
      let style = reduced(role, on: paper, to: depth)
      return depth.color(style.foreground, in: colors).contrast(to: depth.color(style.background, in: colors))
    }.min()
  }

  /// What a role's contrast must at least be; nil where it only adorns.
  public func contrastWanted(of role: Role) -> Double? {
    switch role.needs {
    case .text: contrast
    case .line: Self.contrastOfLines
    case .nothing: nil
    }
  }
}
