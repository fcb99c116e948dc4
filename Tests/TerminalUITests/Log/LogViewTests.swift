import Testing

@testable import TerminalUI

@Suite("A window on a log")
struct LogViewTests {
  private let area = Rect(x: 0, y: 0, width: 30, height: 6)

  private func drawn(_ view: inout LogView, _ source: some LogSource, empty: String = "") -> [String] {
    view.settle(in: area, source)
    var canvas = Canvas(size: Size(width: area.width, height: area.height))
    view.draw(on: &canvas, in: area, source, empty: empty)
    return canvas.lines
  }

  /// Without the bar.
  private func texts(_ view: inout LogView, _ source: some LogSource) -> [String] {
    drawn(&view, source).map { line in
      var line = line
      while line.last == " " || line.last == "█" || line.last == "│" { line.removeLast() }
      return line
    }
  }

  private func press(_ view: inout LogView, _ source: some LogSource, _ keys: Key...) {
    for key in keys {
      _ = view.handle(.key(key), in: area, source)
      view.settle(in: area, source)
    }
  }

  private func takes(_ view: inout LogView, _ source: some LogSource, _ event: Event) -> Bool {
    view.handle(event, in: area, source)
  }

  private func goes(_ view: inout LogView, _ source: some LogSource, backwards: Bool) -> Bool {
    view.goToMatch(backwards: backwards, in: area, source)
  }

  @Test("begins at the end and stays there")
  func follows() {
    var view = LogView()
    #expect(texts(&view, NumberedLines(lineCount: 100)) == (94..<100).map { "line \($0)" })
    #expect(view.isFollowing)
    #expect(texts(&view, NumberedLines(lineCount: 200)).last == "line 199")
  }

  @Test("lets go when one scrolls up, says how much is new, and takes hold again at the end")
  func letsGo() {
    var view = LogView()
    let before = NumberedLines(lineCount: 100)
    _ = texts(&view, before)
    press(&view, before, .up)
    #expect(!view.isFollowing)
    let after = NumberedLines(lineCount: 130)
    #expect(texts(&view, after).first == "line 93")
    #expect(view.newLines(in: after) == 30)
    press(&view, after, .end)
    #expect(view.isFollowing)
    #expect(view.newLines(in: after) == 0)
    press(&view, after, .home)
    #expect(texts(&view, after).first == "line 0")
    press(&view, after, .pageDown)
    #expect(texts(&view, after).first == "line 5")
    press(&view, after, .pageUp, .up, .up)
    #expect(texts(&view, after).first == "line 0")
  }

  @Test("shows a short log from its first row, and what to expect of an empty one")
  func short() {
    var view = LogView()
    #expect(drawn(&view, NumberedLines(lineCount: 2)) == ["line 0", "line 1", "", "", "", ""])
    #expect(drawn(&view, NumberedLines(lineCount: 0), empty: "Nothing yet")[0] == "Nothing yet")
    #expect(view.isFollowing)
  }

  @Test("scrolls sideways, no further than there is something, and says at the edges that there is")
  func sideways() {
    var view = LogView()
    let log = GivenLines([(0..<9).map { "\($0)---------" }.joined(), "short"])
    #expect(drawn(&view, log)[0] == "0---------1---------2-------›")
    press(&view, log, .right)
    #expect(drawn(&view, log)[0] == "‹-----2---------3---------4-›")
    press(&view, log, .right, .right, .right, .right, .right)
    let last = drawn(&view, log)
    #expect(last[0].hasSuffix("8---------"))
    #expect(last[1] == "‹")
    #expect(!takes(&view, log, .key(.right)))
    press(&view, log, .left, .left, .left, .left, .left)
    #expect(drawn(&view, log)[0].hasPrefix("0--"))
    #expect(!takes(&view, log, .key(.left)))
  }

  @Test("wraps long lines, parts no wide character, and scrolls by rows")
  func wraps() {
    var view = LogView()
    let log = GivenLines(["a" + String(repeating: "宽", count: 30), "second"])
    _ = drawn(&view, log)
    view.toggleWrap()
    let lines = drawn(&view, log)
    #expect(lines[0] == "a" + String(repeating: "宽", count: 14))
    #expect(lines[1] == String(repeating: "宽", count: 14))
    #expect(lines[2] == "宽宽")
    #expect(lines[3] == "second")
    let long = GivenLines((0..<20).map { "\($0) " + String(repeating: "x", count: 70) })
    var other = LogView()
    other.toggleWrap()
    let end = texts(&other, long)
    #expect(end[0].hasPrefix("18 xxx"))
    #expect(end[3].hasPrefix("19 xxx"))
    press(&other, long, .up)
    #expect(!other.isFollowing)
    #expect(texts(&other, long)[1].hasPrefix("18 xxx"))
    press(&other, long, .down)
    #expect(other.isFollowing)
    #expect(!takes(&other, long, .key(.right)))
  }

