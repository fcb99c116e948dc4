/// What an instance needs before its first secure build, in the vendor's order.
public struct Checklist: Sendable, Equatable {
  public let lines: [Line]

  public struct Line: Sendable, Equatable, Identifiable {
    public let id: Item
    public let title: Phrase
    public let state: State
    /// How a line is known, or the choice that it isn't needed by; nil where nothing is known, or written down.
    public let provenance: Provenance?
    /// Why it is in this state.
    public let why: Phrase
    /// What to do about a line that isn't met.
    public let mend: Phrase
    /// The place that meets it; nil where only the vendor's console, or GitLab's network, can.
    public let place: Place?

    public var known: Known? { provenance?.known }
    public var at: Timestamp? { provenance?.at }
    public var by: String? { provenance?.by }
    public var from: String? { provenance?.from }
  }

  /// Stable: scripts rely on the words.
  public enum Item: String, Sendable, CaseIterable {
    case instance = "INSTANCE_RUNNING"
    case gitLabPlace = "GITLAB_IN_REACH"
    case entrance = "GITLAB_LETS_IN"
    case network = "VSWITCH_CARRIES_MODE"
    case link = "LINK"
    case account = "ACCOUNT"
    case repository = "REPOSITORY"
    case buildRule = "BUILD_RULE"
    case firstBuild = "FIRST_BUILD"
    case pull = "IMAGE_CAN_BE_PULLED"

    public var title: Phrase {
      switch self {
      case .instance: Phrase("Enterprise instance, running", "企业版实例运行中")
      case .gitLabPlace: Phrase("GitLab in this VPC or a joined data centre", "GitLab 位于本地域专有网络或已打通的 IDC")
      case .entrance: Phrase("GitLab lets 100.104.0.0/16 in, and answers find back", "GitLab 放行 100.104.0.0/16 且回程可达")
      case .network: Phrase("VPC and vSwitch in a zone that carries the mode", "专有网络及支持该模式可用区的交换机")
      case .link: Phrase("Link", "链路")
      case .account: Phrase("GitLab account bound", "已绑定 GitLab 账号")
      case .repository: Phrase("Repository with this code source", "使用该代码源的镜像仓库")
      case .buildRule: Phrase("Build rule", "构建规则")
      case .firstBuild: Phrase("First build", "首次构建")
      case .pull: Phrase("Image can be pulled", "镜像可被拉取")
      }
    }
  }

  public enum State: String, Sendable, CaseIterable {
    case met = "MET"
    case unmet = "UNMET"
    case unknown = "UNKNOWN"
    /// By what was chosen, the first build doesn't need it.
    case notNeeded = "NOT_NEEDED"
  }

  /// The places of this program that can meet a line.
  public enum Place: String, Sendable, CaseIterable {
    case instances, networks, endpoints, links, codeSource, securityGroup, repositories, builds
  }
}
