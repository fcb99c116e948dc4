import Testing

@testable import TerminalUI

@Suite("Keys from the terminal")
struct KeyDecoderTests {
  private let start = ContinuousClock.now

  /// Feeds reads one after the other; after each nothing more is there at once, and in the end never.
  private func decode(_ reads: String...) -> [KeyDecoder.Input] { KeyDecoder.decoded(reads) }

  @Test(
    "are what was pressed",
    arguments: [
      ("a", .character("a")), ("中", .character("中")), ("\r", .enter), ("\n", .enter), ("\t", .tab),
      ("\u{7f}", .backspace), ("\u{8}", .backspace), ("\u{3}", .control("c")), ("\u{0}", .control(" ")),
      ("\u{1f}", .control("_")), ("\u{1c}", .control("\\")), ("\u{1b}", .escape), ("\u{1b}b", .alt("b")),
      ("\u{1b}\u{7f}", .alt("\u{7f}")), ("\u{1b}[A", .up), ("\u{1b}OB", .down), ("\u{1b}[C", .right),
      ("\u{1b}[Z", .backTab), ("\u{1b}[H", .home), ("\u{1b}OF", .end), ("\u{1b}[1~", .home), ("\u{1b}[3~", .delete),
      ("\u{1b}[5~", .pageUp), ("\u{1b}OP", .function(1)), ("\u{1b}[24~", .function(12)), ("\u{1b}[1;5D", .alt("b")),
      ("\u{1b}[1;5C", .alt("f")), ("\u{1b}[", .alt("[")), ("\u{1b}O", .alt("O")),
    ] as [(String, Key)])
  func keys(read: String, key: Key) { #expect(decode(read) == [.key(key)]) }

  @Test(
    "are nothing where nothing is meant",
    arguments: [
      "\u{1b}[1;2A", "\u{1b}[99~", "\u{1b}[?62;22c", "\u{1b}[I", "\u{1b}]11;rgb:0000/0000/0000\u{7}",
      "\u{1b}P>|xterm(370)\u{1b}\\", "\u{1b}[201~", "\u{9b}", "\u{85}", "\u{e000}", "\u{1b}[12;40R",
    ])
  func silent(read: String) { #expect(decode(read).isEmpty) }

  @Test("are an Esc and then text when they come one after the other")
  func escapeThenText() {
    #expect(decode("\u{1b}", "q") == [.key(.escape), .key(.character("q"))])
    #expect(decode("\u{1b}\u{1b}") == [.key(.escape), .key(.escape)])
    #expect(decode("\u{1b}\r") == [.key(.escape), .key(.enter)])
  }

  @Test("known to ncurses end what began before them")
  func escapeThenKey() {
    var decoder = KeyDecoder()
    #expect(decoder.take(.byte(0x1b), at: start).isEmpty)
    #expect(decoder.take(.key(.up), at: start) == [.key(.escape), .key(.up)])
    #expect(decoder.take(.byte(0x1b), at: start).isEmpty)
    #expect(decoder.take(.key(.backspace), at: start) == [.key(.alt("\u{7f}"))])
    #expect(decoder.take(.other, at: start).isEmpty)
  }

  @Test("of a mouse that terminfo doesn't name are presses at a cell")
  func mouse() {
    #expect(decode("\u{1b}[<0;5;3M\u{1b}[<0;5;3m") == [.press(.button(Point(x: 4, y: 2)))])
    #expect(decode("\u{1b}[<64;1;1M") == [.press(.wheelUp(Point(x: 0, y: 0)))])
    #expect(decode("\u{1b}[<65;1;1M") == [.press(.wheelDown(Point(x: 0, y: 0)))])
    #expect(decode("\u{1b}[<;M\u{1b}[<35;1;1M").isEmpty)
  }

  @Test("are endless and hostile without harm")
  func endless() {
    #expect(decode("\u{1b}[" + String(repeating: "1;", count: 1000) + "A").count < 3000)
    let endless = "\u{1b}]" + String(repeating: "x", count: 10_000)
    #expect(KeyDecoder.decoded([endless, "q"], apart: .seconds(2)) == [.key(.character("q"))])
  }

  @Test("pasted are one event, whatever the reads cut")
  func paste() {
    let text = "glpat-a\u{1b}[31m\r\nline\ttwo\u{7}\r\u{9b}end"
    let wanted = [KeyDecoder.Input.paste("glpat-a[31m\nline\ttwo\nend")]
    let whole = Array("\u{1b}[200~\(text)\u{1b}[201~".utf8)
    #expect(KeyDecoder.decoded([whole]) == wanted)
    for cut in 2..<whole.count {
      #expect(KeyDecoder.decoded([Array(whole[..<cut]), Array(whole[cut...])]) == wanted, "cut at \(cut)")
    }
  }

  @Test("named by ncurses begin and end a paste too")
  func namedPaste() {
    var decoder = KeyDecoder()
    #expect(decoder.take(.pasteBegins, at: start).isEmpty)
    #expect(decoder.isPasting)
    for code in [KeyDecoder.Code.byte(0x61), .key(.up), .other, .byte(0x1b), .byte(0x5b)] {
      #expect(decoder.take(code, at: start).isEmpty)
    }
    #expect(decoder.nothingMore(at: start).isEmpty)
    #expect(decoder.take(.pasteEnds, at: start) == [.paste("a")])
    #expect(!decoder.isPasting)
  }

  @Test("pasted without an end are given up, and kept")
  func endlessPaste() {
    var decoder = KeyDecoder()
    _ = decoder.take(.pasteBegins, at: start)
    for _ in 0..<1_100_000 { _ = decoder.take(.byte(0x78), at: start) }
    #expect(decoder.expire(at: start).isEmpty)
    guard case .paste(let text)? = decoder.expire(at: start + KeyDecoder.patience).first else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count == 1 << 20)
    #expect(decoder.expire(at: start + .seconds(9)).isEmpty)
  }

  @Test("are named as hints show them")
  func names() {
    let keys: [Key] = [.character("r"), .character(" "), .control("o"), .alt("b"), .enter, .backTab, .function(1)]
    #expect(keys.map(\.description) == ["r", "Space", "Ctrl-O", "Alt-b", "Enter", "Shift-Tab", "F1"])
  }
}
