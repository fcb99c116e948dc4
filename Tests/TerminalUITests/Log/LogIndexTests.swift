import Testing

@testable import TerminalUI

@Suite("The lines of a log")
struct LogIndexTests {
  @Test(
    "are found as they end",
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\n", ["", ""]), ("a\r\nb\r\n", ["a", "b"]),
      ("a\rb\n", ["a\rb"]), ("a\r", ["a\r"]),
    ])
  func found(text: String, wanted: [String]) {
    let index = LogIndex(whole: TextLog(text))
    #expect(index.lineCount == wanted.count)
    #expect(index.texts(0..<10) == wanted)
  }

  @Test("are found again while it grows")
  func grows() {
    let log = TextLog("one\ntw")
    let index = LogIndex(whole: log)
    #expect(index.texts(0..<9) == ["one", "tw"])
    log.write("o\nthree\n")
    while index.lookOn() {}
    #expect(index.texts(0..<9) == ["one", "two", "three"])
    #expect(index.texts(1..<2) == ["two"])
  }

  @Test("are known piece by piece, and read from near where they lie")
  func pieces() {
    let lines = (0..<200_000).map { "line \($0) of a log that goes on and on" }
    let log = TextLog(lines.joined(separator: "\n") + "\n")
    let index = LogIndex(log)
    var pieces = 1
    while index.lookOn() {
      pieces += 1
      #expect(log.takeReads().bytes <= 1 << 20)
      #expect(index.lineCount > 0)
    }
    #expect(pieces > 6)
    #expect(index.lineCount == lines.count)
    for first in [0, 1, 7777, 123_456, lines.count - 3] {
      _ = log.takeReads()
      #expect(index.texts(first..<first + 3) == Array(lines[first..<first + 3]))
      #expect(log.takeReads().bytes < 300_000)
    }
    #expect(index.texts(lines.count..<lines.count + 5) == [])
  }

  @Test("that are endless are several: broken behind a carriage return, never in a character or a colour")
  func endless() {
    let wide = LogIndex(whole: TextLog(String(repeating: "宽", count: 20_000)))
    #expect(wide.lineCount > 1)
    let texts = wide.texts(0..<100)
    #expect(texts.joined() == String(repeating: "宽", count: 20_000))
    #expect(texts.allSatisfy { $0.utf8.count <= LogIndex.longest })
    let bar = (0..<5000).map { "\r\($0) of 5000" }.joined()
    let progress = LogIndex(whole: TextLog(bar))
    #expect(progress.texts(0..<100).joined() == bar)
    #expect(progress.texts(0..<100).last.map { LogLine(Array($0.utf8)).text } == "4999 of 5000")
    let colours = String(repeating: "\u{1b}[38;5;208mx", count: 4000)
    #expect(
      LogIndex(whole: TextLog(colours)).texts(0..<100).allSatisfy {
        LogLine(Array($0.utf8)).text.allSatisfy { $0 == "x" }
      })
    let odd = LogIndex(whole: TextLog([UInt8](repeating: 0x80, count: 40_000)))
    #expect(odd.lines(0..<100).reduce(0) { $0 + $1.count } == 40_000)
    let escapes = LogIndex(whole: TextLog([UInt8](repeating: 0x1b, count: 40_000)))
    #expect(escapes.lines(0..<100).reduce(0) { $0 + $1.count } == 40_000)
  }

  @Test("are known by the place of a byte", arguments: [10, 4000])
  func offsets(count: Int) {
    let log = TextLog()
    var starts: [Int] = []
    for number in 0..<count {
      starts.append(log.length)
      log.write("line \(number) \(String(repeating: "-", count: number % 90))\n")
    }
    let index = LogIndex(log)
    #expect(index.line(at: starts[5]) == nil)
    while index.lookOn() {}
    for line in stride(from: 0, to: count, by: 7) {
      #expect(index.line(at: starts[line]) == line)
      #expect(index.line(at: starts[line] + 3) == line)
    }
    #expect(index.line(at: log.length) == count)
  }

  @Test("of one that was cut back are found anew")
  func shorter() {
    final class Cut: LogBytes {
      let log: TextLog
      nonisolated let limit: @Sendable () -> Int
      init(_ log: TextLog, _ limit: @escaping @Sendable () -> Int) { (self.log, self.limit) = (log, limit) }
      var length: Int { min(log.length, limit()) }
      func read(_ range: Range<Int>) -> [UInt8] { log.read(range.clamped(to: 0..<length)) }
    }
    let log = TextLog("one\ntwo\nthree\n")
    let flag = TextLog()
    let index = LogIndex(Cut(log) { flag.length == 0 ? .max : 4 })
    while index.lookOn() {}
    #expect(index.lineCount == 3)
    flag.write("x")
    while index.lookOn() {}
    #expect(index.texts(0..<9) == ["one"])
  }
}

@Suite("Looking for text in a log")
struct LogMatchesTests {
  private func matches(_ wanted: String, _ lines: [String], from origin: Int) -> LogMatches {
    var matches = LogMatches(wanted, from: origin)
    let source = GivenLines(lines)
    while let range = matches.next(of: lines.count, piece: 2) {
      matches.take(LogMatches.found(matches.text, in: source.lines(range), from: range.lowerBound), in: range)
    }
    return matches
  }

  private let lines = ["error one", "fine", "\u{1b}[31mERR\u{1b}[0mor two", "fine", "no", "an Error", "10%\rerror"]

  @Test("finds it whatever its case and colours, and goes round", arguments: [0, 3, 6])
  func finds(origin: Int) {
    let found = matches("error", lines, from: origin)
    #expect(found.count == 4)
    #expect([0, 2, 5, 6].map { found.number(of: $0) } == [1, 2, 3, 4])
    #expect(found.number(of: 1) == nil)
    #expect(found.match(from: 0, backwards: false) == 2)
    #expect(found.match(from: 6, backwards: false) == 0)
    #expect(found.match(from: 3, backwards: true) == 2)
    #expect(found.match(from: 0, backwards: true) == 6)
    #expect(found.first(from: 3) == 5)
  }

  @Test("looks from where one is first, and says what it knows so far")
  func order() {
    var found = LogMatches("line", from: 6)
    #expect(found.next(of: 10, piece: 3) == 6..<9)
    found.take([6, 7, 8], in: 6..<9)
    #expect(found.first(from: 0) == 6)
    #expect(found.next(of: 10, piece: 3) == 9..<10)
    found.take([9], in: 9..<10)
    #expect(found.next(of: 10, piece: 3) == 0..<3)
    found.take([0], in: 0..<3)
    // What has been written meanwhile comes before the rest.
    #expect(found.next(of: 12, piece: 3) == 10..<12)
    found.take([], in: 10..<12)
    #expect(found.next(of: 12, piece: 3) == 3..<6)
    found.take([3], in: 3..<6)
    #expect(found.next(of: 12, piece: 3) == nil)
    #expect(found.count == 6)
  }

  @Test("finds nothing of what nobody wrote, and nothing for nothing")
  func nothing() {
    #expect(matches("absent", lines, from: 0).count == 0)
    #expect(matches("", lines, from: 0).count == 0)
    #expect(matches("absent", lines, from: 0).match(from: 0, backwards: false) == nil)
  }

  @Test("knows the cells where it stands")
  func places() {
    let text = LogText("宽b")
    #expect(text.places(in: LogLine(Array("a宽B宽b".utf8))) == [1..<4, 4..<7])
    #expect(LogText("ab").places(in: LogLine(Array("\u{1b}[31mA\u{1b}[32mb ab".utf8))) == [0..<2, 3..<5])
  }
}
