/// What each failure of a try means to the user: the vendor's sentence where it has one, then the hop and the mend.
enum TrialFailures {
  /// What the vendor's console says for nearly everything (vendor's FAQ).
  static let vendorSentence = Phrase(
    "The source code repository site cannot be accessed. Check the binding information or try again later.",
    "源代码仓库站点无法访问，请确认绑定信息无误或者请稍后再重试")

  static let v3Only = Refusal(
    .apiV3Only, field: .address, hop: .api,
    message: Phrase("This GitLab speaks API v3 alone (before 9.0).", "该 GitLab 仅支持 API v3（9.0 之前的版本）。"),
    mend: Phrase(
      "The vendor's console accepts it, this program can't check it: save as draft, or update GitLab.",
      "厂商控制台可以接受，但本程序无法校验：请保存为草稿，或升级 GitLab。"))

  static func refusal(of error: any Error, at hop: Hop, of address: GitLabAddress, networkType: NetworkType) -> Refusal
  {
    switch error {
    case let refusal as Refusal: refusal
    case let failure as NameFailure: name(failure)
    case let failure as ReachFailure: reach(failure, at: hop, networkType)
    case let failure as TLSFailure: tls(failure)
    case let failure as GitLabFailure: gitLab(failure, at: hop, of: address, networkType)
    default: Refusal(error)
    }
  }

  /// The port speaks TLS, as a handshake showed, and the address says http.
  static func tlsExpected(_ address: GitLabAddress) -> Refusal {
    let secure = GitLabAddress(scheme: .https, host: address.host, port: address.port, path: address.path)
    return Refusal(
      .tlsExpected, field: .address, hop: .api, vendor: vendorSentence,
      message: Phrase("This port speaks https, and the address says http.", "该端口使用 https，而地址写的是 http。"),
      mend: Phrase("Enter \(secure) as the address.", "请将地址改为 \(secure)。"))
  }

  static func notAllowed(_ found: [IPAddress], by link: Link) -> Refusal {
    let list = found.prefix(3).map(\.description).joined(separator: ", ")
    let out = link.addresses.map(\.description).joined(separator: ", ")
    return Refusal(
      .addressNotAllowed, field: .address, hop: .allowed, vendor: vendorSentence,
      message: Phrase(
        "The link does not let out to \(list), only to \(out).", "链路未放行 \(list)，仅放行 \(out)。"),
      mend: Phrase(
        "Add the address to the link's allowed IPs or its host names, or enter the address of the GitLab that the link is for.",
        "请将该地址加入链路的放行 IP 或主机名，或填写该链路对应的 GitLab 地址。"))
  }

  static func otherUser(typed: String, user: GitLabUser) -> Refusal {
    // No user name has an @ in it; GitLab may keep the address to itself.
    if typed.contains("@"), user.email.map({ $0.lowercased() == typed.lowercased() }) ?? true {
      return Refusal(
        .emailGiven, field: .username, hop: .user, vendor: vendorSentence,
        message: Phrase("This is the e-mail address, not the user name.", "这是邮箱地址，不是用户名。"),
        mend: Phrase("Enter the user name: \(user.username).", "请输入用户名：\(user.username)。"))
    }
    return Refusal(
      .otherUser, field: .username, hop: .user, vendor: vendorSentence,
      message: Phrase(
        "The token belongs to @\(user.username), not to “\(typed)”.", "该 Token 属于 @\(user.username)，而不是“\(typed)”。"),
      mend: Phrase(
        "Enter \(user.username) as the user name, or a token of \(typed).",
        "请将用户名改为 \(user.username)，或使用 \(typed) 的 Token。"))
  }

  static func blocked(_ user: GitLabUser) -> Refusal {
    Refusal(
      .blockedUser, field: .username, hop: .user, vendor: vendorSentence,
      message: Phrase(
        "GitLab says that @\(user.username) is \(user.state).", "GitLab 显示用户 @\(user.username) 的状态为 \(user.state)。"),
      mend: Phrase("Ask a GitLab administrator to unblock the user.", "请联系 GitLab 管理员解除封禁。"))
  }

  // MARK: Names and connections

  private static func name(_ failure: NameFailure) -> Refusal {
    let message =
      switch failure {
      case .unknownName:
        Phrase("This host's resolver does not know the name.", "本机解析器无法解析该域名。")
      case .resolverFailed(let words):
        Phrase("This host's resolver failed: \(words).", "本机解析失败：\(words)。")
      }
    return Refusal(
      .nameNotResolved, field: .address, hop: .name, vendor: vendorSentence, message: message,
      mend: Phrase(
        "Check the name, or give the link a host entry for it (NAME=IP).",
        "请检查域名，或在链路中为其添加主机名（NAME=IP）。"))
  }

