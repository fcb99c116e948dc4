import SecureBuild
import TerminalUI

/// Every role of a theme by its name, looking as it says, with its contrast at each number of colours.
struct ThemePreview {
  let theme: Theme
  /// Nil where it isn't printed to a terminal: names and colours in words alone.
  let depth: ColorDepth?
  let language: Language

  /// The numbers of colours that contrast is said for.
  static let depths: [(title: String, depth: ColorDepth)] = [
    ("Direct", .direct), ("Indexed256", .indexed256), ("Indexed16", .indexed16), ("Indexed8", .indexed8),
  ]

  /// A ratio with one place after the point, rounded down: 4.49 isn't 4.5.
  static func ratio(_ contrast: Double) -> String {
    let tenths = Int(contrast * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }

  var text: String {
    let names = (Role.allCases.map(\.rawValue.count).max() ?? 0) + 3
    return line(Phrase("Role", "角色")(language), names, ["fg", "bg", "24 bit", "256", "16", "8", ""])
      + Role.allCases.map { line(of: $0, names) }.joined() + floors
  }

  private func line(of role: Role, _ names: Int) -> String {
    let style = theme.style(role)
    let name = Truncated.padded(" \(role.rawValue)", to: names)
    let ratios = Self.depths.map { mark(theme.contrast(of: role, at: $0.depth), of: role) }
    let colors = [style.foreground?.rgb.hex ?? "-", style.background?.rgb.hex ?? "-"]
    return line(
      depth.map { theme.painted(name, as: role, at: $0) } ?? name, 0,
      colors + ratios + [style.attributes.names.joined(separator: " ")])
  }

  /// What is below what it should be has a mark.
  private func mark(_ contrast: Double?, of role: Role) -> String {
    guard let contrast else { return "-" }
    return Self.ratio(contrast) + (theme.contrastWanted(of: role).map { contrast < $0 } == true ? "!" : "")
  }

  private func line(_ name: String, _ width: Int, _ columns: [String]) -> String {
    let widths = [9, 9, 7, 6, 6, 6, 0]
    let cells = zip(columns, widths).map { Truncated.padded($0, to: $1) }.joined()
    var line = Truncated.padded(name, to: width) + "  " + cells
    if width == 0 { line = name + "  " + cells }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  private var floors: String {
    let text = Self.ratio(theme.contrast)
    return Phrase(
      "Contrast: text wants \(text), lines 3.0; a ! marks what has less. 16 and 8 colours by xterm's palette.\n",
      "对比度：文字至少 \(text)，线条至少 3.0；! 表示不足。16 色和 8 色按 xterm 的调色板计算。\n")(language)
  }
}
