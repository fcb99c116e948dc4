import ArgumentParser
import BuildEngine
import Foundation
import SecureBuild

struct ExportBuild: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "export", Phrase("What another builder needs to build the same.", "导出供其他构建系统使用的内容。"),
      subcommands: [ExportToKubernetes.self])
  }
}

struct ExportToKubernetes: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "kubernetes",
      Phrase(
        "Print the manifests of what a rule builds: Job, ConfigMap and NetworkPolicy as YAML, what the cluster must have, and how the secret is made. Secrets aren't in it.",
        "以 YAML 打印规则对应的清单：Job、ConfigMap 和 NetworkPolicy，以及对集群的要求和 Secret 的创建方法。其中不含任何密钥。"),
      json: "{BuildRuleId CommitId Manifests(YAML)}")
  }

  @OptionGroup var choice: RuleChoice
  @Option(
    help: ArgumentHelp(
      Phrase(
        "The commit to build, 40 digits; else the newest of the branch or tag.", "要构建的 Commit ID（40 位）；默认为分支或标签的最新提交。"),
      value: "id"))
  var commit: String?
  @Option(
    help: ArgumentHelp(
      Phrase(
        "The namespace; else that of the settings, else whichever `kubectl apply` means.",
        "命名空间；默认取设置中的值，否则为 `kubectl apply` 所用的命名空间。"),
      value: "name"))
  var namespace: String?
  @Option(
    help: ArgumentHelp(
      Phrase(
        "What the pod runs, an image with bash, git and buildah; else that of the settings, else \(KubernetesSettings.upstreamImage).",
        "Pod 运行的镜像，须包含 bash、git 和 buildah；默认取设置中的值，否则为 \(KubernetesSettings.upstreamImage)。"),
      value: "name"))
  var image: String?
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let rule = try choice.id()
    let request = try workspace.buildRequest(rule: rule, engine: .kubernetes, commit: commit)
    var settings = invocation.settings.kubernetes.cluster
    if let namespace { settings.namespace = namespace }
    if let image { settings.image = image }
    let engine = KubernetesBuildEngine(
      settings: settings, gitLab: workspace.surroundings.gitLab,
      names: workspace.surroundings.names, environment: [:])
    do {
      let manifests = try await engine.manifests(
        for: try await workspace.plan(request), language: invocation.language)
      guard invocation.output.format == .json else { return try StandardStream.output.write(manifests.yaml) }
      try invocation.output.print([
        "BuildRuleId": .string(rule), "CommitId": .string(manifests.commit), "Manifests": .string(manifests.yaml),
      ])
    } catch let failure as BuildFailure {
      throw Refusal(Code(rawValue: failure.code) ?? .fault, message: failure.message, mend: failure.mend)
    }
  }
}
