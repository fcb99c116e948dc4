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
    default:
      Phrase(
        "\(name) is bound by OAuth: the vendor's console sends your browser to \(name) and back. A terminal can't do that.",
        "\(name) 通过 OAuth 授权绑定：厂商控制台会在浏览器中跳转到 \(name) 再返回，终端无法完成。")
    }
  }
}
