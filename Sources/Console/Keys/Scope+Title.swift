import SecureBuild

extension Scope {
  /// What sentences call it; nil for what nobody goes to for an action's sake.
  var title: Phrase? {
    switch self {
    case .instances: Phrase("Instances", "实例列表")
    case .networks: Phrase("VPC networks", "专有网络")
    case .inventory: Phrase("the networks' other resources", "其他网络资源")
    case .overview: Phrase("Overview", "概览")
    case .codeSource: Phrase("Code Source", "代码源")
    case .securityGroup: Phrase("Managed security group", "托管安全组")
    case .activity: Phrase("Activity", "操作记录")
    case .workspace: Phrase("Workspace", "工作区")
    case .lessons: Phrase("Lessons", "课程")
    case .repositories: Phrase("Repositories", "镜像仓库")
    case .repository: Phrase("a repository", "仓库详情")
    case .builds: Phrase("Build records", "构建记录")
    case .build: Phrase("a build", "构建详情")
    case .links: Phrase("Link management", "链路管理")
    case .form: Phrase("forms", "表单")
    case .check: Phrase("a check of GitLab", "GitLab 检查")
    case .path: Phrase("a path", "路径")
    case .runBook: Phrase("a run-book", "操作手册")
    case .rule: Phrase("a build rule", "构建规则")
    case .cluster: Phrase("building in a cluster", "集群构建")
    case .noWorkspace, .confirm, .choice, .search, .help, .navigation: nil
    }
  }

  /// What leads there from everywhere.
  var way: Command? {
    switch self {
    case .instances: .goInstances
    case .networks: .goNetworks
    case .overview: .goOverview
    case .codeSource: .goCodeSource
    case .securityGroup: .goSecurityGroup
    case .activity: .goActivity
    case .workspace: .goWorkspace
    case .lessons: .goLessons
    case .repositories: .goRepositories
    case .builds: .goBuilds
    case .links: .links
    default: nil
    }
  }
}
