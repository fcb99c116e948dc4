import SecureBuild

/// What a cluster must have for a build in it to be as closed as one here, and what stays different: for the page, and
/// above the manifests that are exported.
public struct ClusterRequirement: Sendable, Equatable {
  public let text: Phrase

  public static let all: [ClusterRequirement] = [
    ClusterRequirement(
      text: Phrase(
        "A network plugin that keeps NetworkPolicy, egress included (Calico, Cilium, Antrea, kube-router; on ACK: Terway with policies switched on). Flannel and kubenet alone keep none. The pod tries it out before each stage: where an address answers that no policy lets through, nothing is built.",
        "支持 NetworkPolicy（含出方向）的网络插件（Calico、Cilium、Antrea、kube-router；ACK 上为开启网络策略的 Terway）。仅有 Flannel 或 kubenet 时策略不生效。Pod 在每个阶段开始前会实际检验：只要有策略未放行的地址应答，就不会构建。"
      )),
    ClusterRequirement(
      text: Phrase(
        "Pods that reach GitLab's address, the link's other addresses and the registry: a policy lets through, it builds no way. Addresses behind NAT must be those that the pod sees.",
        "Pod 能够访问 GitLab 地址、链路的其它地址和镜像仓库：策略只负责放行，不提供通路。经过 NAT 的地址须为 Pod 所见的地址。")),
    ClusterRequirement(
      text: Phrase(
        "Nodes (kernel, AppArmor) that let an ordinary user make user namespaces, and a namespace whose pod security level isn't baseline or restricted.",
        "节点（内核、AppArmor）允许普通用户创建用户命名空间；所在命名空间的 Pod 安全级别不是 baseline 或 restricted。")),
    ClusterRequirement(
      text: Phrase(
        "Policies name addresses, not host names. The pod has no resolver: it knows the link's names and the registry's, as they are when the build starts.",
        "策略以 IP 地址而非主机名放行。Pod 没有域名解析：只认识链路与镜像仓库的主机名，地址以构建开始时为准。")),
    ClusterRequirement(
      text: Phrase(
        "Different from a build here: what was refused isn't counted (a policy keeps no record), the network of a stage is switched by the cluster (within seconds, and the pod waits until it sees it), traffic to the pod's own node may be let through by the plugin, each build starts without layers of earlier ones, imported archives can't be base images, and one platform a build.",
        "与本机构建的不同：被拒绝的连接不计数（策略不留记录）；各阶段的网络由集群切换（数秒内生效，Pod 会等到生效）；插件可能放行到 Pod 所在节点的流量；每次构建都不使用以往的层缓存；导入的归档不能作为基础镜像；每次构建一个平台。"
      )),
  ]

  static let mend = Phrase(
    "The cluster's network plugin must keep NetworkPolicy, egress included; see `acr-console build export kubernetes`. Nothing is built without.",
    "集群的网络插件必须支持 NetworkPolicy（含出方向），参见 `acr-console build export kubernetes`。否则不会构建。")
}
