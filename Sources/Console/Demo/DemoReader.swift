import SecureBuild
import TerminalUI

/// Reads a script line by line, and goes on after what is wrong.
struct DemoReader {
  private(set) var title: Phrase?
  private(set) var steps: [DemoStep] = []
  private(set) var faults: [DemoFault] = []
  private var number = 0

  mutating func take(_ line: Substring, number: Int) {
    self.number = number
    do throws(DemoFault) {
      let words = try DemoWord.words(of: line, number)
      guard let first = words.first else { return }
      try take(first, Array(words.dropFirst()), end: line.count + 1)
    } catch {
      faults.append(error)
    }
  }

  /// What is missing as a whole.
  mutating func end() {
    guard faults.isEmpty else { return }
    if title == nil {
      faults.append(DemoFault(line: 1, column: 1, message: Phrase("It has no title.", "缺少 title。")))
    } else if steps.isEmpty {
      faults.append(DemoFault(line: number, column: 1, message: Phrase("It has no steps.", "没有任何步骤。")))
    }
  }

  private mutating func take(_ verb: DemoWord, _ words: [DemoWord], end: Int) throws(DemoFault) {
    guard !verb.isQuoted, let kind = Verb(rawValue: verb.text) else {
      let known = Verb.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(
        verb,
        Phrase("There is no step “\(verb.text)”; there are: \(known).", "没有“\(verb.text)”这种步骤，可用：\(known)。"))
    }
    guard kind.takes.contains(words.count) else {
      let column = words.count > kind.takes.upperBound ? words[kind.takes.upperBound].column : end
      throw DemoFault(
        line: number, column: column,
        message: Phrase("Written so: \(kind.pattern)", "写法：\(kind.pattern)"))
    }
    let act: DemoStep.Act
    switch kind {
    case .title:
      guard title == nil else { throw fault(verb, Phrase("It has a title already.", "title 已存在。")) }
      title = try phrase(words)
      return
    case .say: act = .say(try phrase(words))
    case .see: act = .see(try phrase(words))
    case .gone: act = .gone(try phrase(words))
    case .press: act = .press(try keys(words))
    case .type: act = try typed(words[0])
    case .pause: act = .pause(try pause(words[0]))
    case .picture: act = .picture
    }
    steps.append(DemoStep(line: number, act: act))
  }

  /// One text for both languages, or English and Chinese.
  private func phrase(_ words: [DemoWord]) throws(DemoFault) -> Phrase {
    for word in words { try check(text: word) }
    return Phrase(words[0].text, words[words.count - 1].text)
  }

  private func check(text word: DemoWord) throws(DemoFault) {
    guard word.isQuoted else {
      throw fault(word, Phrase("A text stands between quotation marks.", "文本须写在英文双引号中。"))
    }
    guard !word.text.isEmpty else { throw fault(word, Phrase("The text is empty.", "文本为空。")) }
    guard !word.text.contains("glpat-") else {
      throw fault(
        word,
        Phrase("A token is named, never written down: type token", "Token 只能引用，不可写入文件：type token"))
    }
  }

  private func keys(_ words: [DemoWord]) throws(DemoFault) -> [Key] {
    var keys: [Key] = []
    for word in words {
      guard !word.isQuoted, let key = Key(name: word.text) else {
        throw fault(
          word,
          Phrase(
            "There is no key “\(word.text)”: Enter, Tab, Esc, Space, Up, F3, Ctrl-S or a character.",
            "没有“\(word.text)”这个键：可用 Enter、Tab、Esc、Space、Up、F3、Ctrl-S 或单个字符。"))
      }
      keys.append(key)
    }
    return keys
  }

  private func typed(_ word: DemoWord) throws(DemoFault) -> DemoStep.Act {
    if word.isQuoted {
      try check(text: word)
      return .type(word.text)
    }
    guard let fact = DemoFact(rawValue: word.text) else {
      let known = DemoFact.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(
        word,
        Phrase(
          "The training world has no “\(word.text)”: \(known), or a text between quotation marks.",
          "演练环境没有“\(word.text)”：可用 \(known)，或英文双引号中的文本。"))
    }
    return .fill(fact)
  }

  private func pause(_ word: DemoWord) throws(DemoFault) -> Duration {
    guard !word.isQuoted, let seconds = Double(word.text), seconds > 0, seconds <= 60 else {
      throw fault(word, Phrase("A pause is of 0.1 to 60 seconds.", "停顿为 0.1 到 60 秒。"))
    }
    return .milliseconds(Int(seconds * 1000))
  }

  private func fault(_ word: DemoWord, _ message: Phrase) -> DemoFault {
    DemoFault(line: number, column: word.column, message: message)
  }

  /// What a line begins with.
  private enum Verb: String, CaseIterable {
    case title, say, see, gone, press, type, pause, picture

    /// How many words follow.
    var takes: ClosedRange<Int> {
      switch self {
      case .title, .say: 2...2
      case .see, .gone: 1...2
      case .press: 1...40
      case .type, .pause: 1...1
      case .picture: 0...0
      }
    }

    var pattern: String {
      switch self {
      case .title, .say: "\(rawValue) \"English\" \"中文\""
      case .see, .gone: "\(rawValue) \"text\" [\"中文\"]"
      case .press: "press KEY…"
      case .type: "type \"text\" | " + DemoFact.allCases.map(\.rawValue).joined(separator: " | ")
      case .pause: "pause SECONDS"
      case .picture: "picture"
      }
    }
  }
}

/// A word of a line, or a text between quotation marks, in which `\"` and `\\` are these characters themselves.
struct DemoWord: Equatable {
  let text: String
  let isQuoted: Bool
  /// From 1.
  let column: Int

  /// A line's words; what follows a `#` that begins a word is a comment.
  static func words(of line: Substring, _ number: Int) throws(DemoFault) -> [DemoWord] {
    let characters = Array(line)
    var words: [DemoWord] = []
    var place = 0
    while place < characters.count {
      if characters[place].isWhitespace {
        place += 1
        continue
      }
      let column = place + 1
      // As a key it stands behind `press`.
      if characters[place] == "#", words.first?.text != "press" { return words }
      if characters[place] == "\"" {
        guard let text = quoted(characters, &place) else {
          throw DemoFault(
            line: number, column: column, message: Phrase("The text has no end: \".", "文本缺少结束的引号 \"。"))
        }
        words.append(DemoWord(text: text, isQuoted: true, column: column))
      } else {
        let word = characters[place...].prefix { !$0.isWhitespace }
        place = word.endIndex
        words.append(DemoWord(text: String(word), isQuoted: false, column: column))
      }
    }
    return words
  }

  /// The text whose first quotation mark is at `place`, which is left behind its last one; nil where there is none.
  private static func quoted(_ characters: [Character], _ place: inout Int) -> String? {
    var text = ""
    place += 1
    while place < characters.count {
      switch characters[place] {
      case "\"":
        place += 1
        return text
      case "\\" where place + 1 < characters.count && "\"\\".contains(characters[place + 1]):
        text.append(characters[place + 1])
        place += 2
      default:
        text.append(characters[place])
        place += 1
      }
    }
    return nil
  }
}
