import SecureBuild

/// Somebody who signs in to the training GitLabs, the same on each.
public struct TrainingPerson: Sendable, Equatable {
  public let username: String
  public let name: String
  public let isBlocked: Bool
  /// The user of a project's token.
  public let isBot: Bool

  public static let all = TrainingUser.allCases.map { user in
    TrainingPerson(username: user.username, name: user.name, isBlocked: user == .blocked, isBot: user == .bot)
  }
}

extension TrainingToken {
  /// The user name to try it with: a token of somebody else shows itself only with another's name.
  public var tryAs: String { purpose == .otherUser ? TrainingUser.dev.username : username }
}

extension TrainingToken.Purpose {
  /// What a try with such a token ends in, where nothing else is wrong; nil where every hop passes.
  public var code: Code? {
    switch self {
    case .good, .expiresSoon, .bot: nil
    case .expired: .tokenExpired
    case .revoked: .tokenRevoked
    case .smallScope: .tokenScope
    case .blockedUser: .blockedUser
    case .otherUser: .otherUser
    case .deleted: .tokenUnauthorized
    }
  }
}
