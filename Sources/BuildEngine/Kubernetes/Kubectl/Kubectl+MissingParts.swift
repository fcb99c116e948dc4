import SecureBuild

extension Kubectl {
  /// What stands in the way of a build in the cluster, found by asking it: whether it answers, and whether its user may do
  /// there what a build does.
  func missingParts() async -> [MissingPart] {
    do {
      let namespace = try await namespace()
      let answers = try await create(ClusterRight.all.map { $0.review(in: namespace) })
      let lacking = zip(ClusterRight.all, answers).filter { $1["status"]?["allowed"] != .flag(true) }.map(\.0)
      return lacking.isEmpty ? [] : [.rights(lacking, in: namespace)]
    } catch let fault as KubectlFault {
      return [.cluster(fault)]
    } catch {
      return [.cluster(.failed("\(error)"))]
    }
  }

  /// The namespace that is meant where none is set.
  private func namespace() async throws -> String {
    if let namespace = settings.namespace { return namespace }
    let answer = try await ask(["config", "view", "--minify", "--output=jsonpath={..namespace}"])
    let name = PlainLine.of(String(decoding: answer, as: UTF8.self))
    return name.isEmpty ? "default" : name
  }
}

extension MissingPart {
  static let kubectl = MissingPart(
    name: "kubectl", why: Phrase("This machine has no kubectl.", "本机没有 kubectl。"),
    mend: Phrase(
      "On Debian: `apt-get install kubernetes-client`; then a kubeconfig for the cluster.",
      "在 Debian 上：`apt-get install kubernetes-client`；然后准备集群的 kubeconfig。"))

  static func cluster(_ fault: KubectlFault) -> MissingPart {
    MissingPart(
      name: "Kubernetes", why: Phrase("The cluster doesn't answer: \(fault.words)", "集群没有应答：\(fault.words)"),
      mend: Phrase(
        "Make `kubectl get pods` work from here: builds go to the context and namespace that it means (`kubectl config use-context`, `kubectl config set-context --current --namespace=…`).",
        "请先让本机的 `kubectl get pods` 可用：构建使用其当前的 context 与 namespace（`kubectl config use-context`、`kubectl config set-context --current --namespace=…`）。"
      ))
  }

  static func rights(_ rights: [ClusterRight], in namespace: String) -> MissingPart {
    let list = rights.map { "\($0.verb) \($0.thing)" }
    return MissingPart(
      name: "Kubernetes RBAC",
      why: Phrase(
        "In the namespace \(namespace) you may not: \(list.joined(separator: ", ")).",
        "在命名空间 \(namespace) 中缺少权限：\(list.joined(separator: "、"))。"),
      mend: Phrase(
        "Ask for a role there that may \(ClusterRight.sentence.en).", "请申请该命名空间中的角色，需要以下权限：\(ClusterRight.sentence.zh)。"
      ))
  }
}
