import SecureBuild

/// A build's manifests as a person reads and applies them: what the cluster must have, how the secret is made, then the
/// objects in the order in which they are needed. No secret is in it.
struct ClusterExport: Sendable {
  let build: ClusterBuild
  let language: Language

  var text: String {
    let objects = build.policies + [build.configuration, build.job(isSuspended: false)]
    return comment(heading) + objects.map { "---\n" + $0.yaml }.joined()
  }

  private var heading: [String] {
    let names = build.names
    let space = build.settings.namespace.map { " --namespace=\($0)" } ?? ""
    let login = build.registryLogin == nil ? "" : " --from-file=auth.json=AUTH_FILE"
    var lines = [
      Phrase(
        "Builds \(build.plan.source.project) at \(build.commit) and pushes \(build.image).",
        "构建 \(build.plan.source.project) 的 \(build.commit)，并推送 \(build.image)。")(language), "",
      Phrase(
        "First the secret, which isn't in here. TOKEN_FILE holds GitLab's token and no line break\(login.isEmpty ? "" : "; AUTH_FILE is what `buildah login --authfile` writes for \(build.server.address)"):",
        "首先创建此处不包含的 Secret。TOKEN_FILE 为 GitLab Token，不含换行\(login.isEmpty ? "" : "；AUTH_FILE 由 `buildah login --authfile` 为 \(build.server.address) 生成")："
      )(language),
      "  kubectl create secret generic \(names.name)\(space) --from-file=token=TOKEN_FILE\(login)",
      Phrase("Then these: `kubectl apply -f`. Follow it:", "然后 `kubectl apply -f` 本文件。跟踪日志：")(language),
      "  kubectl logs\(space) --follow --selector=\(names.selector) --all-containers --prefix",
      Phrase("And remove it:", "清除：")(language),
      "  kubectl delete job,secret,configmap,networkpolicy\(space) \(names.name)", "",
    ]
    if build.isConfined {
      lines += [
        Phrase(
          "Nobody switches the network from stage to stage here, so one policy lets out to all addresses that any stage needs: a line of the Dockerfile can reach the registry's too, without its password. `acr-console build start --engine kubernetes` switches.",
          "此处无人按阶段切换网络，因此同一策略放行各阶段所需的全部地址：Dockerfile 中的命令也能访问镜像仓库的地址（但没有密码）。`acr-console build start --engine kubernetes` 会逐阶段切换。"
        )(
          language), "", Phrase("What the cluster must have:", "对集群的要求：")(language),
      ]
      lines += ClusterRequirement.all.map { "- " + $0.text(language) }
    } else {
      lines.append(
        Phrase(
          "Network type Internet: there is no policy, and the build may reach whatever the pod's network does.",
          "网络类型为公网：没有网络策略，构建可以访问 Pod 网络所及的一切。")(language))
    }
    return lines
  }

  /// Lines of a comment, broken at about 110 characters.
  private func comment(_ lines: [String]) -> String {
    lines.flatMap(Self.folded).map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined()
  }

  private static func folded(_ line: String) -> [String] {
    guard !line.hasPrefix("  ") else { return [line] }
    var lines: [String] = []
    var current = ""
    for word in line.split(separator: " ") {
      if !current.isEmpty, current.count + word.count > 110 {
        lines.append(current)
        current = line.hasPrefix("- ") ? "  " : ""
      }
      current += (current.isEmpty || current == "  " ? "" : " ") + word
    }
    return lines + [current]
  }
}
