import SecureBuild

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
      "Rules": .array(
        rules.map {
          [
            "Direction": .string($0.direction), "Policy": .string($0.policy), "IpProtocol": .string($0.ipProtocol),
            "PortRange": .string($0.portRange), "Cidr": .string($0.cidr.description),
            "Description": .string($0.description),
          ]
        }), "RulesKnown": .string(Known.computed.rawValue), "Known": .string(provenance.known.rawValue),
      "At": .optional(provenance.at?.description), "By": .optional(provenance.by),
    ]
  }
}
