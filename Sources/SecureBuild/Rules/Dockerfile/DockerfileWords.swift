import FoundationEssentials

/// Takes an instruction's text apart into flags and words. Quotes keep white space together and stay where they are.
struct DockerfileWords {
  private(set) var offset = 0
  private let logical: DockerfileReader.Logical
  private let escape: Unicode.Scalar

  init(_ logical: DockerfileReader.Logical, escape: Unicode.Scalar) {
    self.logical = logical
    self.escape = escape
  }

  private var text: [Unicode.Scalar] { logical.text }

  mutating func next() -> DockerfileInstruction.Word? {
    skipBlanks()
    let start = offset
    var quote: Unicode.Scalar?
    while offset < text.count {
      let scalar = text[offset]
      if let open = quote {
        if scalar == escape, open == "\"", offset + 1 < text.count {
          offset += 1
        } else if scalar == open {
          quote = nil
        }
      } else if scalar.isBlank {
        break
      } else if scalar == escape, offset + 1 < text.count {
        offset += 1
      } else if scalar == "\"" || scalar == "'" {
        quote = scalar
      }
      offset += 1
    }
    guard offset > start else { return nil }
    return DockerfileInstruction.Word(
      text: DockerfileReader.text(text[start..<offset]), at: logical.position(start))
  }

  mutating func all() -> [DockerfileInstruction.Word] {
    var words: [DockerfileInstruction.Word] = []
    while let word = next() { words.append(word) }
    return words
  }

  /// The flags that come next: words with two hyphens in front, up to `--` alone.
  mutating func flags() -> [DockerfileInstruction.Flag] {
    var flags: [DockerfileInstruction.Flag] = []
    while true {
      let before = offset
      guard let word = next() else { break }
      guard word.text.hasPrefix("--") else {
        offset = before
        break
      }
      if word.text == "--" { break }
      let parts = word.text.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      flags.append(
        DockerfileInstruction.Flag(
          name: String(parts[0]), value: parts.count > 1 ? Self.unquoted(parts[1]) : nil, at: word.at))
    }
    skipBlanks()
    return flags
  }

  /// The texts of the JSON form; nil where what follows isn't in it. Nothing is taken then.
  func json() -> [DockerfileInstruction.Word]? {
    let rest = text[min(offset, text.count)...].drop(while: \.isBlank)
    guard rest.first == "[" else { return nil }
    let data = Data(DockerfileReader.text(rest).utf8)
    guard let texts = try? JSONDecoder().decode([String].self, from: data) else { return nil }
    return texts.map { DockerfileInstruction.Word(text: $0, at: logical.position(rest.startIndex)) }
  }

  private mutating func skipBlanks() {
    while offset < text.count, text[offset].isBlank { offset += 1 }
  }

  /// A text without a pair of quotes around all of it.
  static func unquoted(_ text: Substring) -> String {
    guard text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "'" else {
      return String(text)
    }
    return String(text.dropFirst().dropLast())
  }

  /// What a word such as `<<EOF`, `<<-"EOF"` or `3<<EOF` begins, and whether tabs in front of its lines are dropped.
  static func heredoc(_ word: String) -> (name: String, dropsTabs: Bool)? {
    guard let match = word.wholeMatch(of: /[0-9]*<<(-?)([^<]+)/) else { return nil }
    let name = unquoted(match.output.2)
    return name.isEmpty ? nil : (name, !match.output.1.isEmpty)
  }
}
