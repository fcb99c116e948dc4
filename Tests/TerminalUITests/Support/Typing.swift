@testable import TerminalUI

/// Something that takes events one by one, so that a test can type at it.
protocol Typeable {
  mutating func handle(_ event: Event) -> TextField.Outcome
}

extension TextField: Typeable {}
extension ChipList: Typeable {}
extension Choice: Typeable {}
extension Picker: Typeable {}

extension Typeable {
  /// Presses these keys one after the other.
  mutating func press(_ keys: Key...) { for key in keys { _ = handle(.key(key)) } }

  mutating func type(_ text: String) { for character in text { press(.character(character)) } }

  mutating func paste(_ text: String) { _ = handle(.paste(text)) }
}

extension Form {
  mutating func press(_ keys: Key...) { for key in keys { _ = handle(.key(key)) } }

  mutating func type(_ text: String) { for character in text { press(.character(character)) } }
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
}