  static func reach(_ failure: ReachFailure, at hop: Hop, _ networkType: NetworkType) -> Refusal {
    switch failure {
    case .refused:
      Refusal(
        .connectRefused, field: .address, hop: hop, vendor: vendorSentence,
        message: Phrase("The host answered, but nothing listens on this port.", "主机有响应，但该端口没有服务监听。"),
        mend: Phrase("Check the port in the address, and that GitLab runs.", "请检查地址中的端口，并确认 GitLab 正在运行。"))
    case .timedOut:
      Refusal(
        .connectTimedOut, field: .address, hop: hop, vendor: vendorSentence,
        message: Phrase("No answer within 5 seconds: something on the way drops it.", "5 秒内无响应：途中有设备丢弃了请求。"),
        mend: networkType == .intranet
          ? Phrase(
            "This host's way isn't a build's, which comes from 100.104.0.0/16: the path check tells of that one. From a host that can't reach it: save as draft.",
            "本机的路径不同于构建的路径（来自 100.104.0.0/16），后者请看路径检查。若本机本就不通，请保存为草稿。")
          : Phrase("Check the address and the firewall before GitLab.", "请检查地址以及 GitLab 前的防火墙。"))
    case .unreachable(let words):
      Refusal(
        .connectUnreachable, field: .address, hop: hop, vendor: vendorSentence,
        message: Phrase("There is no way to the host: \(words).", "无法到达主机：\(words)。"),
        mend: Phrase("Check routes and that this host is on the network; or save as draft.", "请检查路由及本机网络；或保存为草稿。"))
    }
  }

  private static func tls(_ failure: TLSFailure) -> Refusal {
    func refusal(_ code: Code, _ field: Field = .address, _ message: Phrase, _ mend: Phrase) -> Refusal {
      Refusal(code, field: field, hop: .tls, vendor: vendorSentence, message: message, mend: mend)
    }
    switch failure {
    case .unknownAuthority(let issuer, let selfSigned):
      return refusal(
        .tlsUnknownAuthority, .caFile,
        selfSigned
          ? Phrase("The certificate is self-signed.", "证书为自签名。")
          : Phrase("No known authority signed the certificate (issuer: \(issuer)).", "证书的签发机构不受信任（签发者：\(issuer)）。"),
        Phrase(
          "Give the CA's certificate as CA file; the vendor's console refuses such a certificate.",
          "请提供 CA 证书文件；注意厂商控制台不接受此类证书。"))
    case .wrongHost(let names):
      let list = names.prefix(4).joined(separator: ", ")
      return refusal(
        .tlsWrongHost, .address, Phrase("The certificate is for \(list).", "证书适用于 \(list)，与地址不符。"),
        Phrase("Use one of these names in the address.", "请在地址中使用证书中的名称。"))
    case .expired(let end):
      let day = String(Timestamp(seconds: end).description.prefix(10))
      return refusal(
        .tlsExpired, .address, Phrase("The certificate expired on \(day).", "证书已于 \(day) 过期。"),
        Phrase("Have GitLab's certificate renewed.", "请更新 GitLab 的证书。"))
    case .notYetValid(let start):
      let day = String(Timestamp(seconds: start).description.prefix(10))
      return refusal(
        .tlsNotYetValid, .address, Phrase("The certificate is valid from \(day) on.", "证书自 \(day) 起才有效。"),
        Phrase("Check this host's clock and GitLab's certificate.", "请检查本机时钟和 GitLab 证书。"))
    case .notTLS:
      return refusal(
        .tlsNotSpoken, .address, Phrase("What listens on this port does not speak TLS.", "该端口上的服务不支持 TLS。"),
        Phrase("Use http:// for this port, or the port of https.", "请对该端口使用 http://，或改用 https 端口。"))
    case .badGivenRoots(let words):
      return refusal(
        .invalidCaFile, .caFile, Phrase("The CA file can't be read: \(words).", "无法读取 CA 文件：\(words)。"),
        Phrase("Give a file with PEM certificates.", "请提供 PEM 格式的证书文件。"))
    case .other(let words):
      return refusal(
        .tlsFailed, .address, Phrase("The TLS handshake failed: \(words).", "TLS 握手失败：\(words)。"),
        Phrase("GitLab must offer TLS 1.2 or later without a client certificate.", "GitLab 须支持 TLS 1.2 及以上，且不要求客户端证书。"))
    }
  }
}
