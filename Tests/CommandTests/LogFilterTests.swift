import HostileText
import Testing

@testable import acr_console

@Suite("A log on its way to standard output")
struct LogFilterTests {
  /// The bytes in pieces of this size.
  private func filtered(_ text: String, colors: Bool, piece: Int = .max) -> String {
    var filter = LogFilter(keepsColors: colors)
    var rest = Array(text.utf8)[...]
    var shown = ""
    while !rest.isEmpty {
      shown += filter.text(of: rest.prefix(piece))
      rest = rest.dropFirst(piece)
    }
    return shown + filter.end()
  }

  /// What is written, what is shown with colours, and without.
  static let cases: [(String, String, String)] = [
    ("plain\ttext\n", "plain\ttext\n", "plain\ttext\n"), ("构建 é\n", "构建 é\n", "构建 é\n"),
    ("\u{1b}[31mred\u{1b}[m\n", "\u{1b}[31mred\u{1b}[m\n", "red\n"),
    ("\u{1b}[1;38;5;208;48;2;1;2;3mx\u{1b}[0m", "\u{1b}[1;38;5;208;48;2;1;2;3mx\u{1b}[0m", "x"),
    ("\u{1b}[38:2::1:2:3mx\u{1b}[0m", "\u{1b}[38:2::1:2:3mx\u{1b}[0m", "x"),
    // Hidden, blinking, another font; a colour without its numbers.
    ("\u{1b}[8mhidden\u{1b}[5;1mx\u{1b}[0m", "hidden\u{1b}[1mx\u{1b}[0m", "hiddenx"),
    ("\u{1b}[38;5mx\u{1b}[12my", "xy", "xy"), ("\u{1b}[38;5;8mx\u{1b}[0m", "\u{1b}[38;5;8mx\u{1b}[0m", "x"),
    // What is left on is switched off at the end.
    ("\u{1b}[31mred", "\u{1b}[31mred\u{1b}[0m", "red"),
    ("\u{1b}[2J\u{1b}[3;4H\u{1b}[?1049hx", "x", "x"), ("\u{1b}[>1mx\u{1b}[=0m", "x", "x"),
    ("\u{1b}]0;title\u{7}a\u{1b}]52;c;eA==\u{1b}\\b", "ab", "ab"), ("\u{1b}P1;2q#0~\u{1b}\\a", "a", "a"),
    // One that doesn't end hides no more than its line.
    ("\u{1b}]0;no end\nnext\n", "\nnext\n", "\nnext\n"), ("\u{1b}]0;t\u{1b}[31mx", "\u{1b}[31mx\u{1b}[0m", "x"),
    ("\u{1b}(0lqk\u{1b}(B\u{1b}cx", "lqkx", "lqkx"), ("a\u{1b}\nb", "a\nb", "a\nb"), ("a\u{1b}", "a", "a"),
    ("a\u{1b}[31", "a", "a"), ("10%\r20%\r\ndone\r\n", "10%\n20%\ndone\n", "10%\n20%\ndone\n"),
    ("a\r\r\nb", "a\nb", "a\nb"), ("evil\u{8}\u{8}good\u{7}\u{0}\u{7f}", "evilgood", "evilgood"),
    ("a\u{202e}b\u{200b}c\u{9b}2Jd", "abc2Jd", "abc2Jd"),
  ]

  @Test("colours are kept where they are wanted, and whatever else a terminal would obey is dropped", arguments: cases)
  func pieces(_ text: String, _ colored: String, _ plain: String) {
    for piece in [1, 2, 3, 5, .max] {
      #expect(filtered(text, colors: true, piece: piece) == colored, "in pieces of \(piece)")
      #expect(filtered(text, colors: false, piece: piece) == plain, "in pieces of \(piece)")
    }
  }

  @Test("bytes that are no UTF-8 are shown as that, wherever they are cut")
  func broken() {
    for bytes: [UInt8] in [[0x61, 0xff, 0x62], [0xe6, 0x9e], [0xe6, 0x61], [0xf0, 0x9f, 0x98, 0x0a]] {
      var filter = LogFilter(keepsColors: true)
      var shown = ""
      for byte in bytes { shown += filter.text(of: [byte]) }
      shown += filter.end()
      #expect(
        shown.contains("\u{fffd}") && shown.allSatisfy { "ab\n\u{fffd}".contains($0) }, "\(shown.debugDescription)")
    }
  }

  @Test("a sequence that never ends holds nothing back for ever")
  func endless() {
    for start in ["\u{1b}]0;", "\u{1b}[", "\u{1b}("] {
      let filler = start == "\u{1b}(" ? " " : "1"
      let shown = filtered(start + String(repeating: filler, count: 20_000) + "end", colors: true, piece: 100)
      #expect(shown.hasSuffix("end"), "\(start.debugDescription)")
    }
  }

  @Test("hostile text shows nothing that isn't text", arguments: HostileText.corpus)
  func hostile(_ hostile: HostileText) {
    for piece in [1, 7, .max] {
      let shown = filtered(hostile.text, colors: false, piece: piece)
      #expect(
        shown.unicodeScalars.allSatisfy { scalar in
          scalar == "\n" || scalar == "\t"
            || (scalar.value >= 0x20 && !(0x7f..<0xa0).contains(scalar.value) && !scalar.properties.isBidiControl)
        })
    }
  }
}
