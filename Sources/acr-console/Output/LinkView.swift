import SecureBuild

/// A link with what should be known of it.
struct LinkView: Presentable {
  let link: Link
  let notes: [LinkNote]
  /// The binding or draft that goes over it.
  let user: Binding?

  /// - Parameter given: notes on what was given to the command, beside those on the link that came of it.
  init(_ link: Link, given: [LinkNote] = [], in reading: Reading) throws {
    self.link = link
    let own = try reading.notes(for: link)
    notes = own + given.filter { !own.contains($0) }
    // An instance that is gone has none.
    user = try? reading.codeSource(of: link.instanceId).binding.flatMap { $0.linkId == link.id ? $0 : nil }
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("LinkId", "链路 ID")) { view, _ in view.link.id },
      Column(Phrase("Instance", "实例")) { view, _ in view.link.instanceId },
      Column(Phrase("GitLab IP", "GitLab 内网 IP")) { view, _ in view.link.gitLabIntranetIp.description },
      Column(Phrase("Other IPs", "其它放行 IP"), width: 100) { view, _ in
        view.link.allowedIps.map { $0.label.isEmpty ? "\($0.ip)" : "\($0.ip)=\($0.label)" }.joined(separator: " ")
      },
      Column(Phrase("Hosts", "主机名"), width: 100) { view, _ in
        view.link.hosts.map { "\($0.name)=\($0.ip)" }.joined(separator: " ")
      },
      Column(Phrase("VPC", "专有网络")) { view, _ in view.link.vpcId },
      Column(Phrase("vSwitch", "交换机")) { view, _ in view.link.vSwitchId },
      Column(Phrase("Zone", "可用区")) { view, _ in view.link.zoneId },
      Column(Phrase("Used by", "使用者")) { view, language in view.user?.use(language) ?? "" },
      Column(Phrase("Known", "依据")) { view, language in view.link.known.title(language) },
    ]
  }

  static var details: [Column<Self>] {
    columns + [
      Column(Phrase("Notes", "提示")) { view, language in view.notes.map { $0.text(language) }.joined(separator: " ") }
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "LinkId": .string(link.id), "InstanceId": .string(link.instanceId),
      "GitLabIntranetIp": .string(link.gitLabIntranetIp.description),
      "AllowedIps": .array(link.allowedIps.map { ["Ip": .string($0.ip.description), "Label": .string($0.label)] }),
      "Hosts": .array(link.hosts.map { ["Name": .string($0.name), "Ip": .string($0.ip.description)] }),
      "VpcId": .string(link.vpcId), "VSwitchId": .string(link.vSwitchId), "ZoneId": .string(link.zoneId),
      "Notes": .array(
        notes.map {
          [
            "Code": .string($0.kind.rawValue), "Field": .string($0.field.rawValue), "Ip": .string($0.ip.description),
            "Message": .string($0.text(language)),
          ]
        }), "Known": .string(link.known.rawValue), "At": .string(link.at.description), "By": .string(link.by),
      "UsedBy": user.map {
        ["Draft": .bool($0.state == .draft), "Address": .string($0.address), "Username": .string($0.username)]
      } ?? .null,
    ]
  }
}

extension Binding {
  /// `GitLab @dev`, and that it is a draft.
  fileprivate func use(_ language: Language) -> String {
    let account = username.isEmpty ? "GitLab" : "GitLab @\(username)"
    return state == .draft ? Phrase("\(account) (draft)", "\(account)（草稿）")(language) : account
  }
}
