import Testing

@testable import TerminalUI

@Suite("A text that is too long")
struct TruncationTests {
  @Test(
    "loses its end",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("abcdef", -1, ""),
      ("中文字", 6, "中文字"), ("中文字", 5, "中文…"), ("中文字", 4, "中…"), ("中文字", 2, "…"), ("a中b", 3, "a…"),
    ])
  func end(text: String, width: Int, shown: String) {
    #expect(Truncated.text(text, to: width) == shown)
  }

  @Test(
    "loses its middle",
    arguments: [
      ("registry-prod-01", 9, "regi…d-01"), ("registry-prod-01", 2, "r…"), ("中文字符", 6, "中…符"),
      ("abc", 3, "abc"), ("ab中文cd", 6, "ab…cd"),
    ])
  func middle(text: String, width: Int, shown: String) {
    #expect(Truncated.text(text, to: width, cut: .middle) == shown)
    #expect(CellWidth.of(Truncated.text(text, to: width, cut: .middle)) <= width)
  }

  @Test("never is wider than asked for, and padded it is exactly so", arguments: 0..<24)
  func widths(width: Int) {
    for text in ["", "a", "已绑定 Bound ✓", "e\u{301}e\u{301}e\u{301}", "🚀🚀🚀🚀🚀", "registry-prod-cn-hangzhou"] {
      for cut in [Truncation.end, .middle] {
        #expect(CellWidth.of(Truncated.text(text, to: width, cut: cut)) <= width)
        #expect(CellWidth.of(Truncated.padded(text, to: width, cut: cut)) == width)
      }
    }
  }
}
