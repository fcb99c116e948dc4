import SecureBuild

/// What was tried from another machine, as it is shown.
struct ProbeView: Presentable {
  static let members = """
    InstanceId LinkId Host Source InVSwitch TriedAt Tries[Target Port Step(NAME|CONNECT|TLS|HTTP) \
    Outcome(PASSED|REFUSED|TIMEOUT|UNREACHABLE|FAILED|UNTRIED) Milliseconds Detail] Missing[] NotExercised Known At By
    """

  let probe: Probe
  /// Whether the machine is in the link's vSwitch; nil where that can't be told.
  private let isInVSwitch: Bool?

  init(_ probe: Probe, in reading: Reading) {
    self.probe = probe
    isInVSwitch = reading.isInVSwitch(probe)
  }

  private var place: Phrase {
    let at = probe.source.map { "\(probe.host) (\($0))" } ?? probe.host
    let range: Phrase =
      switch isInVSwitch {
      case true?: Phrase("in the link's vSwitch", "位于链路的交换机内")
      case false?: Phrase("not in the link's vSwitch", "不在链路的交换机内")
      case nil: Phrase("whether in the link's vSwitch isn't known", "是否位于链路的交换机内未知")
      }
    return Phrase("\(at), \(range.en)", "\(at)，\(range.zh)")
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Tried from", "实测来源"), width: .max) { view, language in view.place(language) },
      Column(Phrase("When", "时间")) { view, _ in view.probe.triedAt.description },
      Column(Phrase("Instance", "实例")) { view, _ in view.probe.instanceId },
      Column(Phrase("Link", "链路")) { view, _ in view.probe.linkId },
      Column(Phrase("Read back", "读入")) { view, _ in "\(view.probe.at) \(view.probe.by)" },
      Column(Phrase("Missing there", "该机器缺少")) { view, _ in view.probe.missing.joined(separator: " ") },
    ]
  }

  /// Each machine's facts, with a table of its tries below; then what no try can tell.
  static func print(_ views: [ProbeView], to output: Output) throws {
    for (index, view) in views.enumerated() {
      if index > 0 { try StandardStream.output.write("\n") }
      try output.show(view)
      try output.list(view.probe.tries, orElse: Phrase("It tried nothing.", "未测试任何地址。"))
    }
    output.say(.notExercised)
  }

  func json(_ language: Language) -> JSONText {
    [
      "InstanceId": .string(probe.instanceId), "LinkId": .string(probe.linkId), "Host": .string(probe.host),
      "Source": .optional(probe.source?.description), "InVSwitch": isInVSwitch.map(JSONText.bool) ?? .null,
      "TriedAt": .string(probe.triedAt.description), "Tries": .array(probe.tries.map { $0.json(language) }),
      "Missing": .array(probe.missing.map(JSONText.string)), "NotExercised": .string(Probe.notExercised),
      "Known": .string(Known.tried.rawValue), "At": .string(probe.at.description), "By": .string(probe.by),
    ]
  }
}

extension ProbeTry: Presentable {
  static var columns: [Column<Self>] {
    [
      Column(Phrase("Target", "目标")) { made, _ in made.ip.description + (made.port.map { ":\($0)" } ?? "") },
      Column(Phrase("Step", "步骤")) { made, language in made.step.title(language) },
      Column(Phrase("Outcome", "结果")) { made, language in "\(made.outcome.mark) \(made.outcome.title(language))" },
      Column(Phrase("ms", "毫秒")) { made, _ in made.milliseconds.map(String.init) ?? "" },
      Column(Phrase("Detail", "说明"), width: .max) { made, _ in made.detail },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "Target": .string(ip.description), "Port": port.map(JSONText.number) ?? .null, "Step": .string(step.rawValue),
      "Outcome": .string(outcome.rawValue), "Milliseconds": milliseconds.map(JSONText.number) ?? .null,
      "Detail": .string(detail),
    ]
  }
}