  @Test("numbers lines, the first row of each")
  func numbers() {
    var view = LogView()
    view.toggleNumbers()
    #expect(drawn(&view, NumberedLines(lineCount: 2))[0] == "   1 line 0")
    view.toggleWrap()
    let lines = drawn(&view, GivenLines([String(repeating: "x", count: 40), "end"]))
    #expect(lines[0].hasPrefix("   1 xxx"))
    #expect(lines[1].hasPrefix("     xxx"))
    #expect(lines[2] == "   2 end")
  }

  @Test("says where stages begin, one that has said nothing yet among them")
  func marks() {
    var view = LogView()
    view.marks = [LogMark(above: 0, "Clone"), LogMark(above: 2, "Build"), LogMark(above: 2, "Push")]
    let lines = drawn(&view, NumberedLines(lineCount: 2)).map { String($0.prefix(9)) }
    #expect(lines == ["── Clone ", "line 0", "line 1", "── Build ", "── Push ─", ""])
    var later = LogView()
    later.marks = [LogMark(above: 5, "Build")]
    #expect(drawn(&later, NumberedLines(lineCount: 2))[2] == "")
    var many = LogView()
    many.marks = [LogMark(above: 0, "Clone"), LogMark(above: 50, "Build")]
    #expect(texts(&many, NumberedLines(lineCount: 100)).last == "line 99")
    press(&many, NumberedLines(lineCount: 100), .home)
    #expect(drawn(&many, NumberedLines(lineCount: 100))[0].hasPrefix("── Clone ───"))
  }

  @Test("shows what is looked for and goes from one to the next")
  func matches() {
    var view = LogView()
    let log = NumberedLines(lineCount: 1000)
    _ = drawn(&view, log)
    view.matches = LogMatches("line 77", from: view.firstLine)
    while let range = view.matches?.next(of: 1000, piece: 128), let text = view.matches?.text {
      view.matches?.take(LogMatches.found(text, in: log.lines(range), from: range.lowerBound), in: range)
    }
    #expect(view.matches?.count == 11)
    #expect(goes(&view, log, backwards: false))
    #expect(view.current == 77)
    #expect(texts(&view, log).contains("line 77"))
    #expect(!view.isFollowing)
    #expect(goes(&view, log, backwards: true))
    #expect(view.current == 779)
    var canvas = Canvas(size: Size(width: 30, height: 6))
    view.settle(in: area, log)
    view.draw(on: &canvas, in: area, log)
    #expect(canvas.roleRuns.contains { $0.contains("chip.focused \"line 77\"") })
    #expect(canvas.roleRuns.contains { $0.contains("chip \"line 77\"") })
    view.matches = nil
    #expect(view.current == nil)
  }

  @Test("brings a match far to the right into view")
  func matchToTheRight() {
    var view = LogView()
    let log = GivenLines([String(repeating: "-", count: 200) + "needle" + String(repeating: "-", count: 90)])
    view.matches = LogMatches("needle", from: 0)
    view.show(0, in: area, log)
    #expect(drawn(&view, log)[0].contains("needle"))
  }

  @Test("goes where its bar is clicked and dragged, and by the wheel")
  func mouse() {
    var view = LogView()
    let log = NumberedLines(lineCount: 1000)
    _ = drawn(&view, log)
    #expect(takes(&view, log, .mouse(Mouse(.wheelUp, at: Point(x: 3, y: 3)))))
    #expect(texts(&view, log).first == "line 991")
    #expect(takes(&view, log, .mouse(Mouse(.click, at: Point(x: 29, y: 0)))))
    #expect(texts(&view, log).first == "line 0")
    #expect(takes(&view, log, .mouse(Mouse(.drag, at: Point(x: 29, y: 5)))))
    #expect(view.isFollowing)
    #expect(!takes(&view, log, .mouse(Mouse(.click, at: Point(x: 3, y: 0)))))
  }

  @Test("reads no more than it shows, however long the log is")
  func reads() {
    let log = TextLog((0..<100_000).map { "line \($0)" }.joined(separator: "\n"))
    let index = LogIndex(whole: log)
    var view = LogView()
    _ = log.takeReads()
    _ = drawn(&view, index)
    #expect(log.takeReads().bytes < 1_000_000)
    _ = drawn(&view, index)
    #expect(log.takeReads().count <= 2)
  }

  @Test("shows a line that goes on while it is looked at")
  func openLine() {
    let log = TextLog("fetching 10%")
    let index = LogIndex(whole: log)
    var view = LogView()
    #expect(drawn(&view, index)[0] == "fetching 10%")
    log.write("\rfetching 90%")
    while index.lookOn() {}
    #expect(drawn(&view, index)[0] == "fetching 90%")
    log.write("\ndone")
    while index.lookOn() {}
    #expect(drawn(&view, index)[0..<2] == ["fetching 90%", "done"])
  }
}
