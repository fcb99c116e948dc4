import SecureBuild
import TerminalUI

/// One side of a conversation in lines: what is said carries no colours, boxes or marks, so that a screen reader or a
/// printing terminal tells all of it.
@ScreenActor
struct PlainTalk {
  let streams: PlainStreams
  let language: Language

  /// What was answered to a question.
  enum Answer: Equatable {
    case text(String)
    /// An empty line: what there is stays.
    case keep
    /// `?`
    case help
    /// `<`
    case back
    /// `.`
    case cancel
    /// `!`: the training world's value.
    case training
    /// A lone `-`: nothing.
    case clear
  }

  func text(_ phrase: Phrase) -> String { phrase(language) }

  func say(_ phrase: Phrase) throws { try say(phrase(language)) }

  /// Says one line; words from outside may stand in it.
  func say(_ line: String) throws { try streams.write(Printable.text(PlainWords.withoutMarks(line)) + "\n") }

  func blank() throws { try streams.write("\n") }

  /// Things to choose from, numbered from 1.
  func say(numbered lines: [String]) throws {
    for (index, line) in lines.enumerated() { try say("\(index + 1). \(line)") }
  }

  /// What was refused: the vendor's own words where there are such, then ours, then the mend.
  /// - Parameter place: the field's label, where it isn't the one that was just asked.
  func say(_ refusal: Refusal, at place: String? = nil) throws {
    if let vendor = refusal.vendor {
      try say(Phrase("The vendor's console says:", "厂商控制台提示：") + vendor)
    }
    let place = [place, refusal.hop.map { text($0.title) }].compactMap(\.self).first
    let at = place.map { Phrase(" (\($0))", "（\($0)）") } ?? Phrase("", "")
    try say(Phrase("Error\(at.en): \(refusal.message.en)", "错误\(at.zh)：\(refusal.message.zh)"))
    try say(Phrase("What to do: \(refusal.mend.en)", "处理方法：\(refusal.mend.zh)"))
  }

  /// Asks for a line.
  /// - Parameter value: what stays at an empty line, in brackets.
  /// - Throws: `PlainEnd` at the end of input; `CancellationError`.
  func ask(_ value: String = "", isSecret: Bool = false) async throws -> Answer {
    let shown = value.isEmpty ? "" : " [\(Printable.text(PlainWords.withoutMarks(value)))]"
    let question =
      isSecret
      ? Phrase("Answer, not shown\(shown.isEmpty ? "" : ",\(shown)"): ", "请输入（不回显）\(shown)：")
      : Phrase("Answer\(shown): ", "请输入\(shown)：")
    let line: String?
    if isSecret {
      line = try await streams.readSecret(text(question))
    } else {
      try streams.write(text(question))
      line = try await streams.read()
    }
    guard let line else {
      try blank()
      throw PlainEnd()
    }
    return Self.answer(Printable.text(line), isSecret: isSecret)
  }

  private static func answer(_ line: String, isSecret: Bool) -> Answer {
    let typed = isSecret ? line.filter { !$0.isWhitespace } : line.trimmingBlanks
    return switch typed {
    case "": .keep
    case "?", "？": .help
    case "<": .back
    case ".", "。": .cancel
    case "!", "！": .training
    case "-": .clear
    default: .text(typed)
    }
  }

  /// Asks for one of the things that were numbered, until there is an answer.
  func choose(among count: Int) async throws -> Choice {
    while true {
      switch try await ask() {
      case .text(let typed):
        if let number = Int(typed), (1...count).contains(number) { return .item(number - 1) }
        return .other(typed)
      case .back: return .back
      case .cancel: return .cancel
      case .help, .keep, .training, .clear:
        try say(Phrase("Answer with a number from 1 to \(count).", "请输入 1 到 \(count) 之间的数字。"))
      }
    }
  }

  enum Choice: Equatable {
    case item(Int)
    case other(String)
    case back
    case cancel
  }
}

/// The input has ended: nobody is there to answer.
struct PlainEnd: Error {}

extension String {
  fileprivate var trimmingBlanks: String {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}
