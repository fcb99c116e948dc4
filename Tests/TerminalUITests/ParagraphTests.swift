import Testing

@testable import TerminalUI

@Suite("A paragraph")
struct ParagraphTests {
  @Test(
    "breaks at blanks, and between East Asian characters",
    arguments: [
      ("one two three", 8, ["one two", "three"]), ("one two three", 7, ["one two", "three"]),
      ("one  two", 20, ["one  two"]),
      ("one\ntwo\n\nthree", 20, ["one", "two", "", "three"]),
      ("→ averylongword", 9, ["→ averylo", "ngword"]), ("○ to-a-place", 11, ["○ to-a-plac", "e"]),
      ("averylongword x", 6, ["averyl", "ongwor", "d x"]),
      ("", 10, [""]),
      ("源代码仓库站点无法访问", 10, ["源代码仓库", "站点无法访", "问"]),
      ("无法访问，请确认", 8, ["无法访", "问，请确", "认"]),
      ("GitLab 内网IP地址", 9, ["GitLab 内", "网IP地址"]),
      ("网络插件（Calico、Cilium）等", 10, ["网络插件", "（Calico、", "Cilium）等"]),
    ])
  func lines(text: String, width: Int, lines: [String]) {
    #expect(Paragraph.lines(text, width: width) == lines)
  }

  @Test("is never wider than asked for and loses nothing but blanks", arguments: 2..<40)
  func fits(width: Int) {
    let text = "The site can't be reached: 源代码仓库站点无法访问，请确认绑定信息无误（或稍后再试）. https://a.example/long/path?x=1"
    let lines = Paragraph.lines(text, width: width)
    #expect(lines.allSatisfy { CellWidth.of($0) <= width })
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
  }

  @Test("without room has no lines", arguments: [-1, 0, 1])
  func noRoom(width: Int) { #expect(Paragraph.lines("text", width: width).isEmpty) }

  @Test("is fit for cells")
  func printable() { #expect(Paragraph.lines("a\u{1b}[2Jb", width: 20) == ["a[2Jb"]) }
}
