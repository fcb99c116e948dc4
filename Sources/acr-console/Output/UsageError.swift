import ArgumentParser
import SecureBuild
import TerminalUI

/// A command line that makes no sense, in the parser's words, or in Chinese where they are known.
struct UsageError {
  private let message: String
  /// The parser's message, usage line and hint.
  private let full: String

  init(_ error: any Error) {
    message = Self.shown(AcrConsole.message(for: error))
    full = Self.shown(AcrConsole.fullMessage(for: error, columns: HelpWords.unbroken))
  }

  /// How to answer where the options themselves couldn't be parsed.
  static var output: Output {
    let format = CommandLine.lastValue(of: "--format").flatMap(OutputFormat.init(rawValue:)) ?? .table
    return Output(language: HelpLanguage.current, format: format)
  }

  func report(_ output: Output) {
    let phrase = Phrase(message, UsageWords.chinese(message))
    guard output.format == .table else {
      let mend = Phrase("See `acr-console help`, or --help of the command.", "请查看 `acr-console help` 或该命令的 --help。")
      return output.report(.usage(phrase, mend: mend))
    }
    try? StandardStream.error.write((output.language == .chinese ? chinese(phrase.zh) : full) + "\n")
  }

  private func chinese(_ message: String) -> String {
    let own = "Error: \(self.message)"
    let rest = full.hasPrefix(own) ? full.dropFirst(own.count) : full[...]
    return "错误：\(message)" + HelpWords.chinese(String(rest), width: HelpWords.terminalWidth)
  }

  /// What was typed is repeated as text alone, on one line; the parser's own lines stay.
  private static func shown(_ text: String) -> String {
    var text = masked(text)
    for argument in CommandLine.arguments.dropFirst() {
      let parts = [argument, argument.split(separator: "=", maxSplits: 1).last.map(String.init) ?? ""]
      for part in parts where part.contains(where: \.isNewline) {
        text = text.replacing(part, with: Printable.text(part))
      }
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { Printable.text($0) }
      .joined(separator: "\n")
  }

  /// A token given as an argument by mistake isn't repeated.
  private static func masked(_ text: String) -> String {
    text.replacing(/gl[a-z]{2,6}-[A-Za-z0-9_.\-]+/, with: "••••")
  }
}
