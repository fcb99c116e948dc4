import FlatFiles

/// How a build ended.
struct BuildEnd: Sendable {
  let status: BuildStatus
  let failure: BuildFailure?

  init(status: BuildStatus, failure: BuildFailure?) {
    self.status = status
    self.failure = failure
  }

  /// - Parameters:
  ///   - user: who wanted it cancelled, where somebody did. An engine that is stopped may say anything: it was cancelled.
  ///   - fault: what its record or log couldn't be written by.
  init(_ result: Result<Void, any Error>, cancelledBy user: String?, fault: FileFault?, in stage: BuildStage?) {
    guard case .failure(let error) = result else { self.init(status: .success, failure: nil); return }
    if let user {
      self.init(status: .cancel, failure: .cancelled(by: user))
    } else if Task.isCancelled || error is CancellationError {
      self.init(status: .cancel, failure: .runnerEnded(in: stage))
    } else if let fault {
      self.init(status: .fail, failure: .unwritable(fault, in: stage))
    } else {
      self.init(status: .fail, failure: error as? BuildFailure ?? BuildFailure(Refusal(error), in: stage))
    }
  }
}

extension BuildFailure {
  /// What was refused before anything was built.
  init(_ refusal: Refusal, in stage: BuildStage?) {
    self.init(refusal.code, in: stage, message: refusal.message, mend: refusal.mend)
  }

  static func runnerDied(in stage: BuildStage?) -> BuildFailure {
    BuildFailure(
      .runnerDied, in: stage,
      message: Phrase(
        "The runner of this build died before it was done; what the build left was cleaned up.",
        "构建运行器在构建完成前意外终止，残留内容已清理。"),
      mend: Phrase(
        "Build again. If it happens again, look into builds/runner.log of the workspace and into the system's log (out of memory?).",
        "请重新构建。若再次发生，请查看工作区的 builds/runner.log 和系统日志（是否内存不足）。"))
  }

  static func runnerEnded(in stage: BuildStage?) -> BuildFailure {
    BuildFailure(
      .cancelled, in: stage,
      message: Phrase("The runner was told to end (SIGTERM), and this build with it.", "运行器收到终止信号（SIGTERM），构建随之取消。"),
      mend: Phrase("Build again when you like.", "可随时重新构建。"))
  }

  static func unwritable(_ fault: FileFault, in stage: BuildStage?) -> BuildFailure {
    BuildFailure(
      fault.isFull ? .outOfDisk : .workspaceUnwritable, in: stage,
      message: Phrase("\(fault.path) can't be written: \(fault.reason).", "无法写入 \(fault.path)：\(fault.reason)。"),
      mend: Phrase("Check space, owner and mode, and build again.", "请检查空间、属主和权限后重新构建。"))
  }

  static func noEngine(_ name: BuildRequest.EngineName) -> BuildFailure {
    BuildFailure(
      .partMissing, in: nil, message: Phrase("There is no engine \(name.rawValue) here.", "此处没有构建引擎 \(name.rawValue)。"),
      mend: Phrase("Start the build with another engine.", "请改用其他构建引擎。"))
  }
}
