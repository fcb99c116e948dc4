import ArgumentParser
import Console
import SecureBuild

/// `--plain`: the console's dialogs as questions and answers on standard input and output.
enum PlainConversation {
  static func hold(_ errand: PlainConsole.Errand, _ invocation: Invocation) async throws {
    let workspace = try Workspace.open(
      at: invocation.path, waiting: invocation.waiting, surroundings: Invocation.surroundings)
    KnownWorkspaces().remember(invocation.path)
    let input = StandardInput()
    let streams = PlainStreams(
      read: { try input.answer() },
      readSecret: { try input.secretAnswer($0, warning: TokenSource.typedAhead(invocation.language)) },
      write: { try StandardStream.output.write($0, isAnswer: false) })
    try await PlainConsole.run(errand, in: workspace, OpenConsole.launch(invocation), over: streams)
  }

  /// With `--plain` the rest is asked: what was given beside it would go unseen.
  /// - Parameter given: the options that were given beside `--instance`, which may be.
  static func refuse(_ given: [String], _ common: CommonOptions) throws {
    let given = given + (common.format == .table ? [] : ["--format"])
    guard let first = given.first else { return }
    throw ValidationError(
      Phrase("--plain asks for everything: leave \(first) out", "--plain 会逐项询问：请去掉 \(first)")(HelpLanguage.current))
  }
}

/// The flag that makes a conversation of a command.
struct PlainOption: ParsableArguments, Sendable {
  @Flag(
    help: ArgumentHelp(
      Phrase(
        "Ask for everything line by line, as the console's dialog does: for screen readers and plain terminals.",
        "像控制台对话框一样逐行询问，适用于读屏软件和简单终端。")))
  var plain = false
}
