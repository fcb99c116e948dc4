import Testing

@testable import TerminalUI

/// Lines bring a key's sequence in pieces.
@Suite("A sequence that comes in pieces")
struct SplitSequenceTests {
  /// Everything longer than a byte that the decoder knows by itself.
  static let sequences: [(String, KeyDecoder.Input)] =
    [
      ("[A", .up), ("[B", .down), ("[C", .right), ("[D", .left), ("[H", .home), ("[F", .end), ("[Z", .backTab),
      ("OA", .up), ("OB", .down), ("OC", .right), ("OD", .left), ("OH", .home), ("OF", .end), ("OM", .enter),
      ("OP", .function(1)), ("OQ", .function(2)), ("OR", .function(3)), ("OS", .function(4)), ("[1~", .home),
      ("[2~", .insert), ("[3~", .delete), ("[4~", .end), ("[5~", .pageUp), ("[6~", .pageDown), ("[7~", .home),
      ("[8~", .end), ("[11~", .function(1)), ("[15~", .function(5)), ("[17~", .function(6)), ("[21~", .function(10)),
      ("[24~", .function(12)), ("[[A", .function(1)), ("[[E", .function(5)), ("[1;5C", .alt("f")), ("[1;3D", .alt("b")),
      ("Oj", .character("*")), ("On", .character(".")), ("Op", .character("0")), ("Oy", .character("9")),
      ("OX", .character("=")),
    ].map { ("\u{1b}" + $0, .key($1)) } + [
      ("\u{1b}[<0;5;3M", .press(.button(Point(x: 4, y: 2)))), ("\u{1b}[<32;5;3M", .press(.drag(Point(x: 4, y: 2)))),
      ("\u{1b}[<65;120;40M", .press(.wheelDown(Point(x: 119, y: 39)))),
      ("\u{1b}[M !!", .press(.button(Point(x: 0, y: 0)))), ("\u{1b}[M`\"#", .press(.wheelUp(Point(x: 1, y: 2)))),
      ("\u{1b}[200~a中\u{1b}[201~", .paste("a中")),
    ]

  @Test("in one is that key", arguments: sequences)
  func whole(sequence: String, input: KeyDecoder.Input) {
    #expect(KeyDecoder.decoded([sequence]) == [input])
  }

  @Test("in two is that key, after an Esc at most, wherever it is cut", arguments: sequences)
  func halves(sequence: String, input: KeyDecoder.Input) {
    let bytes = Array(sequence.utf8)
    for cut in 1..<bytes.count {
      let decoded = KeyDecoder.decoded([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(decoded == (cut == 1 ? [.key(.escape), input] : [input]), "cut at \(cut)")
    }
  }

  @Test("byte by byte is that key, but for the keypad's, which may be typed", arguments: sequences)
  func bytes(sequence: String, input: KeyDecoder.Input) {
    let decoded = KeyDecoder.decoded(Array(sequence.utf8).map { [$0] })
    guard case .key(.character) = input else {
      #expect(decoded == [.key(.escape), input])
      return
    }
    #expect(decoded == Array(sequence).map { $0 == "\u{1b}" ? .key(.escape) : .key(.character($0)) })
  }

  @Test(
    "and names no key is nothing but its Esc",
    arguments: ["[1;2A", "[99~", "[?62;22c", "[I", "[<35;1;1M", "[<0;5;3m", "[201~", "[12;40R", "Oz", "[1;9Q"])
  func unknown(rest: String) {
    #expect(KeyDecoder.decoded(["\u{1b}", rest]) == [.key(.escape)])
    for cut in rest.indices.dropFirst() {
      #expect(KeyDecoder.decoded(["\u{1b}" + rest[..<cut], String(rest[cut...])]).isEmpty, "\(rest[cut...])")
    }
  }

  @Test("whose end is lost is no text either")
  func lost() {
    #expect(KeyDecoder.decoded(["\u{1b}", "[1;"]) == [.key(.escape)])
    #expect(KeyDecoder.decoded(["\u{1b}[<0;5", "\r"], apart: .seconds(2)) == [.key(.enter)])
  }

  @Test("is text when a hand types it and it names no key", arguments: ["[a", "[[x", "Ok", "[1q", "[中", "O\r", "[\t"])
  func typed(text: String) {
    let keys = text.unicodeScalars.compactMap { Key(typed: $0) }.map { KeyDecoder.Input.key($0) }
    #expect(KeyDecoder.decoded(["\u{1b}"] + text.map { String($0) }) == [.key(.escape)] + keys)
  }

  @Test("is text, whatever it names, a second after Esc")
  func later() {
    let decoded = KeyDecoder.decoded(["\u{1b}", "[", "A"], apart: .seconds(1))
    #expect(decoded == [.key(.escape), .key(.character("[")), .key(.character("A"))])
    #expect(KeyDecoder.decoded(["\u{1b}", "["]) == [.key(.escape), .key(.character("["))])
    #expect(KeyDecoder.decoded(["\u{1b}", "x", "[", "A"]).count == 4)
  }

  @Test("makes keys of Alt with a bracket once nothing follows it")
  func alternative() {
    for character in ["[", "O", "]", "P"] as [Character] {
      #expect(KeyDecoder.decoded(["\u{1b}\(character)"]) == [.key(.alt(character))])
    }
  }

  @Test("is waited for no longer than a second, and at rest not at all")
  func deadline() throws {
    var decoder = KeyDecoder()
    let now = ContinuousClock.now
    #expect(decoder.deadline == nil)
    _ = decoder.take(.byte(0x1b), at: now)
    _ = decoder.nothingMore(at: now)
    #expect(decoder.deadline == nil)
    _ = decoder.take(.byte(0x1b), at: now)
    _ = decoder.take(.byte(0x5b), at: now)
    #expect(decoder.deadline == now + .seconds(1))
    #expect(decoder.expire(at: now + .seconds(1)) == [.key(.alt("["))])
    #expect(decoder.deadline == nil)
  }

  @Test("of UTF-8 is one character, wherever it is cut", arguments: ["é", "中", "𠀀"] as [Character])
  func characters(character: Character) {
    let bytes = Array(String(character).utf8)
    for cut in 1..<bytes.count {
      #expect(KeyDecoder.decoded([Array(bytes[..<cut]), Array(bytes[cut...]) + [0x61]]).count == 2)
      #expect(
        KeyDecoder.decoded([Array(bytes[..<cut]), Array(bytes[cut...])]) == [.key(.character(character))])
    }
    // One that never ends takes no key with it.
    #expect(KeyDecoder.decoded([[bytes[0], 0x61]]) == [.key(.character("a"))])
  }

  @Test("of no UTF-8 is nothing", arguments: [[0xc0, 0xaf], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xff], [0x9b]])
  func invalid(bytes: [UInt8]) {
    #expect(KeyDecoder.decoded([bytes + [0x62]]) == [.key(.character("b"))])
  }
}
