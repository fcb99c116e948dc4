import HostileText
import Testing
import Themes

@testable import TerminalUI

@Suite("A line of a log")
struct LogLineTests {
  private func shown(_ line: String) -> String { LogLine(Array(line.utf8)).text }

  /// The looks of a line's cells, one after the other as long as they differ.
  private func inks(_ line: String) -> [Ink?] {
    LogLine(Array(line.utf8)).cells.map(\.ink).reduce(into: []) { if $0.isEmpty || $0.last != $1 { $0.append($1) } }
  }

  @Test(
    "keeps colours and attributes",
    arguments: [
      ("\u{1b}[31mred\u{1b}[0m plain", [Ink(foreground: 1), nil]),
      ("\u{1b}[1;92mbright\u{1b}[22;39m", [Ink(foreground: 10, attributes: .bold)]),
      ("\u{1b}[38;5;208morange", [Ink(foreground: 208)]), ("\u{1b}[38:5:208morange", [Ink(foreground: 208)]),
      ("\u{1b}[48;2;255;0;0mpaper", [Ink(background: 196)]),
      ("\u{1b}[38:2::255:0:0mink", [Ink(foreground: 196)]), ("\u{1b}[38;2;8;8;8mgrey", [Ink(foreground: 232)]),
      ("\u{1b}[107;30mblack", [Ink(foreground: 0, background: 15)]),
      ("\u{1b}[2;3;4;7mall", [Ink(attributes: [.dim, .italic, .underline, .reverse])]),
      ("\u{1b}[4mu\u{1b}[4:0mn", [Ink(attributes: .underline), nil]), ("\u{1b}[mplain", [nil]),
      ("\u{9b}31mC1", [Ink(foreground: 1)]), ("\u{1b}[8mhidden", [nil]), ("\u{1b}[38;5;999mno such", [nil]),
      ("\u{1b}[38;5m\u{1b}[38m\u{1b}[;;mnothing", [nil]), ("\u{1b}[?31mprivate", [nil]),
    ] as [(String, [Ink?])])
  func colours(line: String, wanted: [Ink?]) { #expect(inks(line) == wanted) }

  @Test(
    "is what a terminal would have left of it",
    arguments: [
      (" 10%\r 55%\r100%", "100%"), ("downloading\rdone", "doneloading"), ("downloading\r\u{1b}[Kdone", "done"),
      ("old text\u{1b}[2K\rnew", "new"), ("12345\u{1b}[1K", ""), ("abc\u{8}\u{8}X", "aXc"), ("end\r", "end"),
      ("a\tb", "a       b"), ("1234567\tb", "1234567 b"), ("宽宽\rab", "ab宽"), ("宽宽\ra", "a 宽"),
      ("e\u{301}a", "e\u{301}a"), ("\u{301}a", "a"), ("a\rb\u{301}", "b\u{301}"),
    ])
  func overwritten(line: String, wanted: String) {
    var text = shown(line)
    while text.last == " " { text.removeLast() }
    #expect(text == wanted)
  }

  @Test(
    "loses what a terminal would obey, and nothing else",
    arguments: [
      ("a\u{1b}[2J\u{1b}[H\u{1b}[10;5Hb", "ab"), ("\u{1b}]0;title\u{7}x", "x"),
      ("\u{1b}]8;;https://evil\u{1b}\\link", "link"),
      ("\u{1b}]52;c;AAAA\u{1b}\\y", "y"), ("\u{1b}Pq#0\u{1b}\\z", "z"), ("\u{1b}(0lqk\u{1b}(B", "lqk"),
      ("\u{1b}]0;no end, but text", "0;no end, but text"), ("\u{1b}[31", ""), ("\u{1b}", ""), ("\u{1b}c\u{1b}Mx", "x"),
      ("a\u{7}\u{b}\u{c}\u{0}b", "ab"), ("a\u{85}\u{84}b", "ab"), ("user\u{202e}gpj.exe", "usergpj.exe"),
      ("\u{9d}0;t\u{9c}x", "x"), ("\u{1b}[1;2", ""), ("\u{1b}[200~p", "p"),
    ])
  func obeyed(line: String, wanted: String) { #expect(shown(line) == wanted) }

  @Test("shows what isn't UTF-8 as such")
  func notUTF8() { #expect(LogLine([0x61, 0xff, 0xc0, 0x62]).text == "a\u{fffd}\u{fffd}b") }

  @Test("is whole cells of what can be read, whatever it holds", arguments: HostileText.corpus)
  func hostile(hostile: HostileText) {
    for text in [hostile.text, "\u{1b}[41m" + hostile.text, hostile.text + "\r宽" + hostile.text] {
      let log = LogIndex(whole: TextLog(text))
      for wraps in [false, true] {
        var view = LogView()
        if wraps { view.toggleWrap() }
        view.matches = LogMatches("o", from: 0)
        var before = Canvas(size: Size(width: 33, height: 12))
        before.fill(Rect(before.size), .bar, "·")
        let area = Rect(x: 3, y: 2, width: 21, height: 7)
        var canvas = before
        view.settle(in: area, log)
        view.draw(on: &canvas, in: area, log)
        #expect(canvas.flaws.isEmpty)
        #expect(canvas.strays(outside: area, from: before).isEmpty)
        #expect(canvas.clip == before.clip)
      }
    }
  }
}

@Suite("Text with a look of its own")
struct InkTests {
  @Test("keeps its look, its text and one mark in a cell")
  func cell() {
    for attributes in 0..<32 {
      let ink = Ink(foreground: 0, background: 255, attributes: Style.Attributes(rawValue: attributes))
      var cell = Cell(0x1f600, ink, on: .dialog)
      cell.combine("\u{301}")
      cell.combine("\u{302}")
      #expect(cell.ink == ink)
      #expect(cell.text == "😀\u{301}")
      #expect(cell.paper == .dialog)
      #expect(cell.role == .text)
      #expect(Cell.ink(at: cell.lookIndex) == (ink, .dialog))
      cell.clear()
      #expect(cell.text == " ")
      #expect(cell.ink == ink)
      cell.dress(.chip, on: .page)
      #expect(cell == Cell(" ", .chip))
    }
    #expect(Cell(0x61, Ink(), on: .page) == Cell("a", .text))
    #expect(Cell(0, Ink(foreground: 3), on: .page).isContinuation)
  }

  @Test("can be read on its paper in every theme and at every depth", arguments: ColorDepth.allCases)
  func contrast(depth: ColorDepth) throws {
    guard depth != .monochrome else { return }
    for name in ["dark", "light", "high-contrast", "console"] {
      let theme = try #require(ThemeCatalogue(builtIn: Themes.builtIn).theme(named: name).theme)
      for background in [nil] + stride(from: UInt8(0), to: 255, by: 5).map(Optional.some) {
        for foreground in [nil, background] + [0, 1, 4, 7, 8, 15, 16, 232, 255].map(Optional.some) {
          let style = theme.reduced(Ink(foreground: foreground, background: background), on: .page, to: depth)
          let contrast = depth.color(style.foreground).contrast(to: depth.color(style.background))
          #expect(contrast >= 2.5, "\(name) \(foreground.map(String.init) ?? "-") on \(background ?? 0)")
        }
      }
    }
  }

  @Test(
    "shows colours of 24 bits as the nearest number",
    arguments: [(255, 128, 0), (18, 18, 18), (1, 2, 200), (95, 135, 175)])
  func nearest(red: Int, green: Int, blue: Int) {
    let color = RGB(red: UInt8(red), green: UInt8(green), blue: UInt8(blue))
    let number = Int(Ink.number(red: red, green: green, blue: blue))
    let found = TerminalColors.xterm[number].distance(to: color)
    let best = TerminalColors.xterm[ColorDepth.indexed256.nearest(to: color)].distance(to: color)
    #expect(found <= best * 2 + 1)
  }
}
