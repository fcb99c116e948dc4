import Synchronization
import Testing

@testable import BuildEngine

@Suite struct ProgressLinesTests {
  private func lines(_ pieces: [String], every: Duration = .seconds(60)) throws -> String {
    let out = Mutex("")
    let progress = ProgressLines(every: every) { bytes in out.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
    }
    for piece in pieces { try progress.take(Array(piece.utf8)) }
    try progress.end()
    return out.withLock { $0 }
  }

  @Test(arguments: [
    (["a\nb\n"], "a\nb\n"),
    (["a\r\nb\r\n"], "a\nb\n"),
    (["10%\r", "20%\r100%, done.\nnext\n"], "100%, done.\nnext\n"),
    (["10%\r20%\r"], "20%\n"),
    (["no end"], "no end\n"),
    ([""], ""),
    (["a\r", "\n", "b"], "a\nb\n"),
  ]) func ofALineThatIsWrittenOverTheLastOneStays(pieces: [String], expected: String) throws {
    #expect(try lines(pieces) == expected)
  }

  @Test func nowAndThenALineThatIsWrittenOverIsShown() throws {
    #expect(try lines(["10%\r20%\r30%\r"], every: .zero) == "10%\n20%\n30%\n")
  }
}
