import TerminalUI

/// Every role of a theme by its name, looking as it says.
struct ThemePreview {
  let theme: Theme
  /// Nil where it isn't printed to a terminal: names and colours in words alone.
  let depth: ColorDepth?

  var text: String {
    let width = (Role.allCases.map(\.rawValue.count).max() ?? 0) + 2
    return Role.allCases.map { role in
      let style = theme.style(role)
      let name = Truncated.padded(" \(role.rawValue)", to: width + 1)
      let sample = depth.map { style.painted(name, at: $0) } ?? name
      let facts = [style.foreground?.hex ?? "-", style.background?.hex ?? "-"] + style.attributes.names
      return sample + "  " + facts.joined(separator: " ") + "\n"
    }.joined()
  }
}
