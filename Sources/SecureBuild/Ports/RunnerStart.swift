/// Starts the runner of a workspace's builds as a process of its own, which outlives this one and its terminal.
public protocol RunnerStart: Sendable {
  /// Returns when it works on the queue, or found another at it.
  /// - Throws: `Refusal` `RunnerNotStarted`.
  func startRunner(for workspace: String) async throws(Refusal)
}

/// Where no process may be started: builds are queued, and wait.
public struct NoRunnerStart: RunnerStart {
  public init() {}
  public func startRunner(for workspace: String) throws(Refusal) { throw .runnerNotStarted("no program is set for it") }
}

extension Refusal {
  /// - Parameter words: what went wrong, in the system's or the runner's own words.
  public static func runnerNotStarted(_ words: String) -> Refusal {
    Refusal(
      .runnerNotStarted,
      message: Phrase("The builds' runner could not be started: \(words).", "无法启动构建运行器：\(words)。"),
      mend: Phrase(
        "What is queued stays queued. Look into builds/runner.log of the workspace, and start a build again: that starts the runner.",
        "已排队的构建会保留。请查看工作区的 builds/runner.log，再次发起构建即会启动运行器。"))
  }
}
