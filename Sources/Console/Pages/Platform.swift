import SecureBuild

/// The code sources that the vendor's console lists for an Enterprise instance.
enum Platform: CaseIterable {
  case gitLab, codeup, gitHub, gitee, bitbucket

  var name: String {
    switch self {
    case .gitLab: "GitLab"
    case .codeup: "Codeup"
    case .gitHub: "GitHub"
    case .gitee: "Gitee"
    case .bitbucket: "Bitbucket"
    }
  }

  var signIn: Phrase {
    switch self {
    case .gitLab: Phrase("private access token", "私有访问令牌")
    case .codeup: Phrase("access token", "访问令牌")
    default: Phrase("OAuth", "OAuth 授权")
    }
  }

  /// Why it can't be bound from a terminal.
  var why: Phrase {
    switch self {
    case .gitLab: Phrase("", "")
    case .codeup:
      Phrase(
        "Codeup is bound in the vendor's console with an access token; it needs no link, so there is nothing to rehearse here.",
        "Codeup 在厂商控制台用访问令牌绑定，不需要链路，因此这里没有可演练的内容。")
    case .gitHub, .gitee, .bitbucket:
      Phrase(
        "\(name) is bound by OAuth: the vendor's console sends your browser to \(name) and back. A terminal can't do that.",
        "\(name) 通过 OAuth 授权绑定：厂商控制台会在浏览器中跳转到 \(name) 再返回，终端无法完成。")
    }
  }

  /// What binding it takes, in the vendor's console: what to have at hand, and what to do there.
  var takes: [Phrase] {
    let way = Phrase(
      "There: Repositories › Code Source › \(name) › Bind Account.", "操作入口：仓库管理 › 代码源 › \(name) › 绑定账号。")
    switch self {
    case .gitLab: return []
    case .codeup:
      return [
        Phrase("It takes a Codeup access token.", "需要 Codeup 访问令牌。"), way,
        Phrase(
          "See that a commit starts a build: Codeup's once didn't.", "绑定后请确认代码提交会触发构建：Codeup 曾不支持。"),
      ]
    case .gitHub, .gitee, .bitbucket:
      let edition = Phrase("Its personal edition alone can be bound.", "仅支持个人版。")
      return [
        Phrase(
          "It takes an account there, and a browser signed in to it: no token is typed in.",
          "需要该平台的账号，并在浏览器中登录：无需填写令牌。"), way,
      ] + (self == .gitHub ? [edition] : [])
    }
  }
}
