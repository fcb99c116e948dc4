/// What was tried of one address from one machine, in a line.
public struct TriedLine: Sendable, Equatable {
  public let ip: IPv4Address
  /// The machine, with its address where that is known: `ecs-1 (192.168.10.7)`.
  public let place: String
  public let at: Timestamp
  /// A sign a cell wide: whether something of it failed, or passed; neither where nothing could be tried.
  public let mark: String
  /// What came of it, step by step.
  public let words: Phrase

  /// Something of it passed, and nothing failed.
  public var isPassed: Bool { mark == ProbeOutcome.passed.mark }

  static func place(_ host: String, _ source: IPAddress?) -> String { source.map { "\(host) (\($0))" } ?? host }

  /// The last tries of a binding from this program's host.
  static func lines(of binding: Binding, over link: Link) -> [TriedLine] {
    var lines: [TriedLine] = []
    if let passed = binding.lastPassed, let ip = passed.address {
      lines.append(
        TriedLine(
          ip: ip, place: passed.place, at: passed.at, mark: ProbeOutcome.passed.mark,
          words: Phrase("every hop passed, GitLab \(passed.version)", "全部通过，GitLab \(passed.version)")))
    }
    if let failed = binding.lastFailed {
      lines.append(
        TriedLine(
          ip: link.gitLabIntranetIp, place: failed.place, at: failed.at, mark: ProbeOutcome.failed.mark,
          words: Phrase("\(failed.hop.title.en) failed (\(failed.code))", "\(failed.hop.title.zh)未通过（\(failed.code)）")))
    }
    return lines
  }

  /// A line an address.
  static func lines(of probe: Probe) -> [TriedLine] {
    var order: [IPv4Address] = []
    for made in probe.tries where !order.contains(made.ip) { order.append(made.ip) }
    return order.map { ip in
      let tries = probe.tries.filter { $0.ip == ip }
      let words = tries.map(\.words)
      return TriedLine(
        ip: ip, place: place(probe.host, probe.source), at: probe.triedAt,
        mark: tries.worst.mark,
        words: Phrase(words.map(\.en).joined(separator: ", "), words.map(\.zh).joined(separator: "，")))
    }
  }
}

extension ProbeTry {
  /// `connect:80 passed (3 ms)`, and that machine's words where there are any.
  public var words: Phrase {
    let place = step == .connect ? port.map { ":\($0) " } ?? "" : ""
    let took = milliseconds.map { " (\($0) ms)" } ?? ""
    let more = detail.isEmpty ? "" : " [\(detail)]"
    return Phrase(
      "\(step.title.en)\(place.isEmpty ? " " : place)\(outcome.title.en)\(took)\(more)",
      "\(step.title.zh)\(place)\(outcome.title.zh)\(took)\(more)")
  }
}

extension [ProbeTry] {
  /// The first that failed decides, else one that passed.
  fileprivate var worst: ProbeOutcome {
    let outcomes = map(\.outcome)
    return outcomes.first { $0 != .passed && $0 != .untried } ?? (outcomes.contains(.passed) ? .passed : .untried)
  }
}
