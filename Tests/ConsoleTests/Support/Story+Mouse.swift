import TerminalUI
import Testing

extension Story {
  /// Clicks on the first cell of a text on the screen.
  func click(_ text: String, _ action: Mouse.Action = .click, _ location: SourceLocation = #_sourceLocation) {
    guard let place = place(of: text) else {
      Issue.record("there is no “\(text)” to click on:\n\(self.text)", sourceLocation: location)
      return
    }
    point(Mouse(action, at: place))
  }

  /// Where a text stands, the last such row.
  private func place(of text: String) -> Point? {
    for (y, line) in screen.enumerated().reversed() {
      if let range = line.firstRange(of: text) {
        return Point(x: line[..<range.lowerBound].reduce(0) { $0 + CellWidth.of($1) }, y: y)
      }
    }
    return nil
  }
}
