/// The hops of a try at GitLab, in the order in which they are tried.
public enum Hop: String, Sendable, Codable, CaseIterable, Comparable {
  case address = "ADDRESS"
  case name = "NAME"
  case allowed = "ALLOWED"
  case connect = "CONNECT"
  case tls = "TLS"
  case api = "API"
  case token = "TOKEN"
  case scope = "SCOPE"
  case expiry = "EXPIRY"
  case user = "USER"

  public var title: Phrase {
    switch self {
    case .address: Phrase("Address", "地址")
    case .name: Phrase("Host name", "域名解析")
    case .allowed: Phrase("Allowed by the link", "链路放行")
    case .connect: Phrase("Connect", "连接")
    case .tls: Phrase("TLS", "TLS")
    case .api: Phrase("GitLab API", "GitLab API")
    case .token: Phrase("Token", "Token 有效性")
    case .scope: Phrase("Token scope", "Token 权限范围")
    case .expiry: Phrase("Token expiry", "Token 有效期")
    case .user: Phrase("User", "用户")
    }
  }

  /// Earlier is less.
  public static func < (a: Self, b: Self) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}
