import Measuring

/// The figures as a Markdown table: ratios within this run, never a time by itself.
struct Report {
  let figures: [Figures]

  var text: String {
    let rows = [
      ratios("exec to the last word of the first screen, ÷ tig's", of: "tig") { $0.firstScreen.median },
      ratios("exec to the last byte of the start, ÷ tig's", of: "tig", goal: 0.3) { $0.settled.median },
      ratios("the same, nothing remembered from before", of: "tig", against: { $0.settled.median }) {
        $0.settledAnew.median
      },
      ratios("key to repaint, median, ÷ nnn's", of: "nnn", goal: 1.1) { $0.key.median },
      ratios("key to repaint, p99, ÷ nnn's", of: "nnn", goal: 1.1) { $0.key.p99 },
      counts("bytes for one Down, median", goal: 150) { $0.keyBytes.median },
      ratios("processor time for 1,000 steps, ÷ nnn's", of: "nnn") { $0.processorTime.median },
      counts("peak memory in MiB", goal: 48) { $0.peak.most },
      counts("the same after a walk through \(Material.builds) builds", goal: 48) { $0.peakWithBuilds.most },
      counts("wake-ups in \(Benchmark.rest) s at rest", goal: 0) { $0.wakeUps.most },
      counts("keys without an answer") { Double($0.silent) },
    ]
    let heads = [""] + figures.map(\.subject) + ["goal", "reached"]
    return MarkdownTable.text(heads, rows)
  }

  /// What the ratios were taken of, and who ended early: said, so that nobody has to trust.
  var notes: [String] {
    var notes: [String] = []
    func ms(_ value: Double?) -> String { value.map { MarkdownTable.number($0, 2) } ?? "—" }
    if let tig = figures.first(where: { $0.subject == "tig" }), let nnn = figures.first(where: { $0.subject == "nnn" })
    {
      notes.append(
        "In this run alone, 1 was: tig's first screen \(ms(tig.firstScreen.median)) ms, its start \(ms(tig.settled.median)) ms; "
          + "nnn's key \(ms(nnn.key.median)) ms, p99 \(ms(nnn.key.p99)) ms.")
    }
    notes.append(
      "Samples: "
        + figures.map { "\($0.subject) \($0.settled.count) starts, \($0.key.count) keys" }
        .joined(separator: "; ") + ".")
    for figure in figures where figure.ended > 0 {
      notes.append("\(figure.subject) ended by itself in \(figure.ended) rounds: its figures mean little.")
    }
    for figure in figures where figure.firstScreen.count < figure.settled.count && figure.subject != "echo" {
      notes.append(
        "\(figure.subject) showed its first screen's last word in \(figure.firstScreen.count) of \(figure.settled.count) starts."
      )
    }
    return notes
  }

  private func ratios(
    _ what: String, of name: String, goal: Double? = nil, against: ((Figures) -> Double?)? = nil,
    _ value: (Figures) -> Double?
  ) -> [String] {
    let one = figures.first { $0.subject == name }.flatMap { against?($0) ?? value($0) }
    return row(what, goal.map { ($0, "≤ \(MarkdownTable.number($0, 2)) × \(name)'s") }, digits: 2) { figure in
      guard let one, one > 0, let value = value(figure) else { return nil }
      return value / one
    }
  }

  private func counts(_ what: String, goal: Double? = nil, _ value: (Figures) -> Double?) -> [String] {
    row(what, goal.map { ($0, $0 > 0 ? "≤ \(MarkdownTable.number($0, 0))" : "0") }, digits: 0, value)
  }

  private func row(
    _ what: String, _ goal: (most: Double, text: String)?, digits: Int, _ value: (Figures) -> Double?
  ) -> [String] {
    let values = figures.map { value($0) }
    let reached = goal.map { goal in
      (values.first ?? nil).map { $0 <= goal.most ? "yes" : "no" } ?? "not measured"
    }
    return [what] + values.map { $0.map { MarkdownTable.number($0, digits) } ?? "—" } + [
      goal?.text ?? "", reached ?? "",
    ]
  }
}
