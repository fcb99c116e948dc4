/// What passed, but should be known: on the row, in the dialog and in JSON as `Warnings`.
public enum Note: String, Sendable, Codable, CaseIterable {
  case plainHTTP = "PLAIN_HTTP"
  case onlyByCaFile = "ONLY_BY_CA_FILE"
  case portNotAccepted = "PORT_NOT_ACCEPTED"
  case expiresSoon = "TOKEN_EXPIRES_SOON"
  /// By this host's clock; the status changes only when GitLab itself says so.
  case pastExpiry = "TOKEN_PAST_EXPIRY"
  case botAccount = "BOT_ACCOUNT"
  case scopeNotChecked = "SCOPE_NOT_CHECKED"
  /// The link was edited since: what the try found on its way no longer holds.
  case linkChanged = "LINK_CHANGED_SINCE_TRY"

  public var text: Phrase {
    switch self {
    case .plainHTTP:
      Phrase("Over plain http the token travels in the clear.", "使用 http 时 Token 会以明文传输。")
    case .onlyByCaFile:
      Phrase(
        "Only the CA file makes the certificate valid: the vendor's console refuses self-signed HTTPS.",
        "证书仅凭所给 CA 文件才有效：厂商控制台不接受自签名 HTTPS。")
    case .portNotAccepted:
      Phrase(
        "The vendor's console does not accept this port for GitLab's webhook.", "厂商控制台不接受该端口（GitLab Webhook）。")
    case .expiresSoon: Phrase("The token expires in less than 30 days.", "Token 将在 30 天内过期。")
    case .pastExpiry:
      Phrase("The token's last day has passed: check again.", "Token 有效期已过，请重新检查。")
    case .botAccount:
      Phrase("The account is the bot of a project or group token.", "该账号是项目或群组 Token 的机器人账号。")
    case .scopeNotChecked:
      Phrase(
        "This GitLab does not tell a token's scope and expiry: they could not be checked.",
        "该 GitLab 不提供 Token 的权限范围和有效期，未能检查。")
    case .linkChanged:
      Phrase(
        "The link was edited since: it no longer leads to the address that was tried. Check again.",
        "链路此后已修改，不再通向当时测试的地址，请重新检查。")
    }
  }

  /// Whether it stands as a warning on the row for good, or is only said with the try.
  public var isWarning: Bool { self != .botAccount }
}
