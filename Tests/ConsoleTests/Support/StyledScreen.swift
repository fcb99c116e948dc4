@testable import TerminalUI

/// A canvas as a terminal gets it: each row's text, and below it where each look begins, by the numbers or names that
/// the terminal knows its colours by.
struct StyledScreen {
  let canvas: Canvas
  private let theme: Theme
  let depth: ColorDepth
  /// Whether the terminal's charset has ASCII alone.
  let isASCII: Bool
  private let styles: [Paper: [ReducedStyle]]

  init(canvas: Canvas, theme: Theme, depth: ColorDepth, isASCII: Bool = false) {
    self.canvas = canvas
    self.theme = theme
    self.depth = depth
    self.isASCII = isASCII
    let papers = Paper.allCases.map { paper in (paper, Role.all.map { theme.reduced($0, on: paper, to: depth) }) }
    styles = Dictionary(uniqueKeysWithValues: papers)
  }

  /// `row text`, then `column ink/paper attributes`, a look each; a row of one look like that above it has no second
  /// line.
  var lines: [String] {
    var above = ""
    return (0..<canvas.size.height).flatMap { y in
      let number = y < 10 ? " \(y)" : "\(y)"
      let looks = runs(y).map { "\($0.x) \(look($0.cell))" }.joined(separator: "  ")
      var text = (0..<canvas.size.width).map { shown(canvas[$0, y]) }.joined()
      while text.last == " " { text.removeLast() }
      defer { above = looks }
      return [text.isEmpty ? number : "\(number) \(text)"] + (looks == above ? [] : ["   " + looks])
    }
  }

  private func runs(_ y: Int) -> [(x: Int, cell: Cell)] {
    var runs: [(x: Int, cell: Cell)] = []
    for x in 0..<canvas.size.width where runs.last.map({ !looksLike($0.cell, canvas[x, y]) }) ?? true {
      runs.append((x, canvas[x, y]))
    }
    return runs
  }

  /// Whether nothing begins at this cell: of a blank only the paper and lines are seen.
  private func looksLike(_ before: Cell, _ cell: Cell) -> Bool {
    let seen: Style.Attributes = [.underline, .reverse]
    guard let old = style(before), let new = style(cell) else { return false }
    return old == new
      || cell.text == " " && old.background == new.background && !old.attributes.contains(.reverse)
        && old.attributes.intersection(seen) == new.attributes.intersection(seen)
  }

  private func style(_ cell: Cell) -> ReducedStyle? {
    if let ink = cell.ink { return theme.reduced(ink, on: cell.paper, to: depth) }
    return styles[cell.paper]?[cell.role.index]
  }

  private func look(_ cell: Cell) -> String {
    guard let style = style(cell) else { return "?" }
    let colors = depth == .monochrome ? [] : [color(style.foreground) + "/" + color(style.background)]
    let words = colors + style.attributes.names
    return words.isEmpty ? "plain" : words.joined(separator: "+")
  }

  private func color(_ number: Int) -> String {
    switch depth {
    case .direct: RGB(UInt32(number)).hex
    case .indexed16, .indexed8: ThemeColor.names[number]
    case .indexed256, .monochrome: String(number)
    }
  }

  private func shown(_ cell: Cell) -> String {
    let base = cell.scalar(0)
    guard isASCII, base >= 0x80 else { return cell.text }
    return String(ASCIIFallback.scalars(base, isWide: false))
  }
}
