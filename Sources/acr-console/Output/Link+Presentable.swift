import SecureBuild

extension Link: Presentable {
  static var columns: [Column<Self>] {
    [
      Column(Phrase("LinkId", "链路 ID")) { link, _ in link.id },
      Column(Phrase("Instance", "实例")) { link, _ in link.instanceId },
      Column(Phrase("GitLab IP", "GitLab 内网 IP")) { link, _ in link.gitLabIntranetIp.description },
      Column(Phrase("Other IPs", "其它放行 IP")) { link, _ in
        link.allowedIps.map { $0.label.isEmpty ? "\($0.ip)" : "\($0.ip)=\($0.label)" }.joined(separator: " ")
      },
      Column(Phrase("Hosts", "主机名")) { link, _ in link.hosts.map { "\($0.name)=\($0.ip)" }.joined(separator: " ") },
      Column(Phrase("VPC", "专有网络")) { link, _ in link.vpcId },
      Column(Phrase("vSwitch", "交换机")) { link, _ in link.vSwitchId },
      Column(Phrase("Zone", "可用区")) { link, _ in link.zoneId },
      Column(Phrase("Known", "依据")) { link, language in link.known.title(language) },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "LinkId": .string(id), "InstanceId": .string(instanceId),
      "GitLabIntranetIp": .string(gitLabIntranetIp.description),
      "AllowedIps": .array(allowedIps.map { ["Ip": .string($0.ip.description), "Label": .string($0.label)] }),
      "Hosts": .array(hosts.map { ["Name": .string($0.name), "Ip": .string($0.ip.description)] }),
      "VpcId": .string(vpcId), "VSwitchId": .string(vSwitchId), "ZoneId": .string(zoneId),
      "Known": .string(known.rawValue), "At": .string(at.description), "By": .string(by),
    ]
  }
}
