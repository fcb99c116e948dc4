import Synchronization

/// Where everything of a form stands: what is drawn, and what a click meets.
struct FormLayout: Sendable {
  /// A field with what is below it.
  struct Block: Sendable {
    let id: String
    /// Its place among the form's fields.
    let index: Int
    /// Its first row, counted from the form's.
    let row: Int
    let labelHeight: Int
    let inputHeight: Int
    let notes: [String]
    var height: Int { labelHeight + inputHeight + notes.count }
  }

  /// Where the fields' labels stand.
  enum Labels: Sendable {
    /// Each beside its input, in so many cells.
    case beside(Int)
    /// Each in a row above its input.
    case above

    /// How many rows each takes for itself.
    var rows: Int { if case .above = self { 1 } else { 0 } }

    /// Where inputs begin.
    var indent: Int { if case .beside(let cells) = self { cells } else { 3 } }
  }

  struct Button: Sendable {
    let id: String
    /// Its place among the form's buttons.
    let index: Int
    let text: String
    let area: Rect
  }

  var blocks: [Block]
  var buttons: [Button]
  /// The rows that the fields have; what doesn't fit is scrolled out.
  var window: Rect
  /// The first row in view.
  var top: Int
  var labels: Labels
  /// How many lines of text stand below the fields.
  var noteCount: Int
  /// What an open list stays within.
  var bounds: Rect

  var rows: Int { blocks.reduce(0) { $0 + $1.height } }

  func y(of block: Block) -> Int { window.y + block.row - top }

  /// Where a field's input is, in part or wholly out of view maybe.
  func input(of id: String) -> Rect? {
    blocks.first { $0.id == id }.map { input(of: $0) }
  }

  func input(of block: Block) -> Rect {
    let width = Form.inputWidth(window.width, indent: labels.indent)
    return Rect(
      x: window.x + labels.indent, y: y(of: block) + block.labelHeight, width: width, height: block.inputHeight)
  }

  func field(at point: Point) -> String? {
    guard window.contains(point) else { return nil }
    return blocks.first { (y(of: $0)..<y(of: $0) + $0.height).contains(point.y) }?.id
  }

  func button(at point: Point) -> String? { buttons.first { $0.area.contains(point) }?.id }
}

/// How a form was drawn last, so that a click meets what a person saw at that place.
final class DrawnForm: Sendable {
  private let kept = Mutex<FormLayout?>(nil)

  var layout: FormLayout? { kept.withLock { $0 } }
  func keep(_ layout: FormLayout) { kept.withLock { $0 = layout } }
}

extension DrawnForm: Equatable {
  /// Forms don't differ by what they remember.
  static func == (a: DrawnForm, b: DrawnForm) -> Bool { true }
}
