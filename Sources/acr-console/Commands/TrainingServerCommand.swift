import ArgumentParser
import SecureBuild
import Training

/// The training GitLab of one workspace, started by whoever needs it first and ended with its last user.
struct TrainingServerCommand: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      TrainingServer.command, Phrase("The training GitLab's process.", "演练 GitLab 服务进程。"), hidden: true)
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) async throws {
    try await TrainingServer.serve(workspace: invocation.path)
  }
}
