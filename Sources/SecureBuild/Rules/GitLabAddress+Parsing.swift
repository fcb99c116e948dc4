extension GitLabAddress {
  /// Reads an address as a person types it and normalises it: scheme and host in lower case, the scheme's own port
  /// left out, slashes at the end, `/users/sign_in` and `/api/v4` dropped.
  /// - Throws: `Refusal` at the field `Address` for anything that isn't the address of a site.
  public init(parsing typed: String) throws(Refusal) {
    let text = typed.trimmed
    guard !text.isEmpty else { throw Refusal.missing(.address, example: "https://gitlab.example.com") }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { throw Self.refusal(.notAnAddress) }
    guard let mark = text.firstRange(of: "://") else { throw Self.refusal(.noScheme) }
    guard let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased()) else { throw Self.refusal(.otherScheme) }
    var rest = text[mark.upperBound...]
    if rest.contains(where: { $0 == "?" || $0 == "#" }) { throw Self.refusal(.queryGiven) }
    var path = ""
    if let slash = rest.firstIndex(of: "/") {
      path = String(rest[slash...])
      rest = rest[..<slash]
    }
    if rest.contains("@") { throw Self.refusal(.credentialsGiven) }
    let (host, port) = try Self.hostAndPort(rest)
    self.init(scheme: scheme, host: host, port: port ?? scheme.defaultPort, path: try Self.sitePath(path))
  }

  private static func hostAndPort(_ text: Substring) throws(Refusal) -> (String, Int?) {
    guard text.hasPrefix("[") else {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let host = parts.first, HostName.isValid(host) || IPv4Address(host) != nil else { throw refusal(.badHost) }
      return (host.lowercased(), parts.count > 1 ? try port(parts[1]) : nil)
    }
    guard let end = text.firstIndex(of: "]"), case .v6(let host) = IPAddress(text[..<end].dropFirst()) else {
      throw refusal(.badHost)
    }
    let after = text[end...].dropFirst()
    guard after.isEmpty || after.first == ":" else { throw refusal(.notAnAddress) }
    return (host, after.isEmpty ? nil : try port(after.dropFirst()))
  }

  private static func port(_ text: Substring) throws(Refusal) -> Int {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let port = Int(text), (1...65535).contains(port) else {
      throw refusal(.badPort)
    }
    return port
  }

  private static func sitePath(_ path: String) throws(Refusal) -> String {
    var parts = path.split(separator: "/")
    if parts.last?.hasSuffix(".git") == true || parts.contains("-") { throw refusal(.repositoryGiven) }
    if parts.suffix(2) == ["users", "sign_in"] { parts.removeLast(2) }
    if parts.count >= 2, parts[parts.count - 2] == "api", ["v3", "v4"].contains(parts[parts.count - 1]) {
      parts.removeLast(2)
    }
    guard parts.allSatisfy({ part in part != ".." && part != "." && part.allSatisfy(Self.isPathCharacter) }) else {
      throw refusal(.notAnAddress)
    }
    return parts.map { "/" + $0 }.joined()
  }

  private static func isPathCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-._~%+".contains(character))
  }

  private enum Wrong {
    case notAnAddress, noScheme, otherScheme, queryGiven, credentialsGiven, badHost, badPort, repositoryGiven
  }

  private static func refusal(_ wrong: Wrong) -> Refusal {
    let message =
      switch wrong {
      case .notAnAddress: Phrase("This is not the address of a site.", "这不是一个站点地址。")
      case .noScheme: Phrase("The address needs http:// or https:// in front.", "地址需要以 http:// 或 https:// 开头。")
      case .otherScheme: Phrase("Only http and https addresses can be bound.", "只能绑定 http 或 https 地址。")
      case .queryGiven: Phrase("The address has a query or a fragment in it.", "地址中含有查询参数或片段。")
      case .credentialsGiven:
        Phrase("The address has a user or password in it; they have fields of their own.", "地址中含有用户名或密码，它们有各自的字段。")
      case .badHost: Phrase("The host name in the address is not a legal one.", "地址中的主机名不合法。")
      case .badPort: Phrase("The port is not a number from 1 to 65535.", "端口不是 1 到 65535 之间的数字。")
      case .repositoryGiven: Phrase("This is the address of a repository.", "这是代码仓库的地址。")
      }
    return Refusal(
      .invalidAddress, field: .address, hop: .address, message: message,
      mend: Phrase(
        "Enter the address of GitLab's sign-in page, such as https://gitlab.example.com.",
        "请输入 GitLab 登录页的地址，例如 https://gitlab.example.com。"))
  }
}
