import Foundation
import Testing

@testable import TerminalUI

@Suite("Without UTF-8")
struct ASCIIFallbackTests {
  @Test("every symbol stands for one ASCII character")
  func one() {
    for (symbol, shown) in ASCIIFallback.table {
      #expect(CellWidth.of(String(symbol)) == 1)
      #expect(shown.utf8.count == 1 && Printable.isPlain(shown))
    }
    #expect(String(ASCIIFallback.scalars(0x4e2d, isWide: true)) == "??")
    #expect(String(ASCIIFallback.scalars(0xe9, isWide: false)) == "?")
  }

  @Test(
    "what is told by its shape keeps a shape of its own",
    arguments: [["●", "◐", "○", "✗", "?"], ["✓", "✗", "?", "·", "–"], ["┃", "│"], ["█", "│"], ["▸", "▌", " "]])
  func shapes(symbols: [Unicode.Scalar]) {
    #expect(Set(symbols.map { $0.isASCII ? String($0) : ASCIIFallback.table[$0] }).count == symbols.count)
  }

  /// A symbol that a page shows and that this table lacks would be a question mark.
  @Test("every symbol in the strings of the sources is known")
  func covers() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    var unknown: [String] = []
    for module in ["TerminalUI/Widgets", "Console"] {
      let files = FileManager.default.enumerator(at: root.appending(path: module), includingPropertiesForKeys: nil)
      for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
        for (number, line) in try String(contentsOf: file, encoding: .utf8).split(
          separator: "\n", omittingEmptySubsequences: false
        ).enumerated() where !line.drop(while: { $0 == " " }).hasPrefix("//") {
          for scalar in line.unicodeScalars where !scalar.isASCII && CellWidth.ofPrintable(scalar) == 1 {
            if ASCIIFallback.table[scalar] == nil, !scalar.properties.isAlphabetic {
              unknown.append("\(file.lastPathComponent):\(number + 1) \(scalar)")
            }
          }
        }
      }
    }
    #expect(unknown.isEmpty)
  }
}
