import FlatFiles
import SecureBuild

/// A host of the training world as a trainee is told of it: where it is, and what it shows.
public struct TrainingHostFacts: Sendable, Equatable {
  public let name: String
  public let address: IPv4Address
  /// What to type as GitLab's address to see it.
  public let url: String
  /// Stable: `ecs`, `busy`, `lost` …
  public let shows: String
  public let meaning: Phrase
  /// What a try with a good token ends in there, as the world was made; nil where every hop passes.
  public let code: Code?
}

extension TrainingWorkspace {
  /// Every host of this workspace's world, the good ones first.
  /// - Throws: `Refusal` where this is no training workspace.
  public static func hosts(of header: WorkspaceHeader) throws(Refusal) -> [TrainingHostFacts] {
    let place = try TrainingPlace(header)
    return TrainingHost.all.map { host in
      let (shows, meaning, code) = host.role.lesson
      var url = "http://\(host.name)"
      if case .site(let site) = host.role { url = place.url(of: site) }
      return TrainingHostFacts(
        name: host.name, address: host.address, url: url, shows: shows, meaning: meaning, code: code)
    }
  }
}

extension TrainingHost.Role {
  fileprivate var lesson: (shows: String, meaning: Phrase, code: Code?) {
    switch self {
    case .site(let site): (site.rawValue, site.meaning, site.code)
    case .refusing:
      ("closed", Phrase("up, and nothing listens on any port", "主机在线，但没有端口在监听"), .connectRefused)
    }
  }
}

extension TrainingSite {
  fileprivate var meaning: Phrase {
    switch self {
    case .ecs: Phrase("a GitLab behind an ECS instance's IP", "通过 ECS 的 IP 访问的 GitLab")
    case .slb: Phrase("a GitLab behind an SLB, under the path /gitlab", "SLB 之后的 GitLab，位于路径 /gitlab")
    case .idc:
      Phrase(
        "a GitLab in a data centre; too old to tell a token's scope and expiry",
        "IDC 中的 GitLab；版本较旧，不提供 Token 的权限范围和有效期")
    case .v3: Phrase("a GitLab of API v3 alone", "仅支持 API v3 的 GitLab")
    case .wiki: Phrase("a wiki, no GitLab", "不是 GitLab，而是一个 Wiki")
    case .busy: Phrase("wants fewer requests (429)", "请求过多（429）")
    case .down: Phrase("down behind its proxy (502)", "代理之后的服务已停止（502）")
    case .moved: Phrase("redirects to another host", "重定向到其他主机")
    case .proxy: Phrase("a proxy that changes what GitLab answers", "代理改写了 GitLab 的响应")
    case .flood: Phrase("an answer that doesn't end", "响应没有结尾")
    case .slow: Phrase("takes the connection and never answers", "接受连接但从不响应")
    case .cut: Phrase("breaks the connection during the answer", "响应过程中断开连接")
    case .secure: Phrase("https by an authority that only the CA file knows", "https，证书机构仅 CA 文件认可")
    case .expired: Phrase("https with a certificate that has expired (with the CA file)", "https，证书已过期（使用 CA 文件时）")
    case .other: Phrase("https with a certificate for another name (with the CA file)", "https，证书属于其他名称（使用 CA 文件时）")
    case .lost:
      Phrase(
        "a GitLab whose security group lets in only half of the reverse access range: silent until that is mended",
        "安全组仅放行一半反向访问地址段的 GitLab：修正之前无响应")
    case .maven:
      Phrase(
        "a Maven repository whose security group keeps builds out: silent until that is mended",
        "安全组未放行构建流量的 Maven 仓库：修正之前无响应")
    }
  }

  fileprivate var code: Code? {
    switch self {
    case .ecs, .slb, .idc, .secure: nil
    case .v3: .apiV3Only
    case .wiki: .notGitLab
    case .busy: .rateLimited
    case .down: .serverError
    case .moved: .redirected
    case .proxy: .brokenAnswer
    case .flood: .endlessAnswer
    case .slow: .answerTimedOut
    case .cut: .connectionLost
    case .expired: .tlsExpired
    case .other: .tlsWrongHost
    case .lost, .maven: .connectTimedOut
    }
  }
}
