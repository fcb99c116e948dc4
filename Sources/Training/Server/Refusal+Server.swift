import FlatFiles
import SecureBuild

extension Refusal {
  static func portTaken(_ port: Int, at address: IPv4Address, by holder: PortHolder?) -> Refusal {
    let who = holder.map { "\($0.command) (\($0.process))" }
    return Refusal(
      .trainingServer,
      message: Phrase(
        "The training GitLab can't listen on \(address):\(port): \(who ?? "another user's process") does.",
        "演练 GitLab 无法监听 \(address):\(port)：该端口已被 \(who ?? "其他用户的进程") 占用。"),
      mend: Phrase(
        "End that process, or make another training workspace: it gets other ports.",
        "请结束该进程，或新建一个演练工作区（会使用其他端口）。"))
  }

  static func folderUnwritable(_ fault: FileFault) -> Refusal {
    Refusal(
      .workspaceUnwritable,
      message: Phrase("\(fault.path) can't be written: \(fault.reason).", "无法写入 \(fault.path)：\(fault.reason)。"),
      mend: Phrase("Check space, owner and mode, and try again.", "请检查空间、属主和权限后重试。"))
  }

  static func serverFailed(_ words: String) -> Refusal {
    Refusal(
      .trainingServer,
      message: Phrase("The training GitLab could not be started: \(words).", "无法启动演练 GitLab：\(words)。"),
      mend: Phrase(
        "Check that the workspace's folder can be written, and try again.", "请检查工作区目录是否可写，然后重试。"))
  }
}
