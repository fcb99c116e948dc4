import SecureBuild

/// Why a build in a cluster failed, and what to do next. The cluster's own words always stand in it.
enum ClusterFailures {
  static func failure(_ fault: KubectlFault, in stage: BuildStage) -> BuildFailure {
    switch fault {
    case .unreachable(let words):
      BuildFailure(
        .connectionLost, in: stage,
        message: Phrase("The cluster's API couldn't be reached: \(words)", "无法访问集群 API：\(words)"),
        mend: Phrase(
          "Try `kubectl get pods` from here. What was left in the cluster ends there by itself, and is removed an hour later.",
          "请在本机尝试 `kubectl get pods`。留在集群中的对象会自行结束，并在一小时后被清除。"))
    case .refused(_, let words):
      BuildFailure(
        .clusterRefused, in: stage, message: Phrase("The cluster refused: \(words)", "集群拒绝了请求：\(words)"),
        mend: Phrase(
          "Ask for a role in that namespace that may \(ClusterRight.sentence.en).",
          "请申请该命名空间中的角色，需要以下权限：\(ClusterRight.sentence.zh)。"))
    case .failed(let words):
      BuildFailure(
        .clusterRefused, in: stage, message: Phrase("kubectl failed: \(words)", "kubectl 失败：\(words)"),
        mend: Phrase(
          "See whether `kubectl get pods` works from here: builds go to the context and namespace that it means.",
          "请检查本机的 `kubectl get pods` 是否可用：构建使用其当前的 context 与 namespace。"))
    }
  }

  /// The pod, or a container of it, didn't start.
  static func notStarted(_ words: String, in stage: BuildStage) -> BuildFailure {
    BuildFailure(
      .clusterRefused, in: stage,
      message: Phrase("The cluster doesn't start the build's pod: \(words)", "集群未能启动构建 Pod：\(words)"),
      mend: Phrase(
        "See to what the cluster says, then build again.",
        "请按集群的提示处理，然后重新构建。"))
  }

  static func changed(_ what: String) -> BuildFailure {
    BuildFailure(
      .networkNotClosed, in: .prepare,
      message: Phrase(
        "The cluster changed the \(what) that it was given, so nothing was built.", "集群改动了提交的 \(what)，因此没有构建。"),
      mend: Phrase(
        "An admission webhook of the cluster does that: have it leave this namespace's objects as they are.",
        "这是集群的准入 Webhook 所为：请让它不要改动该命名空间中的对象。"))
  }

  static func gone(in stage: BuildStage) -> BuildFailure {
    BuildFailure(
      .clusterRefused, in: stage,
      message: Phrase("The build's pod is gone: somebody removed it, or its node went.", "构建 Pod 已消失：被人删除，或所在节点已下线。"),
      mend: Phrase("Build again.", "请重新构建。"))
  }

  static func timedOut(_ seconds: Int, silent: Bool, in stage: BuildStage) -> BuildFailure {
    BuildFailure(
      .buildTimedOut, in: stage,
      message: silent
        ? Phrase("The stage said nothing for \(seconds) seconds.", "该阶段已有 \(seconds) 秒没有输出。")
        : Phrase("The build took longer than \(seconds) seconds.", "构建超过了 \(seconds) 秒。"),
      mend: Phrase(
        "Look at the end of the log for the step that hangs; stage_seconds and silence_seconds in the settings under [build] give more time.",
        "请查看日志末尾卡住的步骤；可在设置文件 [build] 中调大 stage_seconds 与 silence_seconds。"))
  }

  /// The pod was ended from outside, or its Job was.
  static func ended(_ words: ClusterState.Words, in stage: BuildStage, limits: BuildLimits) -> BuildFailure {
    if words.reason == "DeadlineExceeded" { return timedOut(limits.stage, silent: false, in: stage) }
    let isDisk =
      words.message.contains("ephemeral") || words.message.contains("emptyDir") || words.message.contains("EmptyDir")
    return BuildFailure(
      isDisk ? .outOfDisk : .clusterRefused, in: stage,
      message: Phrase("The cluster ended the build's pod: \(words)", "集群终止了构建 Pod：\(words)"),
      mend: isDisk
        ? Phrase("disk_mib in the settings under [build] gives more space.", "可在设置文件 [build] 中调大 disk_mib。")
        : Phrase("See to what the cluster says, then build again.", "请按集群的提示处理，然后重新构建。"))
  }

  /// A container ended badly.
  /// - Parameter report: its termination message: a code and a sentence, where the script came so far.
  static func failed(code: Int, reason: String, report: String, in stage: BuildStage) -> BuildFailure {
    if reason == "OOMKilled" { return outOfMemory(Phrase("its memory limit was reached", "已达到内存上限"), in: stage) }
    let lines = report.split(separator: "\n", maxSplits: 1).map { PlainLine.of($0, limit: 500) }
    guard lines.count == 2, let known = lines.first.flatMap({ Code(rawValue: $0) }) else {
      let words = reason.isEmpty || reason == "Error" ? "exit status \(code)" : "\(reason), exit status \(code)"
      return BuildFailure(
        stage == .build ? .buildStepFailed : .clusterRefused, in: stage,
        message: Phrase("The stage's container ended: \(words).", "该阶段的容器已结束：\(words)。"),
        mend: Phrase("Look at the end of the log.", "请查看日志末尾。"))
    }
    let sentence = lines[1]
    if known == .outOfMemory { return outOfMemory(Phrase(sentence, sentence), in: stage) }
    return BuildFailure(known, in: stage, message: Phrase(sentence, "集群中的构建失败：\(sentence)"), mend: mend(of: known))
  }

  private static func outOfMemory(_ words: Phrase, in stage: BuildStage) -> BuildFailure {
    BuildFailure(
      .outOfMemory, in: stage,
      message: Phrase("The build ran out of memory: \(words.en)", "构建内存不足：\(words.zh)"),
      mend: Phrase("memory_mib in the settings under [build] gives more.", "可在设置文件 [build] 中调大 memory_mib。"))
  }

  private static func mend(of code: Code) -> Phrase {
    switch code {
    case .networkNotClosed: ClusterRequirement.mend
    case .cloneFailed:
      Phrase(
        "Check that the cluster's nodes reach GitLab at the link's address, and that the token is still good: `acr-console gitlab check`.",
        "请检查集群节点能否访问链路中的 GitLab 地址，以及 Token 是否仍有效：`acr-console gitlab check`。")
    case .dockerfileMissing:
      Phrase("Correct the rule's Dockerfile directory and name.", "请更正构建规则的 Dockerfile 目录与文件名。")
    case .baseImageMissing:
      Phrase(
        "Check that the cluster's nodes reach that registry, or set another mirror: `acr-console registry set --mirror`.",
        "请检查集群节点能否访问该镜像仓库，或设置其他镜像源：`acr-console registry set --mirror`。")
    case .pushFailed:
      Phrase(
        "Check that the cluster's nodes reach the registry and all of its hosts, and its password: `acr-console registry set`.",
        "请检查集群节点能否访问镜像仓库及其所有主机，以及密码：`acr-console registry set`。")
    case .buildTimedOut: timedOut(0, silent: false, in: .build).mend
    default: Phrase("Look at the end of the log.", "请查看日志末尾。")
    }
  }
}
