import SecureBuild

/// What a person can set about builds in a cluster, by their names in the table `[kubernetes]`.
public enum ClusterSettingName: String, Sendable, CaseIterable {
  case context
  case namespace
  case image
  case nodeSelector = "node_selector"
  case seccompProfile = "seccomp_profile"
  case userNamespaces = "user_namespaces"
  case patience = "patience_seconds"

  /// What it does.
  public var meaning: Phrase {
    switch self {
    case .context:
      Phrase("The context of your kubeconfig that builds go to.", "构建使用的 kubeconfig 上下文（context）。")
    case .namespace: Phrase("The cluster's namespace that builds are made in.", "在集群的哪个命名空间中构建。")
    case .image:
      Phrase(
        "What the pod of a build runs: an image with bash, git and buildah.", "构建 Pod 运行的镜像，须包含 bash、git 和 buildah。")
    case .nodeSelector:
      Phrase("Labels that a node must have, beside the platform's own.", "除架构标签外，节点还须具有的标签。")
    case .seccompProfile:
      Phrase(
        "A seccomp profile on the nodes that lets user namespaces be made; without one the containers that need them run with none.",
        "节点上允许创建用户命名空间的 seccomp 配置；未设置时，相关容器不使用 seccomp。")
    case .userNamespaces:
      Phrase(
        "Whether the pod has a user namespace of its own, which the cluster's runtime must know.",
        "Pod 是否使用独立的用户命名空间，需要集群运行时支持。")
    case .patience: Phrase("How long a pod may take to start, seconds.", "Pod 启动的最长等待时间（秒）。")
    }
  }

  /// What it may be.
  public var values: Phrase {
    switch self {
    case .context: Phrase("a context's name in quotes", "带引号的 context 名称")
    case .namespace:
      Phrase(
        "a namespace's name in quotes: small letters, digits and -, at most 63", "带引号的命名空间名称：小写字母、数字和 -，最多 63 个字符")
    case .image: Phrase("an image's name in quotes, without blanks", "带引号的镜像名称，不含空格")
    case .nodeSelector: Phrase("a list of \"LABEL=VALUE\"", "\"标签=值\" 的列表")
    case .seccompProfile:
      Phrase(
        "a file's path in quotes, below the kubelet's folder of profiles", "带引号的文件路径，相对于 kubelet 的 seccomp 目录")
    case .userNamespaces: Phrase("true or false", "true 或 false")
    case .patience: SettingName.values(Self.patienceRange)
    }
  }

  static let patienceRange = 10...86_400
}
