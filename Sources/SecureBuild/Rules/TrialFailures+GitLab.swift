extension TrialFailures {
  static func gitLab(
    _ failure: GitLabFailure, at hop: Hop, of address: GitLabAddress, _ networkType: NetworkType
  ) -> Refusal {
    switch failure {
    case .unauthorized, .revoked, .expired, .insufficientScope, .blocked, .forbidden: token(failure, at: hop)
    case .redirected(let to, let otherHost): redirected(to, otherHost: otherHost, at: hop, of: address)
    case .notGitLab, .notFound, .missing: place(failure, at: hop, networkType)
    default: answer(failure, at: hop, networkType)
    }
  }

  /// The token or its user is at fault.
  private static func token(_ failure: GitLabFailure, at hop: Hop) -> Refusal {
    func refusal(_ code: Code, at field: Field = .token, _ hop: Hop, _ message: Phrase, _ mend: Phrase) -> Refusal {
      Refusal(code, field: field, hop: hop, vendor: vendorSentence, message: message, mend: mend)
    }
    let create = Phrase(
      "Create a token with the scope api in GitLab: Preferences → Access tokens.",
      "请在 GitLab 的“偏好设置 → 访问令牌”中创建带 api 权限的 Token。")
    switch failure {
    case .revoked:
      return refusal(.tokenRevoked, .token, Phrase("The token was revoked.", "Token 已被撤销。"), create)
    case .expired:
      return refusal(.tokenExpired, .expiry, Phrase("The token has expired.", "Token 已过期。"), create)
    case .insufficientScope(let needed):
      let list = (needed.isEmpty ? ["api"] : needed).joined(separator: ", ")
      return refusal(
        .tokenScope, .scope, Phrase("The token's scope is too small: \(list) is needed.", "Token 权限范围不足：需要 \(list)。"),
        create)
    case .blocked:
      return refusal(
        .blockedUser, at: .username, .user,
        Phrase("GitLab says that the token's user is blocked.", "GitLab 显示该 Token 的用户已被封禁。"),
        Phrase("Ask a GitLab administrator to unblock the user.", "请联系 GitLab 管理员解除封禁。"))
    case .forbidden(let words):
      return refusal(
        .forbidden, hop, Phrase("GitLab forbids it: \(words)", "GitLab 拒绝访问：\(words)"),
        Phrase(
          "Sign in to GitLab in a browser and see what it asks of the user (terms, two factors).",
          "请在浏览器登录 GitLab，查看其要求（条款、双因素认证等）。"))
    default:
      return refusal(
        .tokenUnauthorized, .token, Phrase("GitLab does not know this token (401).", "GitLab 不认可该 Token（401）。"),
        Phrase(
          "Paste the whole token again, or create a new one with the scope api.", "请重新粘贴完整 Token，或新建带 api 权限的 Token。"))
    }
  }

  /// What answers at the address is not the GitLab that was meant.
  private static func place(_ failure: GitLabFailure, at hop: Hop, _ networkType: NetworkType) -> Refusal {
    func refusal(_ code: Code, _ message: Phrase, _ mend: Phrase) -> Refusal {
      Refusal(code, field: .address, hop: hop, vendor: vendorSentence, message: message, mend: mend)
    }
    switch failure {
    case .notFound, .missing:
      return refusal(
        .notFound, Phrase("There is no GitLab API under this path (404).", "该路径下没有 GitLab API（404）。"),
        Phrase(
          "Check the path of the address: GitLab may stand at the root, or under a path such as /gitlab.",
          "请检查地址中的路径：GitLab 可能位于根路径，或 /gitlab 之类的子路径。"))
    case .notGitLab(0, _):
      return refusal(
        .notGitLab, Phrase("What answers there does not speak HTTP.", "响应的不是 HTTP 服务。"),
        Phrase("Check the port in the address: another service listens there.", "请检查地址中的端口：监听该端口的是其他服务。"))
    case .notGitLab(let status, let type):
      let what = type.isEmpty ? "\(status)" : "\(status), \(type)"
      return refusal(
        .notGitLab, Phrase("What answers there is not GitLab's API (\(what)).", "响应的不是 GitLab API（\(what)）。"),
        Phrase("Enter the address of GitLab's sign-in page.", "请输入 GitLab 登录页的地址。"))
    default: return answer(failure, at: hop, networkType)
    }
  }

  /// - Parameter to: scheme, host and port, no further.
  private static func redirected(_ to: String, otherHost: Bool, at hop: Hop, of address: GitLabAddress) -> Refusal {
    func refusal(_ message: Phrase, _ mend: Phrase) -> Refusal {
      Refusal(.redirected, field: .address, hop: hop, vendor: vendorSentence, message: message, mend: mend)
    }
    let origin = "\(address.scheme.rawValue)://\(address.authority)"
    if to == origin {
      // What was typed is no mend.
      return refusal(
        Phrase(
          "It redirects the API to another page of the same site: GitLab stands under another path, or a sign-in portal stands in front of it.",
          "站点将 API 重定向到本站的其他页面：GitLab 位于其他路径下，或其前面有登录门户。"),
        Phrase(
          "Open it in a browser and enter the address up to GitLab's own path, such as \(origin)/gitlab; a portal must let /api/v4 through.",
          "请在浏览器中打开，并输入包含 GitLab 路径的地址，例如 \(origin)/gitlab；若有登录门户，须放行 /api/v4。"))
    }
    let target = otherHost ? to : to + address.path
    return refusal(
      otherHost
        ? Phrase("It redirects to another host, \(to); the token was not sent there.", "站点重定向到其他主机 \(to)；Token 未发往该处。")
        : Phrase("It redirects to \(to).", "站点重定向到 \(to)。"),
      Phrase("If that is the GitLab you mean, enter \(target) as the address.", "如果那才是目标 GitLab，请将地址改为 \(target)。"))
  }

  /// It is a GitLab, or the way to one, that fails now.
  private static func answer(_ failure: GitLabFailure, at hop: Hop, _ networkType: NetworkType) -> Refusal {
    func refusal(_ code: Code, _ message: Phrase, _ mend: Phrase) -> Refusal {
      Refusal(code, field: .address, hop: hop, vendor: vendorSentence, message: message, mend: mend)
    }
    let later = Phrase("Try again later, or ask who runs this GitLab.", "请稍后重试，或联系 GitLab 管理员。")
    switch failure {
    case .rateLimited(let seconds):
      let wait = seconds.map { Phrase("\($0) seconds", " \($0) 秒") } ?? Phrase("a minute", "一分钟")
      return refusal(
        .rateLimited, Phrase("GitLab wants fewer requests (429).", "GitLab 请求过于频繁（429）。"),
        Phrase("Try again in \(wait.en).", "请在\(wait.zh)后重试。"))
    case .serverError(let status):
      return refusal(.serverError, Phrase("GitLab answers with \(status).", "GitLab 返回 \(status)。"), later)
    case .broken(let resource):
      return refusal(
        .brokenAnswer, Phrase("The answer for \(resource) can't be read.", "无法解析 \(resource) 的响应。"),
        Phrase("Something between may change answers: a proxy, a sign-in portal.", "途中可能有代理或登录门户改写了响应。"))
    case .endless:
      return refusal(
        .endlessAnswer, Phrase("The answer does not end; it was cut off.", "响应过大或没有结束，已中断。"),
        Phrase("Enter the address of GitLab's sign-in page.", "请输入 GitLab 登录页的地址。"))
    case .connectionLost:
      return refusal(.connectionLost, Phrase("The connection broke during the answer.", "响应过程中连接中断。"), later)
    case .timedOut:
      return refusal(.answerTimedOut, Phrase("Connected, but no answer in time.", "已连接，但未及时响应。"), later)
    case .connect(let failure):
      return reach(failure, at: hop, networkType)
    case .tls:
      return refusal(
        .tlsFailed, Phrase("The TLS handshake failed.", "TLS 握手失败。"), later)
    default: return refusal(.fault, Phrase("An unexpected answer.", "意外的响应。"), later)
    }
  }
}
