import ArgumentParser
import SecureBuild

/// A completion script for a shell. It asks this program for what only the workspace knows: ids, themes, workspaces.
struct PrintCompletions: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "completions",
      Phrase("Print a completion script for bash, zsh or fish.", "输出 bash、zsh 或 fish 的补全脚本。"),
      more: Phrase(
        "For bash, put into ~/.bashrc: source <(acr-console completions bash). For zsh, save it as _acr-console in a folder of $fpath. For fish, save it as ~/.config/fish/completions/acr-console.fish.",
        "bash：在 ~/.bashrc 中加入 source <(acr-console completions bash)。zsh：以 _acr-console 为名存入 $fpath 中的目录。fish：存为 ~/.config/fish/completions/acr-console.fish。"
      ))
  }

  @Argument(help: ArgumentHelp(Phrase("The shell.", "shell 名称。"), value: "shell"))
  var shell: Shell
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    try StandardStream.output.write(AcrConsole.completionScript(for: shell.parserShell) + "\n")
  }
}

enum Shell: String, CaseIterable, Sendable, ExpressibleByArgument {
  case bash, zsh, fish

  fileprivate var parserShell: CompletionShell {
    switch self {
    case .bash: .bash
    case .zsh: .zsh
    case .fish: .fish
    }
  }
}
