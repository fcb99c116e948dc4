import Testing

@testable import TerminalUI

@Suite("What comes from outside")
struct PrintableTests {
  @Test(
    "loses what could do more than be read",
    arguments: [
      ("plain text", "plain text"),
      ("\u{1b}[31mred\u{1b}[0m", "[31mred[0m"),
      ("\u{1b}]0;title\u{7}after", "]0;titleafter"),
      ("\u{1b}]52;c;aGk=\u{1b}\\", "]52;c;aGk=\\"),
      ("\u{9b}2Jgone", "2Jgone"),
      ("\u{90}q\u{9c}", "q"),
      ("a\u{8}\u{8}b\u{7f}", "ab"),
      ("two\r\nlines", "two lines"),
      ("a\tb\n\nc", "a b c"),
      ("\r\rspoof", " spoof"),
      ("user\u{202e}gpj.exe", "usergpj.exe"),
      ("\u{2066}iso\u{2069}", "iso"),
      ("zero\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}width", "zerowidth"),
      ("tag\u{e0061}\u{e007f}s", "tags"),
      ("pri\u{e000}vate\u{f8ff}\u{100000}", "private"),
      ("line\u{2028}para\u{2029}", "linepara"),
      ("soft\u{ad}hyphen", "softhyphen"),
      ("mongolian\u{180e}", "mongolian"),
      ("filler\u{3164}\u{115f}\u{ffa0}", "filler"),
      ("joiner\u{34f}", "joiner"),
      ("variant\u{fe0f}\u{e0100}", "variant"),
      ("\u{1f44d}\u{1f3fd}", "\u{1f44d}"),
      ("blank\u{2800}braille", "blankbraille"),
      ("object\u{fffc}", "object"),
      ("unassigned\u{378}\u{ffff}", "unassigned"),
      ("已绑定：镜像 “a” — ✓", "已绑定：镜像 “a” — ✓"),
      ("e\u{301}", "e\u{301}"),
      ("caf\u{e9}\u{a0}x", "caf\u{e9}\u{a0}x"),
    ])
  func strips(from: String, to: String) {
    #expect(Printable.text(from) == to)
    // What is fit already stays.
    #expect(Printable.text(to) == to)
  }

  @Test("never brings a control character into a cell", arguments: 0..<0x300 as Range<UInt32>)
  func noControls(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    var canvas = Canvas(size: Size(width: 4, height: 1))
    canvas.put("a\(Character(scalar))b", x: 0, y: 0, .text)
    for x in 0..<4 {
      for scalar in canvas[x, 0].text.unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7f..<0xa0).contains(scalar.value))
      }
    }
  }
}
