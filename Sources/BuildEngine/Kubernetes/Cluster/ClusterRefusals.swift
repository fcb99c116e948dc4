import SecureBuild

/// What can't be given to a cluster, said before anything is.
enum ClusterRefusals {
  static let layout = BuildFailure(
    .invalidRegistry, in: .prepare,
    message: Phrase(
      "The instance's images go to a folder of this machine, which a cluster doesn't reach.",
      "该实例的镜像存放在本机目录中，集群无法访问。"),
    mend: Phrase(
      "Name a registry that the cluster reaches: `acr-console registry set --instance ID --address HOST[:PORT]`.",
      "请指定集群可以访问的镜像仓库：`acr-console registry set --instance ID --address HOST[:PORT]`。"))

  static let training = BuildFailure(
    .ownOnly, in: .prepare,
    message: Phrase(
      "The training GitLab answers on this machine alone: no cluster reaches it.", "演练用的 GitLab 只在本机应答，集群无法访问。"),
    mend: Phrase("Build here: leave `--engine kubernetes` out.", "请在本机构建：不要使用 `--engine kubernetes`。"))

  static let controls = BuildFailure(
    .invalidBuildArg, in: .prepare,
    message: Phrase(
      "A build argument or the Dockerfile's place has a line break or a control character in it.",
      "构建参数或 Dockerfile 位置中含有换行或控制字符。"),
    mend: Phrase("Write the rule without such.", "请修改构建规则，去掉这些字符。"))

  static func platforms(_ platforms: [BuildPlatform]) -> BuildFailure {
    let names = platforms.map(\.rawValue).joined(separator: ", ")
    return BuildFailure(
      .platformUnsupported, in: .prepare,
      message: Phrase(
        "A cluster builds for one platform at a time, on nodes that are of it; the rule has \(names).",
        "集群每次只为一个平台构建，并使用该平台的节点；该规则包含 \(names)。"),
      mend: Phrase("Make a rule for each platform.", "请为每个平台分别创建构建规则。"))
  }

  static func dockerfile(_ problem: DockerfileProblem, of rule: BuildRule) -> BuildFailure {
    BuildFailure(
      problem.kind == .lacking ? .dockerfileUnsupported : .invalidDockerfile, in: .prepare,
      message: problem.located(in: rule.dockerfilePath), mend: problem.mend)
  }

  static func archive(_ image: BaseImage) -> BuildFailure {
    BuildFailure(
      .baseImageMissing, in: .prepare,
      message: Phrase(
        "The base image \(image.name) is an archive in this workspace, which a cluster doesn't reach.",
        "基础镜像 \(image.name) 是本工作区中的归档，集群无法访问。"),
      mend: Phrase(
        "Push it to the instance's registry, or name a mirror that has it: `acr-console registry set --mirror`.",
        "请将其推送到实例的镜像仓库，或指定拥有它的镜像源：`acr-console registry set --mirror`。"))
  }

  static func name(_ host: String, _ failure: NameFailure, in stage: BuildStage) -> BuildFailure {
    let words = if case .resolverFailed(let words) = failure { ": \(words)" } else { "" }
    return BuildFailure(
      .nameNotResolved, in: stage,
      message: Phrase(
        "The registry's host \(host) has no address that this machine knows\(words).", "本机无法解析镜像仓库主机 \(host)\(words)。"),
      mend: Phrase(
        "Give its address: `acr-console registry set --host \(host)=IP`.",
        "请指定其地址：`acr-console registry set --host \(host)=IP`。"))
  }

  static func source(_ failure: GitLabFailure, of plan: BuildPlan) -> BuildFailure {
    let (project, ref) = (plan.source.project, plan.request.ref)
    let code: Code
    let message: Phrase
    switch failure {
    case .missing(.file):
      code = .dockerfileMissing
      let path = plan.request.rule.dockerfileLocation + "/" + plan.request.rule.dockerfileName
      message = Phrase("There is no \(path) in \(project) at \(ref).", "\(project) 的 \(ref) 中没有 \(path)。")
    case .missing(.branch), .missing(.tag), .missing(.commit):
      code = .noSuchRef
      message = Phrase("There is no \(ref) in \(project).", "\(project) 中没有 \(ref)。")
    case .missing:
      code = .noSuchProject
      message = Phrase("GitLab shows no project \(project) to this token.", "GitLab 未向该 Token 展示项目 \(project)。")
    case .unauthorized, .revoked, .expired, .insufficientScope, .blocked, .forbidden:
      code = .cloneFailed
      message = Phrase("GitLab doesn't take the token any more.", "GitLab 不再接受该 Token。")
    case .connect, .timedOut, .connectionLost, .serverError, .rateLimited:
      code = .cloneFailed
      message = Phrase("GitLab couldn't be reached from this machine.", "本机无法访问 GitLab。")
    default:
      code = .cloneFailed
      message = Phrase("What answers at GitLab's address doesn't answer as GitLab does.", "该地址的应答与 GitLab 不符。")
    }
    return BuildFailure(
      code, in: .prepare, message: message,
      mend: Phrase(
        "Check the rule and the binding: `acr-console gitlab check` says hop by hop what is wrong.",
        "请检查构建规则与绑定：`acr-console gitlab check` 会逐跳说明问题。"))
  }
}
