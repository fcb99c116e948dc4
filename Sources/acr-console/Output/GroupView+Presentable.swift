import SecureBuild
import TerminalUI

extension GroupView: Presentable {
  static var columns: [Column<Self>] {
    [
      Column(Phrase("Managed security group", "托管安全组")) { view, language in
        view.group?.id ?? Phrase("(none yet)", "（尚未产生）")(language)
      },
      Column(Phrase("State", "状态")) { view, language in view.state.title(language) },
      Column(Phrase("Instance", "实例")) { view, _ in view.instanceId },
      Column(Phrase("Link", "链路")) { view, _ in view.link.id },
      Column(Phrase("VPC", "专有网络")) { view, _ in view.link.vpcId },
      Column(Phrase("vSwitch", "交换机")) { view, _ in "\(view.link.vSwitchId) (\(view.link.zoneId))" },
      Column(Phrase("ENI", "弹性网卡")) { view, _ in view.group?.networkInterfaceId ?? "" },
      Column(Phrase("Inbound", "入方向")) { _, language in Phrase("everything is denied", "全部拒绝")(language) },
      Column(Phrase("Outbound", "出方向")) { _, language in
        Phrase("only to these, computed from the link:", "仅放行以下地址（由链路推算）：")(language)
      },
    ]
  }

  func ruleTable(_ language: Language) -> String {
    let headings = [
      Phrase("  Direction", "  方向"), Phrase("Policy", "授权策略"), Phrase("Protocol", "协议"), Phrase("Ports", "端口"),
      Phrase("Address", "地址"), Phrase("For", "说明"),
    ]
    let rows = rules.map {
      ["  \($0.direction)", $0.policy, $0.ipProtocol, $0.portRange, $0.cidr.description, $0.description]
    }
    return TextTable.text([headings.map { $0(language) }] + rows)
  }

  func json(_ language: Language) -> JSONText {
    [
      "SecurityGroupId": .optional(group?.id), "State": .string(state.rawValue), "InstanceId": .string(instanceId),
      "LinkId": .string(link.id), "VpcId": .string(link.vpcId), "VSwitchId": .string(link.vSwitchId),
      "NetworkInterfaceId": .optional(group?.networkInterfaceId),
      "Rules": .array(rules.map(\.json)), "RulesKnown": .string(Known.computed.rawValue),
      "Known": .string(provenance.known.rawValue),
      "At": .optional(provenance.at?.description), "By": .optional(provenance.by), "Real": comparison.json(language),
    ]
  }
}

extension GroupComparison {
  /// What came of it, and a line for each line that isn't as planned, with what to do.
  func text(_ language: Language) -> String {
    let mark = standing == .same ? "✓" : standing == .different ? "≠" : "?"
    var lines = ["\(mark) \(reason(language))"]
    if !mend.en.isEmpty { lines.append("  → \(mend(language))") }
    for line in differences {
      lines += ["  \(line.verdict.mark) \(line.reason(language))", "    → \(line.mend(language))"]
    }
    return lines.map { Printable.text($0) + "\n" }.joined()
  }

  fileprivate func json(_ language: Language) -> JSONText {
    [
      "Standing": .string(standing.rawValue), "SecurityGroupId": .optional(groupId),
      "Candidates": .array(candidates.map { .string($0) }), "Message": .string(reason(language)),
      "Mend": .string(mend(language)), "Lines": .array(lines.map { $0.json(language) }),
      "Known": .optional(provenance?.known.rawValue), "At": .optional(provenance?.at?.description),
      "By": .optional(provenance?.by),
    ]
  }
}

extension GroupComparison.Line {
  fileprivate func json(_ language: Language) -> JSONText {
    [
      "Verdict": .string(verdict.rawValue), "Differs": .array(differs.map { .string($0) }),
      "Planned": planned?.json ?? .null, "Real": real?.json ?? .null, "Message": .string(reason(language)),
      "Mend": .string(mend(language)),
    ]
  }
}

extension GroupComparison.RealRule {
  fileprivate var json: JSONText {
    [
      "Direction": .string(direction), "Policy": .string(policy), "IpProtocol": .string(ipProtocol),
      "PortRange": .string(portRange), "Priority": .number(priority), "Peer": .string(peer),
    ]
  }
}

extension SecurityGroupRule {
  fileprivate var json: JSONText {
    [
      "Direction": .string(direction), "Policy": .string(policy), "IpProtocol": .string(ipProtocol),
      "PortRange": .string(portRange), "Cidr": .string(cidr.description), "Description": .string(description),
    ]
  }
}
