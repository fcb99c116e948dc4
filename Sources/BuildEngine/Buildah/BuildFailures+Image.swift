import SecureBuild

extension BuildFailures {
  /// A line of the Dockerfile failed.
  static func step(_ said: String, _ status: Int32) -> BuildFailure {
    BuildFailure(
      .buildStepFailed, in: .build,
      message: Phrase("A step of the Dockerfile failed: \(said)", "Dockerfile 的某一步失败：\(said)"),
      mend: Phrase(
        "See in the log what it said, mend it in the project, push, and build again.", "请在日志中查看其输出，在项目中修复并推送后重新构建。"))
  }

  static func unpacking(_ said: String) -> BuildFailure {
    BuildFailure(
      .baseImageMissing, in: .build,
      message: Phrase("A base image couldn't be unpacked: \(said)", "无法解开基础镜像：\(said)"),
      mend: Phrase(
        "Check the image, for instance with skopeo inspect, and build again.", "请检查该镜像（例如用 skopeo inspect），然后重新构建。"))
  }

  static func box(_ said: String, _ status: Int32) -> BuildFailure {
    BuildFailure(
      .fault, in: .build,
      message: Phrase(
        "The box in which images are built ended with status \(status): \(said)", "构建环境以状态 \(status) 结束：\(said)"),
      mend: Phrase("See what Build now says is missing on this machine.", "请查看“立即构建”提示本机缺少什么。"))
  }

  static func outOfMemory(_ limit: Int) -> BuildFailure {
    BuildFailure(
      .outOfMemory, in: .build,
      message: Phrase(
        "The build took more than the \(limit >> 20) MiB of memory that it may, and the kernel ended a part of it.",
        "构建占用的内存超过上限 \(limit >> 20) MiB，内核终止了其中的进程。"),
      mend: Phrase(
        "Raise [build] memory_mib in the settings, or let the build need less.", "请在设置中调大 [build] memory_mib，或减少构建所需内存。"
      ))
  }

  static func overDisk(_ limit: Int) -> BuildFailure {
    BuildFailure(
      .outOfDisk, in: .build,
      message: Phrase(
        "The build took more than the \(limit >> 20) MiB of disk that it may.", "构建占用的磁盘超过上限 \(limit >> 20) MiB。"),
      mend: Phrase(
        "Raise [build] disk_mib in the settings, make room on the workspace's disk, or let the build need less.",
        "请在设置中调大 [build] disk_mib、清理工作区所在磁盘，或减少构建所需空间。"))
  }
}
