import FlatFiles

/// The rules for binding a GitLab account to an instance, apart from what GitLab itself says.
enum BindingRules {
  /// The link that a binding goes over: one of this instance for the intranet, none for the Internet.
  static func link(of draft: BindingDraft, in records: some Records) throws -> Link? {
    guard draft.networkType == .intranet else {
      guard draft.linkId.isEmpty else {
        throw Refusal(
          .linkNotTaken, field: .linkId,
          message: Phrase("Network type Internet takes no link.", "网络类型为公网时不使用链路。"),
          mend: Phrase("Leave the link out, or choose Intranet.", "请去掉链路，或选择内网。"))
      }
      return nil
    }
    guard !draft.linkId.isEmpty else {
      throw Refusal(
        .linkRequired, field: .linkId,
        message: Phrase("Network type Intranet needs a link.", "网络类型为内网时需要选择链路。"),
        mend: Phrase("Choose one, or create one under Link management first.", "请选择链路，或先在链路管理中创建。"))
    }
    let link = try records.link(draft.linkId)
    guard link.instanceId == draft.instanceId else {
      throw Refusal(
        .linkOfOtherInstance, field: .linkId,
        message: Phrase("Link \(link.id) belongs to another instance.", "链路 \(link.id) 属于其他实例。"),
        mend: Phrase("Choose a link of this instance.", "请选择本实例的链路。"))
    }
    return link
  }

  static func username(_ typed: String) throws(Refusal) -> String {
    // As GitLab's profile page shows it: @dev.
    let name = typed.trimmed.drop { $0 == "@" }
    guard !name.isEmpty else { throw Refusal.missing(.username, example: "dev") }
    guard !looksLikeToken(name) else { throw tokenAsUsername }
    guard name.count <= 255, !name.contains(where: \.isWhitespace) else {
      throw Refusal(
        .invalidUsername, field: .username, message: Phrase("This is not a sign-in name.", "这不是登录名。"),
        mend: Phrase("Enter the name after the @ on your GitLab profile.", "请输入 GitLab 个人资料中 @ 后面的名称。"))
    }
    return String(name)
  }

  static let tokenMissing = Refusal(
    .missing, field: .token, message: Phrase("The private token is needed.", "请填写私有 Token。"),
    mend: Phrase(
      "Create one with the scope api in GitLab: Preferences → Access tokens.",
      "请在 GitLab 的“偏好设置 → 访问令牌”中创建带 api 权限的 Token。"))

  /// A stored token goes only to the host that it was bound at: one that is typed for the first time may be a slip.
  static func requireHost(_ host: String, of bound: Binding?) throws(Refusal) {
    guard let bound, bound.state != .draft, let known = try? GitLabAddress(parsing: bound.address).host, known != host
    else { return }
    throw Refusal(
      .missing, field: .token,
      message: Phrase(
        "The stored token is for \(known) and is not sent to \(host).", "已保存的 Token 属于 \(known)，不会发送到 \(host)。"),
      mend: Phrase("Enter a token for this address.", "请输入该地址的 Token。"))
  }

  static let nothingAtVendor = Refusal(
    .ownOnly,
    message: Phrase(
      "This is a training workspace: nothing of it is in the vendor's console, so nothing can have been seen there.",
      "这是演练工作区：其中的内容都不在厂商控制台，因此无从在那里确认。"),
    mend: Phrase(
      "Confirm bindings in a workspace of your own (`acr-console workspace init --own`).",
      "请在自有工作区（`acr-console workspace init --own`）中确认绑定。"))

  static let boundAlready = Refusal(
    .alreadyBound, field: .instanceId,
    message: Phrase("A GitLab account is bound: a draft would put it aside.", "已绑定 GitLab 账号，保存草稿会使其失效。"),
    mend: Phrase("Bind the new one with OK, or unbind first.", "请点击“确定”直接绑定新账号，或先解绑。"))

  /// The certificates in a CA file, PEM, without anything else that stood in it (a key, say).
  static func certificates(_ file: String) throws(Refusal) -> String {
    guard file.utf8.count <= 1 << 20 else { throw noCertificate }
    let begin = "-----BEGIN CERTIFICATE-----"
    let end = "-----END CERTIFICATE-----"
    var blocks: [Substring] = []
    var rest = file[...]
    while let start = rest.firstRange(of: begin), let stop = rest[start.upperBound...].firstRange(of: end) {
      blocks.append(rest[start.lowerBound..<stop.upperBound])
      rest = rest[stop.upperBound...]
    }
    guard !blocks.isEmpty else { throw noCertificate }
    return blocks.map { $0 + "\n" }.joined()
  }

  private static let noCertificate = Refusal(
    .invalidCaFile, field: .caFile,
    message: Phrase("The CA file holds no certificate (PEM).", "CA 文件中没有证书（PEM）。"),
    mend: Phrase("Choose a file with -----BEGIN CERTIFICATE----- in it.", "请选择含有 -----BEGIN CERTIFICATE----- 的文件。"))

  /// The certificates that a binding will have: those given, or those stored for the same host.
  static func certificates(of draft: BindingDraft, keeping old: Binding?) throws(Refusal) -> String? {
    if let given = draft.caCertificates { return given.isEmpty ? nil : try certificates(given) }
    guard let old, old.caCertificates != nil, let before = try? GitLabAddress(parsing: old.address).host,
      before == (try? GitLabAddress(parsing: draft.address).host)
    else { return nil }
    return old.caCertificates
  }

  /// Ports that the vendor accepts for GitLab's webhook (FACTS: vendor's FAQ).
  static func vendorAccepts(_ address: GitLabAddress) -> Bool {
    address.scheme == .https
      ? address.port == 443
      : [80, 21, 443, 70, 210, 280, 488, 591, 777].contains(address.port) || address.port >= 1025
  }

  /// The status 已失效 only when GitLab itself said so.
  static let invalidating: Set<Code> = [
    .tokenUnauthorized, .tokenRevoked, .tokenExpired, .tokenScope, .otherUser, .blockedUser,
  ]

  /// What the managed security group lets through, for a link: out to its addresses, and nothing in.
  static func rules(for link: Link) -> [SecurityGroupRule] {
    rules(gitLab: link.gitLabIntranetIp, allowed: link.allowedIps)
  }

  static func rules(gitLab: IPv4Address?, allowed: [AllowedIp]) -> [SecurityGroupRule] {
    let gitLab = gitLab.map { [AllowedIp(ip: $0, label: "GitLab")] } ?? []
    return (gitLab + allowed).map { allowed in
      SecurityGroupRule(
        direction: "egress", policy: "Accept", ipProtocol: "ALL", portRange: "-1/-1",
        cidr: IPv4Range(allowed.ip, length: 32), description: allowed.label)
    }
  }
}
