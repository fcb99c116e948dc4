import SecureBuild

/// What a person can set about builds, by their names in the table `[build]`. All are whole numbers.
public enum BuildSettingName: String, Sendable, CaseIterable {
  case jobs
  case memory = "memory_mib"
  case processes
  case log = "log_mib"
  case disk = "disk_mib"
  case stage = "stage_seconds"
  case silence = "silence_seconds"

  /// What it does.
  public var meaning: Phrase {
    switch self {
    case .jobs: Phrase("How many builds run at once.", "同时运行的构建数。")
    case .memory:
      Phrase("Memory that all processes of a build may use together, MiB.", "一次构建的全部进程可使用的内存（MiB）。")
    case .processes: Phrase("How many processes a build may have at once.", "一次构建可同时拥有的进程数。")
    case .log:
      Phrase(
        "How long a build's log may get, MiB; what is beyond is left out but for its end.",
        "一次构建的日志上限（MiB）；超出部分仅保留末尾。")
    case .disk: Phrase("Room on the disk that a build's own files may take, MiB.", "一次构建自身文件可占用的磁盘空间（MiB）。")
    case .stage: Phrase("How long a stage of a build may take, seconds.", "构建的每个阶段允许的时长（秒）。")
    case .silence:
      Phrase("How long a stage of a build may say nothing, seconds.", "构建的每个阶段允许无输出的时长（秒）。")
    }
  }

  /// What it may be.
  public var range: ClosedRange<Int> {
    switch self {
    case .jobs: 1...64
    case .memory: 64...(1 << 20)
    case .processes: 16...(1 << 20)
    case .log: 1...(1 << 16)
    case .disk: 64...(1 << 26)
    case .stage, .silence: 10...604_800
    }
  }

  /// What holds where nothing else is said.
  public var builtIn: Int {
    let limits = BuildLimits()
    return switch self {
    case .jobs: 1
    case .memory: limits.memory >> 20
    case .processes: limits.processes
    case .log: limits.log >> 20
    case .disk: limits.disk >> 20
    case .stage: limits.stage
    case .silence: limits.silence
    }
  }
}
