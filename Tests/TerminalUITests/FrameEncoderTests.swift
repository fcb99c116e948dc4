import Testing
import Themes

@testable import TerminalUI

@Suite("What a terminal is sent for pictures")
struct FrameEncoderTests {
  private let theme: Theme

  init() throws { theme = try #require(ThemeCatalogue(builtIn: Themes.builtIn).theme(named: "dark").theme) }

  private func canvas(_ draw: (inout Canvas) -> Void) -> Canvas {
    var canvas = Canvas(size: Size(width: 20, height: 4))
    draw(&canvas)
    return canvas
  }

  @Test("pictures one after the other leave on a terminal what the last one shows")
  func replayed() throws {
    var encoder = FrameEncoder()
    var terminal = LittleTerminal(Size(width: 20, height: 4))
    let pictures = [
      canvas { $0.put("build-prod", x: 1, y: 0, .title) },
      canvas { $0.put("已绑定 Bound", x: 3, y: 0, .statusOk) },
      canvas {
        $0.put("已", x: 4, y: 0, .text)
        $0.put("e\u{301}nd", x: 0, y: 3, .text)
        $0.cursor = Point(x: 3, y: 3)
      },
      canvas { _ in },
    ]
    for picture in pictures {
      try terminal.take(encoder.encode(picture, theme))
      #expect(terminal.lines == picture.lines)
      #expect(terminal.cursor == picture.cursor)
    }
    #expect(encoder.encode(pictures[3], theme).isEmpty)
  }

  @Test("a picture that differs in one row is sent as that row alone")
  func differences() {
    var encoder = FrameEncoder()
    _ = encoder.encode(canvas { $0.put("one", x: 0, y: 0, .text) }, theme)
    let text = encoder.encode(
      canvas {
        $0.put("one", x: 0, y: 0, .text)
        $0.put("two", x: 2, y: 2, .text)
      }, theme)
    #expect(text.hasPrefix("\u{1b}[3;3H") && !text.contains("one"))
  }

  @Test("a token is dots: in a secret field, written out, cut, and while it is being typed")
  func masked() {
    let token = "glpat-aB3dE6gH9jK2mN5pQ8sT"
    func shown(_ text: String) -> String { canvas { $0.put(text, x: 0, y: 1, .text) }.masked([token]).lines[1] }
    #expect(shown("x 3dE6gH9jK y") == "x ••••••••• y")
    #expect(shown("glpat-a") == "glpat-•")
    #expect(shown("Q8sT of 3dE6") == "Q8sT of 3dE6")
    #expect(shown("glpat-unknown.one!") == "glpat-•••••••••••!")
    var field = TextField("", isSecret: true)
    _ = field.handle(.paste("pass字word"))
    _ = field.handle(.key(.control("r")))
    let revealed = canvas { field.draw(on: &$0, in: Rect(x: 2, y: 2, width: 15, height: 1), focused: true) }
    #expect(revealed.lines[2].contains("pass字word"))
    #expect(revealed.masked([]).lines[2] == "   ••••••••••")
    let example = TextField("", placeholder: "glp-…", isSecret: true)
    let empty = canvas { example.draw(on: &$0, in: Rect(x: 2, y: 2, width: 15, height: 1), focused: false) }
    #expect(empty.masked([]) == empty)
  }
}

/// As much of a terminal as the encoder needs: places, erasing, text, the cursor.
private struct LittleTerminal {
  struct Unknown: Error { let sequence: String }

  private let size: Size
  private var cells: [[String]]
  private var at = Point(x: 0, y: 0)
  private var isCursorShown = true

  init(_ size: Size) {
    self.size = size
    cells = Array(repeating: Array(repeating: "?", count: size.width), count: size.height)
  }

  var lines: [String] {
    cells.map { row in
      var line = row.joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  var cursor: Point? { isCursorShown ? at : nil }

  mutating func take(_ text: String) throws {
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1b}" else {
        put(scalar)
        continue
      }
      guard rest.popFirst() == "[" else { throw Unknown(sequence: "ESC") }
      var parameters = ""
      while let next = rest.first, !next.properties.isAlphabetic {
        parameters.unicodeScalars.append(next)
        rest = rest.dropFirst()
      }
      try control(parameters, rest.popFirst() ?? " ")
    }
  }

  private mutating func control(_ parameters: String, _ final: Unicode.Scalar) throws {
    switch (final, parameters) {
    case ("m", _): break
    case ("J", "2"): cells = Array(repeating: Array(repeating: " ", count: size.width), count: size.height)
    case ("l", "?25"): isCursorShown = false
    case ("h", "?25"): isCursorShown = true
    case ("H", _):
      let numbers = parameters.split(separator: ";").compactMap { Int($0) }
      at = Point(x: numbers[1] - 1, y: numbers[0] - 1)
    default: throw Unknown(sequence: "\(parameters)\(final)")
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = CellWidth.of(String(scalar))
    if width == 0 {
      cells[at.y][at.x - 1].unicodeScalars.append(scalar)
      return
    }
    cells[at.y][at.x] = String(scalar)
    if width == 2 { cells[at.y][at.x + 1] = "" }
    at.x += width
  }
}
