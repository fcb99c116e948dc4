import SecureBuild

extension ClusterBuild {
  /// The Job: a pod with a container for each stage, one after the other. It belongs to nobody; all else belongs to it,
  /// so that the cluster removes everything where nobody else does.
  /// - Parameter isSuspended: no pod is made before somebody says so.
  func job(isSuspended: Bool) -> ManifestNode {
    // A stage more than there are, for what lies between them.
    let seconds = settings.patience + plan.limits.stage * (stages.count + 1)
    var spec: ManifestNode = [
      "backoffLimit": 0, "completions": 1, "parallelism": 1, "activeDeadlineSeconds": .number(seconds),
      "ttlSecondsAfterFinished": 3600,
    ]
    if isSuspended { spec = spec.adding("suspend", true) }
    let first = stages.first?.rawValue ?? PodStage.clone.rawValue
    let labels = metadata["labels"]?.adding(ClusterNames.stageLabel, isFollowed ? .text(first) : nil)
    spec = spec.adding("template", ["metadata": ["labels": labels ?? [:]], "spec": pod])
    return ["apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": spec]
  }

  /// The token of GitLab and the registry's password. The pod reads them as files; they are in no argument and no
  /// environment of it.
  var secret: ManifestNode {
    let texts = [Self.tokenKey: plan.source.token.secret, Self.loginKey: registryLogin].compactMapValues(\.self)
    return [
      "apiVersion": "v1", "kind": "Secret", "metadata": metadata, "type": "Opaque",
      "data": .texts(texts.mapValues(Base64.encoded)),
    ]
  }

  var configuration: ManifestNode {
    ["apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": .texts(files)]
  }

  /// What the pod's network lets through: nothing, and for each stage its own addresses. Where nobody follows the build,
  /// and so nobody could switch, all stages' addresses together.
  var policies: [ManifestNode] {
    guard isConfined else { return [] }
    guard isFollowed else { return [policy(names.name, of: nil, lettingOutTo: allowedInAll)] }
    return [policy(names.name, of: nil, lettingOutTo: [])]
      + stages.map { policy(names.policy(of: $0), of: $0, lettingOutTo: allowed(in: $0)) }
  }

  private func policy(_ name: String, of stage: PodStage?, lettingOutTo endpoints: [AllowedEndpoint]) -> ManifestNode {
    let labels: ManifestNode = [ClusterNames.buildLabel: .text(names.label)]
    return [
      "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata(called: name),
      "spec": [
        "podSelector": [
          "matchLabels": labels.adding(ClusterNames.stageLabel, stage.map { .text($0.rawValue) })
        ],
        "policyTypes": ["Ingress", "Egress"], "ingress": [], "egress": .list(endpoints.map(Self.rule)),
      ],
    ]
  }

  private static func rule(_ endpoint: AllowedEndpoint) -> ManifestNode {
    let bits = if case .v4 = endpoint.ip { 32 } else { 128 }
    let rule: ManifestNode = ["to": [["ipBlock": ["cidr": .text("\(endpoint.ip)/\(bits)")]]]]
    return rule.adding("ports", endpoint.port.map { [["protocol": "TCP", "port": .number($0)]] })
  }

  private var metadata: ManifestNode { metadata(called: names.name) }

  private func metadata(called name: String) -> ManifestNode {
    let named: ManifestNode = ["name": .text(name)]
    return named.adding("namespace", settings.namespace.map { .text($0) })
      .adding(
        "labels", [ClusterNames.managerLabel: .text(ClusterNames.manager), ClusterNames.buildLabel: .text(names.label)])
  }

  static let tokenKey = "token"
  static let loginKey = "auth.json"
}

extension ManifestNode {
  /// The object as one that goes when its owner does.
  func owned(byJob name: String, _ uid: String) -> ManifestNode {
    guard case .map(let entries) = self else { return self }
    return .map(
      entries.map { entry in
        guard entry.key == "metadata" else { return entry }
        let owner: ManifestNode = ["apiVersion": "batch/v1", "kind": "Job", "name": .text(name), "uid": .text(uid)]
        return Entry(key: entry.key, value: entry.value.adding("ownerReferences", [owner]))
      })
  }
}
