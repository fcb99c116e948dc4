import TerminalUI

/// Every role of a theme by its name, looking as it says.
struct ThemePreview {
  let theme: Theme
  let depth: ColorDepth

  var text: String {
    let width = (Role.allCases.map(\.rawValue.count).max() ?? 0) + 2
    return Role.allCases.map { role in
      let style = theme.style(role)
      let sample = style.painted(Truncated.padded(" \(role.rawValue)", to: width + 1), at: depth)
      let facts = [style.foreground?.hex ?? "-", style.background?.hex ?? "-"] + style.attributes.names
      return sample + "  " + facts.joined(separator: " ") + "\n"
    }.joined()
  }
}
