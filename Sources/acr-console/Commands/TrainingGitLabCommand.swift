import ArgumentParser
import SecureBuild
import Training

/// One host of a training world inside the network of a build, as long as the build holds its standard input.
struct TrainingGitLabCommand: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      TrainingCompanion.command, Phrase("The training GitLab inside a build's network.", "构建网络中的演练 GitLab 服务进程。"),
      hidden: true)
  }

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("", valueName: "name")) var host: String
  @Option(help: ArgumentHelp("", valueName: "address:port")) var listen: String

  @Option(help: ArgumentHelp("", valueName: "word")) var fault: String?

  func run(_ invocation: Invocation) async throws {
    try await TrainingCompanion.serve(
      workspace: invocation.path, host: host, listen: listen, fault: fault.flatMap(HostFault.init))
  }
}
