import ArgumentParser
import Detached
import SecureBuild

/// The runner of one workspace's builds, started by whoever queues one and ended when none is left.
struct BuildRunnerCommand: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      RunnerProcess.command, Phrase("The process that builds what is queued.", "执行排队构建的进程。"), hidden: true)
  }

  @OptionGroup var common: CommonOptions

  /// It outlives the terminal that it was started from.
  var heedsHangUp: Bool { false }

  func run(_ invocation: Invocation) async throws {
    try await RunnerProcess.serve(invocation.path, starter: DetachedProgram.starter) {
      let workspace = try Workspace.open(at: invocation.path, surroundings: Invocation.surroundings)
      let settings = invocation.settings.build
      return BuildRunner(
        workspace.builds, engines: invocation.engines, jobs: settings.jobs, limits: settings.limits
      ) { request in
        try await workspace.plan(request)
      }
    }
  }
}
