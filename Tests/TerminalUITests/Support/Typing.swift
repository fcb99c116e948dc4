import Foundation

@testable import TerminalUI

/// Something that takes events one by one, so that a test can type at it.
protocol Typeable {
  mutating func take(_ event: Event) -> TextField.Outcome
}

extension TextField: Typeable {
  mutating func take(_ event: Event) -> Outcome { handle(event) }
}

extension ChipList: Typeable {
  mutating func take(_ event: Event) -> TextField.Outcome { handle(event) }
}

extension Choice: Typeable {
  mutating func take(_ event: Event) -> TextField.Outcome { handle(event) }
}

extension Picker: Typeable {
  mutating func take(_ event: Event) -> TextField.Outcome { handle(event) }
}

extension Typeable {
  /// Presses these keys one after the other.
  mutating func press(_ keys: Key...) { for key in keys { _ = take(.key(key)) } }

  mutating func type(_ text: String) { for character in text { press(.character(character)) } }

  mutating func paste(_ text: String) { _ = take(.paste(text)) }
}

extension Form {
  mutating func press(_ keys: Key...) { for key in keys { _ = handle(.key(key)) } }

  mutating func type(_ text: String) { for character in text { press(.character(character)) } }

  /// Draws it and clicks on the first place that shows this text, `offset` cells further on.
  mutating func click(
    _ text: String, offset: Int = 0, action: Mouse.Action = .click, size: Size = Size(width: 60, height: 24)
  ) -> Outcome {
    let canvas = Canvas.drawn(size.width, size.height) { draw(on: &$0, in: $1) }
    guard let place = canvas.place(of: text) else { return .ignored }
    return handle(.mouse(Mouse(action, at: Point(x: place.x + offset, y: place.y))))
  }
}

extension Canvas {
  /// What `draw` puts on a canvas of this size.
  static func drawn(_ width: Int, _ height: Int, _ draw: (inout Canvas, Rect) -> Void) -> Canvas {
    var canvas = Canvas(size: Size(width: width, height: height))
    draw(&canvas, Rect(canvas.size))
    return canvas
  }

  /// The role of every cell in a row.
  func roles(row y: Int) -> [Role] { (0..<size.width).map { self[$0, y].role } }

  /// The first cell of the first place that shows this text.
  func place(of text: String) -> Point? {
    for (y, line) in lines.enumerated() {
      guard let range = line.range(of: text) else { continue }
      return Point(x: CellWidth.of(line[..<range.lowerBound]), y: y)
    }
    return nil
  }
}
