/// What merely looks odd about a link.
struct LinkNotes {
  let gitLab: IPv4Address?
  let allowed: [IPv4Address]
  let hosts: [HostEntry]
  /// Nil where the VPC isn't known (yet).
  let vpc: Vpc?
  /// The binding that uses the link, where one does.
  let binding: Binding?
  /// Whether the training world knows an address; everything is known elsewhere.
  let knowsAddress: @Sendable (IPv4Address) -> Bool

  private var addresses: [(IPv4Address, Field)] {
    (gitLab.map { [($0, Field.gitLabIntranetIp)] } ?? []) + allowed.map { ($0, .allowedIps) }
  }

  func all() -> [LinkNote] {
    outside() + unknown() + hostsNotAllowed() + boundAddress() + Self.givenTwice(allowed, gitLab: gitLab)
  }

  /// The addresses that are given more than once, or that are GitLab's own.
  static func givenTwice(_ allowed: [IPv4Address], gitLab: IPv4Address?) -> [LinkNote] {
    var seen: Set<IPv4Address> = []
    var notes: [LinkNote] = []
    for ip in allowed where !seen.insert(ip).inserted || ip == gitLab {
      let note = LinkNote(
        .givenTwice, at: .allowedIps, ip,
        ip == gitLab
          ? Phrase("\(ip) is GitLab's own address: it is let out to already.", "\(ip) 是 GitLab 自身的地址，已经放行。")
          : Phrase(
            "\(ip) is given more than once: it counts once, with the last label.", "\(ip) 重复给出：只计一次，以最后的标签为准。"))
      if !notes.contains(note) { notes.append(note) }
    }
    return notes
  }

  private func outside() -> [LinkNote] {
    guard let vpc else { return [] }
    return addresses.filter { !vpc.cidrBlock.contains($0.0) }.map { ip, field in
      LinkNote(
        .outsideVpc, at: field, ip,
        Phrase(
          "\(ip) lies outside the VPC's \(vpc.cidrBlock): right for a joined data centre, else look again.",
          "\(ip) 不在专有网络网段 \(vpc.cidrBlock) 内：若位于已打通的 IDC 则无妨，否则请核对。"))
    }
  }

  private func unknown() -> [LinkNote] {
    addresses.filter { !knowsAddress($0.0) }.map { ip, field in
      LinkNote(
        .unknownToTraining, at: field, ip,
        Phrase("Nothing has the address \(ip) in the training world.", "演练环境中没有地址为 \(ip) 的主机。"))
    }
  }

  private func hostsNotAllowed() -> [LinkNote] {
    let out = Set(addresses.map(\.0))
    return hosts.filter { !out.contains($0.ip) }.map { host in
      LinkNote(
        .hostNotAllowed, at: .hosts, host.ip,
        Phrase(
          "\(host.name) leads to \(host.ip), which the link does not let out to.",
          "\(host.name) 指向 \(host.ip)，而链路未放行该地址。"))
    }
  }

  private func boundAddress() -> [LinkNote] {
    guard let binding, binding.state != .draft, let tried = binding.lastPassed?.address,
      !addresses.contains(where: { $0.0 == tried })
    else { return [] }
    return [
      LinkNote(
        .boundAddressGone, at: .allowedIps, tried,
        Phrase(
          "The GitLab account is bound at \(tried), which the link does not let out to any more.",
          "GitLab 账号绑定在 \(tried)，但链路已不再放行该地址。"))
    ]
  }
}
