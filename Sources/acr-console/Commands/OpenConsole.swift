import Console
import Glibc
import SecureBuild
import TerminalUI

/// The screen: what the program does without a command.
enum OpenConsole {
  /// Runs it on the main thread and ends the process.
  static func run(_ invocation: Invocation) -> Never {
    // SEAM: `ConsoleProgram.run(ConsoleLaunch…)` of Sources/Console goes here. It wants the main thread and no other
    // thread before `Signals.blockForScreen()`.
    let refusal = TerminalProblem.check().map(Refusal.init) ?? Refusal.screenMissing
    invocation.output.report(refusal)
    exit(refusal.code.exitStatus)
  }
}

extension Refusal {
  fileprivate static let screenMissing = Refusal(
    .fault, message: Phrase("This build has no screen.", "此构建不含控制台界面。"),
    mend: Phrase("Use the commands: `acr-console help`.", "请使用命令：`acr-console help`。"))

  /// Why the screen can't be shown here.
  init(_ problem: TerminalProblem) {
    let message =
      switch problem {
      case .inputIsNoTerminal: Phrase("Standard input is no terminal.", "标准输入不是终端。")
      case .outputIsNoTerminal: Phrase("Standard output is no terminal.", "标准输出不是终端。")
      case .unusable(let term):
        term.isEmpty
          ? Phrase("TERM is not set.", "未设置 TERM。")
          : Phrase("The terminal “\(term)” can't show a screen.", "终端“\(term)”无法显示界面。")
      }
    self.init(
      .noTerminal, message: message,
      mend: Phrase(
        "Start it in a terminal, or use the commands: `acr-console help`.", "请在终端中启动，或使用命令：`acr-console help`。"))
  }
}
