import ArgumentParser
import SecureBuild

/// The words of a command line that name commands, looked at before the parser sees them: it takes help for any word
/// after `help`, and tells no command that is near to one that isn't there.
enum CommandWords {
  /// Why the command line names no command; nil where it does, or where only the parser can tell.
  static func refusal(of arguments: [String]) -> Refusal? {
    // The parser's own: a shell asks for candidates, or somebody for a script.
    if arguments.contains(where: { $0.hasPrefix("---") || $0.hasPrefix("--generate-completion-script") }) { return nil }
    var path = [program]
    var here: any ParsableCommand.Type = AcrConsole.self
    var isHelp = false
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word.hasPrefix("-") {
        if flags.contains(word) || options.contains(where: { word.hasPrefix($0 + "=") }) { continue }
        guard options.contains(word) else { return nil }
        _ = rest.popFirst()
        continue
      }
      if word == help, path.count == 1, !isHelp {
        isHelp = true
        continue
      }
      let commands = here.configuration.subcommands
      guard let next = commands.first(where: { name(of: $0) == word }) else {
        // A command that has no commands of its own takes the word itself.
        return commands.isEmpty && !isHelp ? nil : unknown(word, after: path, among: commands)
      }
      path.append(word)
      here = next
    }
    return nil
  }

  private static let program = name(of: AcrConsole.self)
  private static let help = "help"
  private static let flags: Set = ["-h", "--help", "--version", "--plain"]
  /// The program's own options, which may stand before a command.
  private static let options = ["--workspace", "--language", "--format", "--theme"]

  private static func unknown(
    _ word: String, after path: [String], among commands: [any ParsableCommand.Type]
  ) -> Refusal {
    let known =
      commands.filter { $0.configuration.shouldDisplay }.map { name(of: $0) } + (path.count == 1 ? [help] : [])
    let near = Spelling.near(word, among: known).map { "`\((path + [$0]).joined(separator: " "))`" }
    let see = "`\(([program, help] + path.dropFirst()).joined(separator: " "))`"
    return .usage(
      Phrase(
        "There is no command “\((path.dropFirst() + [word]).joined(separator: " "))”.",
        "没有“\((path.dropFirst() + [word]).joined(separator: " "))”这个命令。"),
      mend: near.isEmpty
        ? Phrase("See \(see) for those there are.", "可用 \(see) 查看现有命令。")
        : Phrase(
          "Did you mean \(near.joined(separator: " or "))? See \(see) for all.",
          "是否指 \(near.joined(separator: " 或 "))？可用 \(see) 查看全部。"))
  }

  private static func name(of command: any ParsableCommand.Type) -> String { command.configuration.commandName ?? "" }
}
