import TerminalUI

/// Facts about one thing, one below the other; where there isn't room for all, the least useful give way.
struct Facts {
  private struct Fact {
    /// Empty for a sentence.
    let label: String
    let text: String
    let role: Role
    let mark: String
    let rank: Int
  }

  private var facts: [Fact] = []
  /// The cells of labels.
  let label: Int

  init(label: Int) { self.label = label }

  /// - Parameter rank: the higher, the sooner it gives way.
  mutating func pair(_ label: String, _ value: String, _ role: Role = .text, rank: Int) {
    facts.append(Fact(label: label, text: value, role: role, mark: "", rank: rank))
  }

  mutating func add(_ text: String, _ role: Role, mark: String = "", rank: Int) {
    facts.append(Fact(label: "", text: text, role: role, mark: mark, rank: rank))
  }

  private func rows(_ fact: Fact, width: Int) -> Int {
    let indent = fact.label.isEmpty ? (fact.mark.isEmpty ? 0 : CellWidth.of(fact.mark) + 1) : label
    return Paragraph.lines(fact.text, width: max(2, width - indent)).count
  }

  /// The rows that all of them take.
  func height(width: Int) -> Int { facts.reduce(0) { $0 + rows($1, width: width) } }

  /// The places of those that have room together.
  private func fitting(_ width: Int, _ room: Int) -> [Int] {
    var left = room
    let byUse = facts.indices.sorted { (facts[$0].rank, $0) < (facts[$1].rank, $1) }
    let chosen = byUse.filter { index in
      let rows = rows(facts[index], width: width)
      guard rows <= left else { return false }
      left -= rows
      return true
    }
    return chosen.isEmpty ? Array(byUse.prefix(1)) : chosen.sorted()
  }

  /// - Parameter room: the rows that they may take.
  func draw(_ lines: inout Lines, room: Int, on canvas: inout Canvas) {
    guard room > 0 else { return }
    var part = Lines(in: Rect(x: lines.area.x, y: lines.y, width: lines.area.width, height: room))
    for fact in fitting(lines.area.width, room).map({ facts[$0] }) {
      if fact.label.isEmpty {
        part.add(fact.text, fact.role, mark: fact.mark, on: &canvas)
      } else {
        part.pair(fact.label, fact.text, width: label, fact.role, on: &canvas)
      }
    }
    lines.skip(to: part.y)
  }
}
