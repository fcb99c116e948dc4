import CTerminal
import Glibc
import Testing

@testable import TerminalUI

@Suite("The width of a text")
struct WidthTests {
  @Test(
    "is counted in cells of the terminal",
    arguments: [
      ("", 0), ("abc", 3), ("中文", 4), ("已绑定 Bound", 12), ("ｶﾅ", 2), ("カナ", 4), ("한글", 4), ("e\u{301}", 1),
      ("\u{1112}\u{1161}\u{11ab}", 2), ("🚀", 2), ("🇨🇳", 2), ("●✓✗…▸", 5), ("─│┌", 3), ("「」", 4), ("，。", 4),
      ("ไม่", 2), ("\u{200b}", 0), ("a\u{200d}b", 2), ("\u{7}", 0), ("a\tb", 3), ("a\r\nb", 3), ("👍🏽", 2), ("⚠️", 1),
    ])
  func cells(text: String, width: Int) {
    #expect(CellWidth.of(text) == width)
    #expect(CellWidth.of(Printable.text(text)) == width)
    #expect(text.map { CellWidth.of($0) }.reduce(0, +) == width)
    var canvas = Canvas(size: Size(width: 20, height: 1))
    #expect(canvas.put(text, x: 0, y: 0, .text) == width)
  }

  /// The C library decides where ncurses puts the cursor: it must not differ for what is shown.
  @Test("is what the C library says, for every character that both know")
  func agreesWithTheLibrary() throws {
    let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
    let before = uselocale(locale)
    defer {
      uselocale(before)
      freelocale(locale)
    }
    try #require(acr_character_width(0x4e2d) == 2)
    var differ: [String] = []
    for value in UInt32(0xa0)..<0x110000 {
      guard let scalar = Unicode.Scalar(value), let ours = CellWidth.ofPrintable(scalar) else { continue }
      // Some marks changed from one kind to the other between versions of Unicode.
      if scalar.properties.generalCategory == .spacingMark { continue }
      let theirs = Int(acr_character_width(value))
      if theirs >= 0, theirs != ours { differ.append("U+\(String(value, radix: 16)): \(ours), not \(theirs)") }
    }
    #expect(differ.isEmpty, "\(differ.count): \(differ.prefix(40))")
  }
}
