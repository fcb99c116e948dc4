import Testing

@testable import TerminalUI

@Suite("Rows asked for lately")
struct RecentRowsTests {
  @Test("keep their values until another row needs the place")
  func places() {
    var rows = RecentRows<String>(4)
    #expect(rows[0] == nil)
    for row in 10..<14 { rows[row] = "row \(row)" }
    #expect((10..<14).allSatisfy { rows[$0] == "row \($0)" })
    rows[14] = "row 14"
    #expect(rows[10] == nil)
    #expect(rows[14] == "row 14")
    rows.removeAll()
    #expect(rows[14] == nil)
  }
}
