import SecureBuild
import TerminalUI

/// Asks before something is destroyed.
enum Confirmation {
  /// Names what goes and waits for a yes.
  /// - Throws: `Refusal` `ConfirmationNeeded` where there is nobody to ask and `--yes` isn't given; `Cancelled` at a no.
  static func require(_ what: Phrase, unless yes: Bool, _ output: Output) throws {
    guard !yes else { return }
    guard let terminal = ControllingTerminal() else { throw Refusal.confirmationNeeded(what) }
    let question = Phrase("Remove \(what.en)? [y/N] ", "确定移除\(what.zh)吗？[y/N] ")
    let answer = try terminal.ask(Printable.text(question(output.language)))
    guard let answer, ["y", "yes", "是"].contains(answer.lowercased().filter { !$0.isWhitespace }) else {
      throw Refusal.declined
    }
  }
}
