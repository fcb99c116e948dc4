/// A line of a log as a terminal would have left it: colours and attributes are kept, what a carriage return or a
/// backspace went back over is written over, and everything else that a terminal would obey is dropped. Each line begins
/// in plain text, whatever the one before it has left.
public struct LogLine: Sendable, Equatable {
  /// What is shown, a cell each; the second cell of a wide character is a continuation.
  public private(set) var cells: [Cell] = []
  private let paper: Paper
  private var column = 0
  private var ink = Ink()

  /// - Parameter bytes: the line without its end; what isn't UTF-8 shows as U+FFFD.
  public init(_ bytes: some Collection<UInt8>, on paper: Paper = .page) {
    self.paper = paper
    var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar.value {
      case 0x20..<0x7f: put(scalar, 1)
      case 0x09: tab()
      case 0x0d: column = 0
      case 0x08: column = max(0, column - 1)
      case 0x1b: escape(&scalars)
      case 0x9b: control(&scalars)
      case 0x90, 0x98, 0x9d, 0x9e, 0x9f: skipString(&scalars)
      default: if let width = CellWidth.ofPrintable(scalar) { put(scalar, width) }
      }
    }
  }

  /// The text that is shown.
  public var text: String { cells.reduce(into: "") { $0 += $1.text } }

  // MARK: What is written

  private mutating func put(_ scalar: Unicode.Scalar, _ width: Int) {
    guard width > 0 else { return combine(scalar) }
    pad(to: column)
    breakWide(at: column)
    breakWide(at: column + width)
    set(Cell(scalar.value, ink, on: paper))
    if width == 2 { set(Cell(0, ink, on: paper)) }
  }

  private mutating func set(_ cell: Cell) {
    if column < cells.count { cells[column] = cell } else { cells.append(cell) }
    column += 1
  }

  private mutating func pad(to column: Int) {
    while cells.count < column { cells.append(Cell(0x20, Ink(), on: paper)) }
  }

  private mutating func combine(_ mark: Unicode.Scalar) {
    guard column > 0, column <= cells.count else { return }
    let base = cells[column - 1].isContinuation ? column - 2 : column - 1
    if base >= 0 { cells[base].combine(mark) }
  }

  /// A wide character of which one half is written over leaves a blank.
  private mutating func breakWide(at column: Int) {
    guard column > 0, column < cells.count, cells[column].isContinuation else { return }
    cells[column].clear()
    cells[column - 1].clear()
  }

  private mutating func tab() { column = (column / 8 + 1) * 8 }

  /// Takes away from here to the end, from the beginning to here, or all.
  private mutating func erase(_ which: Int) {
    switch which {
    case 0:
      breakWide(at: column)
      if column < cells.count { cells.removeLast(cells.count - column) }
    case 1:
      breakWide(at: column + 1)
      for index in 0..<min(column + 1, cells.count) { cells[index] = Cell(0x20, Ink(), on: paper) }
    default: cells = []
    }
  }

  // MARK: What a terminal would obey

  private mutating func escape(_ scalars: inout Substring.UnicodeScalarView) {
    guard let next = scalars.first else { return }
    switch next {
    case "[":
      scalars.removeFirst()
      control(&scalars)
    case "]", "P", "X", "^", "_":
      scalars.removeFirst()
      skipString(&scalars)
    // Another charset and the like: what follows names it.
    case " "..."/":
      scalars = scalars.drop { (0x20..<0x30).contains($0.value) }
      if let final = scalars.first, (0x30..<0x7f).contains(final.value) { scalars.removeFirst() }
    case "0"..."~": scalars.removeFirst()
    default: break
    }
  }

  /// Of control sequences only colours and the erasing of a line's parts count; one that doesn't end is dropped as far as
  /// it goes.
  private mutating func control(_ scalars: inout Substring.UnicodeScalarView) {
    let parameters = scalars.prefix { (0x20..<0x40).contains($0.value) }
    scalars = scalars.dropFirst(parameters.count)
    guard let final = scalars.first, (0x40..<0x7f).contains(final.value) else { return }
    scalars.removeFirst()
    switch final {
    case "m" where parameters.allSatisfy { $0.value >= 0x30 && $0.value < 0x3c }:
      ink.take(String(Substring(parameters)))
    case "K": erase(Int(String(Substring(parameters))) ?? 0)
    default: break
    }
  }

  /// A title, a link, a clipboard: dropped to its end. Where it has none on this line nothing is, so that none hides the
  /// rest of it.
  private func skipString(_ scalars: inout Substring.UnicodeScalarView) {
    var rest = scalars
    while let scalar = rest.popFirst() {
      switch scalar.value {
      case 0x07, 0x9c:
        scalars = rest
        return
      case 0x1b where rest.first == "\\":
        scalars = rest.dropFirst()
        return
      default: break
      }
    }
  }
}
