/// An expression that names of branches or tags match as a whole, with named groups for the version.
///
/// It is matched here and not by the library, whose matches may take for ever and can't be stopped: what is typed into a
/// rule must not hold up a watch over many. The syntax is what nearly all expressions for names need: characters, `.`,
/// classes, groups, choices, repetitions, `^ $ \b`. A match takes time by the length of the name times that of the
/// expression, whatever they are.
struct PushExpression: Sendable {
  let pattern: String
  /// The names of its groups, in their order.
  let groups: [String]
  private let program: PatternProgram

  /// The longest that is taken, bytes (I).
  static let longest = 256

  /// - Throws: `Refusal` at the field where it isn't one.
  init(_ text: String) throws(Refusal) {
    guard text.utf8.count <= Self.longest else {
      throw Self.refusal(Phrase("An expression is at most \(Self.longest) bytes.", "正则表达式最多 \(Self.longest) 字节。"))
    }
    do throws(PatternFlaw) {
      var parser = PatternParser(text)
      let node = try parser.parse()
      program = try PatternProgram(node, groups: parser.groupCount)
      groups = parser.names.map(\.name)
      names = parser.names
    } catch {
      throw Self.refusal(
        Phrase(
          "“\(text)” can't be used, at character \(error.column): \(error.what.en).",
          "“\(text)”不可用，第 \(error.column) 个字符处：\(error.what.zh)。"))
    }
    pattern = text
  }

  private let names: [(name: String, group: Int)]

  /// What its groups stand for where a name matches as a whole; nil where it doesn't.
  func match(_ name: String) -> [String: String]? {
    let scalars = Array(name.unicodeScalars)
    guard scalars.count <= 1024, let found = program.match(scalars) else { return nil }
    var values: [String: String] = [:]
    for (name, group) in names {
      values[name] = found[group].map { DockerfileReader.text(scalars[$0]) } ?? ""
    }
    return values
  }

  private static func refusal(_ message: Phrase) -> Refusal {
    Refusal(
      .invalidPushName, field: .pushName, message: message,
      mend: Phrase(
        "Enter one such as release-(?<imageTag>\\w*), or a plain name.",
        "请输入形如 release-(?<imageTag>\\w*) 的表达式，或单个名称。"))
  }
}

/// Why an expression can't be used, and where.
struct PatternFlaw: Error {
  /// From 1.
  let column: Int
  let what: Phrase
}
