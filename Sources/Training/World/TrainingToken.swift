import SecureBuild

/// A token that a training world gives out, and what it is good for.
public struct TrainingToken: Sendable, Equatable {
  /// The host name of the GitLab that gave it out.
  public let host: String
  /// The user that it belongs to.
  public let username: String
  public let purpose: Purpose
  public let token: Token

  /// What becomes of a try with it.
  public enum Purpose: String, Sendable, CaseIterable {
    case good, expiresSoon, bot, expired, revoked, smallScope, blockedUser, otherUser, deleted

    public var title: Phrase {
      switch self {
      case .good: Phrase("works", "可用")
      case .expiresSoon: Phrase("works, expires in under 30 days", "可用，30 天内过期")
      case .bot: Phrase("works, a project token's bot", "可用，项目 Token 的机器人")
      case .expired: Phrase("expired", "已过期")
      case .revoked: Phrase("revoked", "已吊销")
      case .smallScope: Phrase("of too small a scope", "权限范围不足")
      case .blockedUser: Phrase("of a blocked user", "用户已被封禁")
      case .otherUser: Phrase("of another user", "属于其他用户")
      case .deleted: Phrase("deleted in GitLab", "已在 GitLab 中删除")
      }
    }
  }

  /// All that the world of this workspace gives out. They follow from the workspace's id: no other world knows them.
  static func all(of workspace: String) -> [TrainingToken] {
    Purpose.allCases.map { token(at: .ecs, $0, of: workspace) }
      + [token(at: .slb, .good, of: workspace), token(at: .slb, .expiresSoon, of: workspace)]
      + [token(at: .idc, .good, of: workspace)]
  }

  /// - Parameter site: where it is used: what gave it out may be another (`TrainingSite.issuer`).
  static func token(at site: TrainingSite, _ purpose: Purpose, of workspace: String) -> TrainingToken {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    let site = site.issuer
    var derivation = Derivation(from: "\(workspace)/token/\(site.rawValue)/\(purpose.rawValue)")
    guard let token = Token("glpat-" + derivation.text(20, of: alphabet)) else {
      preconditionFailure("a token of the training world is none")
    }
    return TrainingToken(
      host: TrainingHost.having(site).name, username: purpose.user.username, purpose: purpose, token: token)
  }
}

/// The people of the training GitLabs, the same on each.
enum TrainingUser: Int, Sendable, CaseIterable {
  case root = 1
  case dev, qa, blocked, bot

  var username: String {
    switch self {
    case .root: "root"
    case .dev: "dev"
    case .qa: "zhou.min"
    case .blocked: "sun.qiang"
    case .bot: "project_100_bot_4f1c2a"
    }
  }

  var name: String {
    switch self {
    case .root: "Administrator"
    case .dev: "林浩"
    case .qa: "周敏"
    case .blocked: "孙强"
    case .bot: "image-build"
    }
  }
}

extension TrainingToken.Purpose {
  var user: TrainingUser {
    switch self {
    case .blockedUser: .blocked
    case .otherUser: .qa
    case .bot: .bot
    case .good, .expiresSoon, .expired, .revoked, .smallScope, .deleted: .dev
    }
  }
}
