import ArgumentParser
import SecureBuild
import TerminalUI

/// The program: alone it opens the console, with a command it does the same for a script.
struct AcrConsole: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "acr-console",
      abstract: Phrase(
        "VPC secure build from the terminal: rehearse it, check it against the real GitLab. Without a command it opens the console.",
        "在终端中完成 VPC 安全构建：演练流程，并对真实 GitLab 进行检查。不带子命令时打开控制台界面。")(HelpLanguage.current),
      version: Release.version,
      subcommands: [
        WorkspaceCommands.self, ImportCommand.self, RegionCommands.self, InstanceCommands.self, NetworkCommands.self,
        LinkCommands.self,
        GitLabCommands.self, PathCommands.self, SecurityGroupCommands.self, RegistryCommands.self,
        NamespaceCommands.self,
        RepositoryCommands.self, RuleCommands.self, BuildCommands.self, ImageCommands.self, ActivityCommand.self,
        TrainCommands.self, DemoCommands.self, ThemeCommands.self, SettingsCommands.self, PrintCompletions.self,
        PrintManual.self,
        TrainingServerCommand.self, TrainingGitLabCommand.self, BuildRunnerCommand.self,
      ])
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var conversation: PlainOption

  @Option(help: ArgumentHelp(Phrase("The console's theme.", "控制台界面的主题。"), value: "name"), completion: .themes)
  var theme: String?
}

/// A command whose options are looked at together once they are parsed.
protocol CheckedCommand: ParsableCommand, Sendable {
  var common: CommonOptions { get }
  /// How its results can be printed.
  static var formats: [OutputFormat] { get }
  /// Why what was given makes no sense together. The parser asks it only where all options are known.
  func check() throws
}

extension CheckedCommand {
  func check() throws {}
  static var formats: [OutputFormat] { [.table, .json] }
  func validate() throws {
    guard !UnknownOption.isSought else { return }
    if !Self.formats.contains(common.format) {
      let words = Self.formats.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        Phrase(
          "--format \(common.format.rawValue) isn't for this command: \(words)",
          "此命令不支持 --format \(common.format.rawValue)，可用：\(words)")(HelpLanguage.current))
    }
    try check()
  }
}

/// A command that does something: given what its options and the environment say.
protocol Command: CheckedCommand {
  /// Whether it asks for everything line by line.
  var isPlain: Bool { get }
  /// Whether it ends with the terminal that it was started from.
  var heedsHangUp: Bool { get }
  /// - Throws: `Refusal`, `CancellationError`, or what the parser throws for a command line that makes no sense.
  func run(_ invocation: Invocation) async throws
}

extension Command {
  var isPlain: Bool { false }
  var heedsHangUp: Bool { true }
}

/// A command with a screen, which wants the main thread for itself.
protocol ScreenCommand: CheckedCommand {
  /// Shows it until it is quit; no thread was started before.
  func show(_ invocation: Invocation) throws -> ExitReason
}
