import Testing

@testable import TerminalUI

@Suite("A table")
struct TableTests {
  private let columns = [
    TableColumn("Name", minimum: 6, maximum: 20), TableColumn("Status", minimum: 6, isWhole: true),
    TableColumn("Region", expendable: 1), TableColumn("Created", expendable: 2),
  ]
  private func row(_ index: Int) -> [TableCell] {
    [
      TableCell("instance-\(index)"), TableCell("● RUNNING", .statusOk), TableCell("cn-hangzhou"),
      TableCell("2026-11-24"),
    ]
  }
  private let area = Rect(x: 0, y: 0, width: 60, height: 11)

  private func press(_ table: inout Table, _ keys: Key..., count: Int = 100) {
    for key in keys {
      _ = table.handle(.key(key), count: count, area: area)
      table.settle(count: count, height: area.height)
    }
  }

  private func drawn(_ table: Table, _ width: Int = 60, _ height: Int = 5, count: Int = 3, focused: Bool = true)
    -> Canvas
  {
    Canvas.drawn(width, height) { canvas, area in
      table.draw(
        on: &canvas, in: area, columns: columns, count: count, focused: focused, empty: ["Nothing here.", "Press n."],
        row: row)
    }
  }

  @Test("moves its selection by every usual key, and never out of its rows")
  func moves() {
    var table = Table()
    press(&table, .down, .down, .up)
    #expect(table.selected == 1)
    press(&table, .pageDown)
    #expect(table.selected == 11)
    press(&table, .end, .down, .pageDown)
    #expect(table.selected == 99)
    press(&table, .home, .up, .pageUp)
    #expect(table.selected == 0)
  }

  @Test("keeps the selection in view, and moves the view by half a page at its edge")
  func scrolls() {
    var table = Table()
    for _ in 0..<9 { press(&table, .down) }
    #expect(table.top == 0)
    press(&table, .down)
    #expect(table.top == 5)
    for _ in 0..<4 { press(&table, .down) }
    #expect(table.top == 5)
    for _ in 0..<10 { press(&table, .up) }
    #expect(table.selected == 4)
    #expect(table.top == 0)
  }

  @Test("with rows gone selects the last that is left", arguments: [0, 1, 5])
  func shrinks(count: Int) {
    var table = Table()
    table.select(80)
    table.settle(count: 100, height: 11)
    table.settle(count: count, height: 11)
    #expect(table.selected == max(0, count - 1))
    #expect(table.top == 0)
    #expect(table.handle(.key(.enter), count: 0, area: area) == .ignored)
  }

  @Test("opens a row by Enter or a double click")
  func activates() {
    var table = Table()
    #expect(table.handle(.key(.enter), count: 5, area: area) == .activated(0))
    #expect(table.handle(.mouse(Mouse(.click, at: Point(x: 3, y: 3))), count: 5, area: area) == .moved)
    #expect(table.selected == 2)
    #expect(table.handle(.mouse(Mouse(.doubleClick, at: Point(x: 3, y: 4))), count: 5, area: area) == .activated(3))
    #expect(table.handle(.mouse(Mouse(.click, at: Point(x: 3, y: 0))), count: 5, area: area) == .ignored)
    #expect(table.handle(.mouse(Mouse(.click, at: Point(x: 3, y: 9))), count: 5, area: area) == .ignored)
    #expect(table.handle(.mouse(Mouse(.click, at: Point(x: 3, y: 20))), count: 5, area: area) == .ignored)
  }

  @Test("scrolls its view by the wheel, and takes the selection along")
  func wheel() {
    var table = Table()
    let down = Event.mouse(Mouse(.wheelDown, at: Point(x: 3, y: 3)))
    let up = Event.mouse(Mouse(.wheelUp, at: Point(x: 3, y: 3)))
    _ = table.handle(down, count: 100, area: area)
    table.settle(count: 100, height: area.height)
    #expect((table.top, table.selected) == (3, 3))
    for _ in 0..<100 { _ = table.handle(down, count: 100, area: area) }
    #expect((table.top, table.selected) == (90, 90))
    for _ in 0..<100 { _ = table.handle(up, count: 100, area: area) }
    #expect((table.top, table.selected) == (0, 9))
    _ = table.handle(down, count: 3, area: area)
    #expect(table.top == 0)
  }

