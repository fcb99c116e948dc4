import FoundationEssentials
import SecureBuild

extension Answer {
  /// What it says is wrong, by its status first; nil for the one that says it is done.
  var failure: GitLabFailure? {
    let notGitLab = GitLabFailure.notGitLab(status: status, contentType: mediaType)
    switch status {
    case method.doneStatus: return nil
    case 300..<400:
      guard let target = location.flatMap({ Redirection($0, from: asked) }) else { return notGitLab }
      return .redirected(to: PlainWords.plain(target.origin, hiding: token), otherHost: target.isOtherHost)
    case 401: return isJSON ? unauthorized : notGitLab
    case 403: return forbidden
    case 404: return complaint?.missing.map(GitLabFailure.missing) ?? .notFound(byGitLab: complaint != nil)
    case 422 where complaint != nil: return .forbidden(PlainWords.plain(complaint?.words ?? "", hiding: token))
    case 429: return .rateLimited(retryAfter: retryAfter.flatMap { RetryAfter.seconds($0, now: Date()) })
    case 500...: return .serverError(status: status)
    default: return notGitLab
    }
  }

  private var unauthorized: GitLabFailure {
    guard let complaint, complaint.error == "invalid_token" else { return .unauthorized }
    let words = complaint.description.lowercased()
    if words.contains("revoked") { return .revoked }
    if words.contains("expired") { return .expired }
    return .unauthorized
  }

  private var forbidden: GitLabFailure {
    guard let complaint else {
      let words =
        mediaType == "text/plain" ? PlainWords.plain(String(decoding: body, as: UTF8.self), hiding: token) : ""
      return .forbidden(words.isEmpty ? statusLine : words)
    }
    if complaint.error.hasPrefix("insufficient_"), complaint.error.hasSuffix("scope") {
      return .insufficientScope(needed: complaint.scopes.map { PlainWords.plain($0, hiding: token) })
    }
    let words = complaint.words.lowercased()
    let aboutUser = words.contains("account") || words.contains("user")
    if aboutUser && ["blocked", "deactivated", "banned"].contains(where: words.contains) { return .blocked }
    let shown = PlainWords.plain(complaint.words, hiding: token)
    return .forbidden(shown.isEmpty ? statusLine : shown)
  }

  /// GitLab's words on what is wrong; nil where it isn't JSON that has any.
  private var complaint: Complaint? {
    guard isJSON, let complaint = try? JSONDecoder().decode(Complaint.self, from: Data(body)) else { return nil }
    return complaint.words.isEmpty ? nil : complaint
  }
}
