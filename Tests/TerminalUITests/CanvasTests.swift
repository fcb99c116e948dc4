import Testing

@testable import TerminalUI

@Suite("A canvas")
struct CanvasTests {
  private func canvas(_ width: Int = 10, _ height: Int = 3) -> Canvas {
    Canvas(size: Size(width: width, height: height))
  }

  @Test("takes text at a place and says where it ends")
  func putsText() {
    var canvas = canvas()
    let end = canvas.put("abc", x: 2, y: 1, .title)
    #expect(end == 5)
    #expect(canvas.lines == ["", "  abc", ""])
    #expect(canvas[2, 1].role == .title)
    #expect(canvas[1, 1].role == .page)
  }

  @Test(
    "cuts text at every edge and never traps",
    arguments: [
      (-2, 0, "c"), (8, 0, "        ab"), (10, 0, ""), (-5, 0, ""), (2, -1, ""), (2, 3, ""),
    ])
  func clipsAtEdges(x: Int, y: Int, first: String) {
    var canvas = canvas()
    canvas.put("abc", x: x, y: y, .text)
    #expect(canvas.lines == [first, "", ""])
  }

  @Test("draws nothing outside of its clip")
  func clips() {
    var canvas = canvas()
    canvas.clip = Rect(x: 2, y: 1, width: 3, height: 1)
    for y in 0..<3 { canvas.put("0123456789", x: 0, y: y, .text) }
    canvas.put("中中中中中", x: 0, y: 1, .text)
    #expect(canvas.lines == ["", "  中", ""])
    canvas.fill(Rect(canvas.size), .bar, "x")
    #expect(canvas.lines == ["", "  xxx", ""])
    canvas.paint(Rect(canvas.size), .footer)
    #expect(canvas.roles(row: 1) == [.page, .page, .footer, .footer, .footer, .page, .page, .page, .page, .page])
  }

  @Test("gives wide characters two cells, and blanks where only half fits")
  func wide() {
    var canvas = canvas(5, 1)
    #expect(canvas.put("中文字", x: 0, y: 0, .text) == 6)
    #expect(canvas.lines == ["中文"])
    #expect(canvas[1, 0].isContinuation)
    #expect(canvas[4, 0].text == " ")
    #expect(canvas[4, 0].role == .text)
    canvas.put("字", x: -1, y: 0, .title)
    #expect(canvas[0, 0].text == " ")
    #expect(canvas[0, 0].role == .title)
  }

  @Test("never leaves half of a wide character", arguments: 0..<6)
  func halves(column: Int) {
    var written = canvas(6, 1)
    written.put("中文字", x: 0, y: 0, .text)
    written.put("x", x: column, y: 0, .text)
    expectWhole(written)
    var filled = canvas(6, 1)
    filled.put("中文字", x: 0, y: 0, .text)
    filled.fill(Rect(x: column, y: 0, width: 1, height: 1), .text, "-")
    expectWhole(filled)
    var widened = canvas(6, 1)
    widened.put("中文字", x: 0, y: 0, .text)
    widened.put("宽", x: column, y: 0, .text)
    expectWhole(widened)
  }

  private func expectWhole(_ canvas: Canvas) {
    for x in 0..<canvas.size.width {
      let isWide = CellWidth.of(canvas[x, 0].text) == 2
      let follows = x + 1 < canvas.size.width && canvas[x + 1, 0].isContinuation
      #expect(isWide == follows, "column \(x) of \(canvas.lines)")
    }
    #expect(canvas.lines.map { CellWidth.of($0) }.allSatisfy { $0 <= canvas.size.width })
  }

  @Test("joins marks to their base, two at most, and never to what others drew")
  func marks() {
    var canvas = canvas()
    canvas.put("n", x: 0, y: 0, .text)
    canvas.put("\u{336}x", x: 1, y: 0, .text)
    #expect(canvas.lines[0] == "nx")
    let end = canvas.put("e\u{301}\u{323}\u{336}\u{336}!", x: 0, y: 1, .text)
    #expect(end == 2)
    #expect(canvas[0, 1].text.unicodeScalars.map(\.value) == [0x65, 0x301, 0x323])
    canvas.put("文\u{20dd}", x: 0, y: 2, .text)
    #expect(canvas[0, 2].text == "文\u{20dd}")
  }

  @Test("cuts to a width with one ellipsis")
  func ellipsis() {
    var canvas = canvas(12, 2)
    #expect(canvas.put("registry-prod", x: 0, y: 0, .text, width: 8) == 8)
    canvas.put("registry-prod", x: 0, y: 1, .text, width: 8, cut: .middle)
    #expect(canvas.lines == ["registr…", "regi…rod"])
    #expect(canvas.put("abc", x: 0, y: 0, .text, width: 0) == 0)
    #expect(canvas.put("abc", x: 0, y: 0, .text, width: -4) == 0)
  }

  @Test("draws boxes down to the smallest")
  func boxes() {
    var canvas = canvas(6, 4)
    canvas.box(Rect(x: 1, y: 0, width: 4, height: 3), .dialogBorder)
    #expect(canvas.lines == [" ┌──┐", " │  │", " └──┘", ""])
    canvas = self.canvas(6, 4)
    canvas.box(Rect(x: 0, y: 0, width: 2, height: 2), .dialogBorder)
    canvas.box(Rect(x: 3, y: 0, width: 1, height: 4), .dialogBorder)
    #expect(canvas.lines == ["┌┐", "└┘", "", ""])
  }

  @Test("of no size takes everything and shows nothing", arguments: [(0, 0), (0, 5), (5, 0), (-3, -3)])
  func empty(width: Int, height: Int) {
    var canvas = canvas(width, height)
    canvas.put("text 中文", x: 0, y: 0, .text)
    canvas.fill(Rect(x: -5, y: -5, width: 20, height: 20), .bar)
    canvas.paint(Rect(x: -5, y: -5, width: 20, height: 20), .bar)
    canvas.box(Rect(x: 0, y: 0, width: 9, height: 9), .bar)
    #expect(canvas.lines.allSatisfy { $0.isEmpty })
  }

  @Test("tells the runs of its roles")
  func runs() {
    var canvas = canvas()
    canvas.put("ok", x: 1, y: 1, .statusOk)
    #expect(canvas.roleRuns == ["1,1 status.ok \"ok\""])
  }

  @Test("knows each role by its place")
  func places() {
    #expect(Role.allCases.map(\.index) == Array(Role.allCases.indices))
  }

  @Test("remembers what each cell is drawn on, and pictures drawn elsewhere keep theirs")
  func papers() {
    var canvas = Canvas(size: Size(width: 6, height: 2))
    canvas.put("a", x: 0, y: 0, .text)
    canvas.paper = .dialog
    canvas.put("b中", x: 1, y: 0, .text)
    canvas.fill(Rect(x: 0, y: 1, width: 2, height: 1), .table)
    canvas.paint(Rect(x: 5, y: 1, width: 1, height: 1), .hint)
    #expect((0..<5).map { canvas[$0, 0].paper } == [.page, .dialog, .dialog, .dialog, .page])
    #expect((0..<6).map { canvas[$0, 1].paper } == [.dialog, .dialog, .page, .page, .page, .dialog])
    #expect(canvas[5, 1].role == .hint && canvas[1, 0].role == .text)
  }
}