  @Test("shows header, rows and where it stands")
  func golden() {
    var table = Table()
    table.select(1)
    table.settle(count: 30, height: 5)
    #expect(
      drawn(table, 60, 5, count: 30).lines == [
        "  Name        Status     Region       Created",
        "  instance-0  ● RUNNING  cn-hangzhou  2026-11-24           █",
        "▸ instance-1  ● RUNNING  cn-hangzhou  2026-11-24           │",
        "  instance-2  ● RUNNING  cn-hangzhou  2026-11-24           │",
        "  instance-3  ● RUNNING  cn-hangzhou  2026-11-24           │",
      ])
  }

  @Test("marks the selected row at its name, so that a step repaints little")
  func selection() {
    let focused = drawn(Table()).roles(row: 1)
    #expect(focused.prefix(13).allSatisfy { $0 == .tableSelected })
    #expect(focused[14] == .statusOk)
    #expect(!focused[14...].contains(.tableSelected))
    #expect(drawn(Table(), focused: false).roles(row: 1)[0] == .tableSelectedUnfocused)
    #expect(drawn(Table(), focused: false).lines[1].hasPrefix("▸"))
  }

  @Test("without rows says what to do")
  func empty() {
    #expect(drawn(Table(), count: 0).lines[2...] == ["  Nothing here.", "  Press n.", ""])
  }

  @Test("drops its most expendable columns first, then narrows")
  func narrow() {
    #expect(drawn(Table(), 50).lines[0] == "  Name        Status     Region       Created")
    #expect(drawn(Table(), 30).lines[0] == "  Name     Status     Region")
    #expect(drawn(Table(), 22).lines[1] == "▸ inst…e-0  ● RUNNING")
    #expect(drawn(Table(), 14).lines[1] == "▸ in…0  ● …NG")
  }

  @Test("draws in any window", arguments: 0..<40)
  func tiny(width: Int) {
    var table = Table()
    for height in 0..<6 {
      table.settle(count: 3, height: height)
      _ = drawn(table, width, height)
      _ = table.handle(.key(.down), count: 3, area: Rect(x: 0, y: 0, width: width, height: height))
    }
  }

  @Test("draws what a row has become, whatever it was")
  func changes() {
    let table = Table()
    func shown(_ cell: TableCell, width: Int = 30) -> Canvas {
      Canvas.drawn(width, 4) { canvas, area in
        table.draw(
          on: &canvas, in: area, columns: [TableColumn("A"), TableColumn("B")], count: 2, focused: true, empty: []
        ) { _ in [TableCell("name"), cell] }
      }
    }
    #expect(shown(TableCell("one")).lines[2] == "  name  one")
    #expect(shown(TableCell("two")).lines[2] == "  name  two")
    #expect(shown(TableCell("two", .statusError)).roles(row: 2)[8] == .statusError)
    #expect(shown(TableCell("a much longer text", .statusError)).lines[2] == "  name  a much longer text")
    #expect(shown(TableCell("a much longer text"), width: 20).lines[2] == "  name  a muc… text")
    #expect(shown(TableCell("中文")).lines[2] == "  name  中文")
    #expect(shown(TableCell("中文")).roles(row: 2)[8] == .table)
  }

  @Test("with a row that lacks cells shows those it has")
  func lacking() {
    let canvas = Canvas.drawn(30, 3) { canvas, area in
      Table().draw(on: &canvas, in: area, columns: columns, count: 2, focused: true, empty: []) { index in
        index == 0 ? [] : [TableCell("only")]
      }
    }
    #expect(canvas.lines[2] == "  only")
  }

  @Test("asks for the rows in view alone")
  func lazy() {
    var table = Table()
    table.select(5000)
    table.settle(count: 10_000, height: 11)
    var asked: [Int] = []
    _ = Canvas.drawn(60, 11) { canvas, area in
      table.draw(on: &canvas, in: area, columns: columns, count: 10_000, focused: true, empty: []) { index in
        asked.append(index)
        return row(index)
      }
    }
    #expect(asked == Array(table.top..<table.top + 10))
  }

  private func point(_ table: inout Table, _ action: Mouse.Action, x: Int, y: Int, count: Int = 100) -> Table.Outcome {
    defer { table.settle(count: count, height: area.height) }
    return table.handle(.mouse(Mouse(action, at: Point(x: x, y: y))), count: count, area: area)
  }

  @Test("names the column whose title is clicked")
  func headers() throws {
    var table = Table()
    let canvas = drawn(table, 60, 11, count: 100)
    for (index, title) in ["Name", "Status", "Region"].enumerated() {
      let place = try #require(canvas.place(of: title))
      #expect(point(&table, .click, x: place.x + 1, y: 0) == .sortBy(index))
    }
    #expect(point(&table, .click, x: 0, y: 0) == .ignored)
  }

  @Test("jumps where its scroll bar is clicked or dragged to, beyond its area too")
  func scrollBar() {
    var table = Table()
    _ = drawn(table, 60, 11, count: 100)
    #expect(point(&table, .click, x: 59, y: 10) == .moved)
    #expect(table.top == 90)
    #expect(point(&table, .drag, x: 30, y: -5) == .moved)
    #expect(table.top == 0)
    #expect(point(&table, .drag, x: 30, y: 5) == .moved)
    #expect((30...60).contains(table.top))
    #expect((table.top..<table.top + 10).contains(table.selected))
    #expect(point(&table, .click, x: 10, y: 3) == .moved)
    #expect(point(&table, .drag, x: 59, y: 9) == .ignored)
  }

  @Test(
    "drops columns before they can't be read, and cuts a status last",
    arguments: [
      (40, [20, 8, 7]), (34, [15, 8, 7]), (30, [20, 8, 0]), (24, [14, 8, 0]), (17, [7, 8, 0]), (12, [5, 5, 0]),
    ])
  func narrow(width: Int, wanted: [Int]) {
    let columns = [
      TableColumn("Name", minimum: 12), TableColumn("Status", minimum: 4, isWhole: true),
      TableColumn("Edition", minimum: 7, expendable: 1),
    ]
    #expect(Table.widths(of: columns, content: [20, 8, 7], in: width) == wanted)
  }

  @Test("cuts its titles before what stands below them, and keeps their marks")
  func titles() {
    let columns = [
      TableColumn("ID", minimum: 6), TableColumn("Priority", minimum: 4).marked(" ▲"),
      TableColumn("Authorization Object", minimum: 14, isWhole: true),
    ]
    let canvas = Canvas.drawn(36, 3) { canvas, area in
      Table().draw(on: &canvas, in: area, columns: columns, count: 1, focused: true, empty: []) { _ in
        [TableCell("sgr-1234"), TableCell("1"), TableCell("100.104.0.0/16")]
      }
    }
    #expect(canvas.lines[0] == "  ID        Prio… ▲  Authorization…")
    #expect(canvas.lines[1] == "▸ sgr-1234  1        100.104.0.0/16")
  }

  @Test("cuts what should be whole rather than to leave out a column that must stay")
  func whole() {
    let columns = [
      TableColumn("ID", minimum: 6), TableColumn("Range", minimum: 10, isWhole: true), TableColumn("Zone", minimum: 6),
    ]
    #expect(Table.widths(of: columns, content: [20, 14, 8], in: 28) == [6, 12, 6])
    #expect(Table.widths(of: columns, content: [20, 14, 8], in: 25) == [9, 14, 0])
  }
}
