import SecureBuild
import Yams

extension LessonReader {
  /// The members of a mapping; those that were taken are known, the others not.
  struct Members {
    let node: Node
    let allowed: [String]
    private(set) var values: [String: Node] = [:]
    fileprivate var missing: [String] = []
    fileprivate var unknown: [(key: String, node: Node)] = []

    init(_ node: Node, _ mapping: Node.Mapping, allowed: [String]) {
      self.node = node
      self.allowed = allowed
      for (key, value) in mapping {
        let name = key.string ?? ""
        if allowed.contains(name) { values[name] = value } else { unknown.append((name, key)) }
      }
    }

    func node(_ name: String) -> Node? { values[name] }

    mutating func take(_ name: String) -> Node? {
      if values[name] == nil { missing.append(name) }
      return values[name]
    }

    func takeIfThere(_ name: String) -> Node? { values[name] }
  }

  mutating func say(_ node: Node, _ message: Phrase) {
    problems.append(
      LessonProblem(
        line: max(1, node.mark?.line ?? 1), column: max(1, node.mark?.column ?? 1), message: message))
  }

  /// - Returns: nil where it is no mapping, which is noted.
  mutating func members(_ node: Node, of allowed: [String]) -> Members? {
    guard let mapping = node.mapping else {
      let names = allowed.joined(separator: ", ")
      say(node, Phrase("Here must be names with values: \(names).", "此处应为名称和值：\(names)。"))
      return nil
    }
    return Members(node, mapping, allowed: allowed)
  }

  /// Says which members are missing and which nobody knows.
  mutating func note(_ members: Members) {
    for name in members.missing { say(members.node, Phrase("“\(name)” is missing here.", "此处缺少“\(name)”。")) }
    for (name, node) in members.unknown {
      let allowed = members.allowed.joined(separator: ", ")
      say(node, Phrase("Nothing is called “\(name)” here; there are: \(allowed).", "此处没有名为“\(name)”的项，可用：\(allowed)。"))
    }
  }

  /// A value that is one piece of text.
  mutating func value<Value>(_ node: Node, _ what: Phrase, _ read: (String) -> Value?) -> Value? {
    guard case .scalar(let scalar) = node, let value = read(scalar.string) else {
      let found = node.scalar.map { "“\($0.string)”" }
      say(
        node,
        Phrase(
          "Here must be \(what.en)" + (found.map { ", not \($0)." } ?? "."),
          "此处应为\(what.zh)" + (found.map { "，而不是\($0)。" } ?? "。")))
      return nil
    }
    return value
  }

  mutating func id(_ node: Node) -> String? {
    value(node, Phrase("a short name of a–z, 0–9 and hyphens", "由 a–z、0–9 和连字符组成的短名称")) { text in
      let isName =
        (1...40).contains(text.utf8.count)
        && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
      return isName ? text : nil
    }
  }

  /// `{en: …, zh: …}`.
  mutating func phrase(_ node: Node) -> Phrase? {
    guard var members = members(node, of: ["en", "zh"]) else { return nil }
    let texts = ["en", "zh"].map { name in
      members.take(name).flatMap { node in
        value(node, Phrase("a text", "文本")) { text in
          // Lines that were broken to be read are one paragraph.
          let words = text.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
          return words.isEmpty ? nil : words
        }
      }
    }
    note(members)
    guard let english = texts[0], let chinese = texts[1] else { return nil }
    return Phrase(english, chinese.replacing("。 ", with: "。")).shown
  }

  /// Every item with its node; what makes no sense is noted and left out.
  mutating func list<Item>(
    _ node: Node, least: Int = 0, _ read: (inout LessonReader, Node) -> Item?
  ) -> [(Item, Node)] {
    guard let sequence = node.sequence else {
      say(node, Phrase("Here must be a list.", "此处应为列表。"))
      return []
    }
    if sequence.count < least { say(node, Phrase("There must be one at least.", "至少需要一项。")) }
    return sequence.compactMap { item in read(&self, item).map { ($0, item) } }
  }

  mutating func address(_ node: Node) -> IPv4Address? {
    value(node, Phrase("an IPv4 address", "IPv4 地址"), IPv4Address.init)
  }
}

extension Phrase {
  /// Without what must not reach a terminal.
  fileprivate var shown: Phrase {
    func clean(_ text: String) -> String {
      String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
    return Phrase(clean(en), clean(zh))
  }
}
