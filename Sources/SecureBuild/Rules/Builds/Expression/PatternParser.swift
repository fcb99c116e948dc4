/// Reads a regular expression.
struct PatternParser {
  private let text: [Unicode.Scalar]
  private var next = 0
  /// The named groups, in their order.
  private(set) var names: [(name: String, group: Int)] = []
  private(set) var groupCount = 0
  private var depth = 0

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  mutating func parse() throws(PatternFlaw) -> PatternNode {
    let node = try choice()
    guard next == text.count else { throw flaw(Phrase("nothing opens this parenthesis", "括号没有对应的左括号")) }
    return node
  }

  private var current: Unicode.Scalar? { next < text.count ? text[next] : nil }

  private func flaw(_ what: Phrase, at place: Int? = nil) -> PatternFlaw {
    PatternFlaw(column: (place ?? next) + 1, what: what)
  }

  private mutating func take(_ wanted: String) -> Bool {
    let wanted = Array(wanted.unicodeScalars)
    guard text[next...].starts(with: wanted) else { return false }
    next += wanted.count
    return true
  }

  // MARK: Choices, sequences, repetitions

  private mutating func choice() throws(PatternFlaw) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 50 else { throw flaw(Phrase("groups in groups, too deep", "分组嵌套过深")) }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternFlaw) -> PatternNode {
    var parts: [PatternNode] = []
    while let scalar = current, scalar != "|", scalar != ")" { parts.append(try repeated()) }
    return .sequence(parts)
  }

  private mutating func repeated() throws(PatternFlaw) -> PatternNode {
    let start = next
    var node = try atom()
    var isRepeated = false
    while let (least, most) = try quantifier() {
      guard !isRepeated else { throw flaw(Phrase("a repetition of a repetition", "重复符号不能连用"), at: next - 1) }
      if case .assertion = node { throw flaw(Phrase("this can't be repeated", "此处不能重复"), at: start) }
      let isLazy = take("?")
      node = .repetition(node, least: least, most: most, isLazy: isLazy)
      isRepeated = true
    }
    return node
  }

  private mutating func quantifier() throws(PatternFlaw) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = next
    guard take("{") else { return nil }
    // As most libraries have it, a brace that begins no count is a character.
    guard let least = number() else {
      next = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else {
      next = start
      return nil
    }
    guard least <= 256, most ?? 0 <= 256, most ?? least >= least else {
      throw flaw(Phrase("a count from 0 to 256 is needed, the smaller first", "次数须为 0 到 256，且先小后大"), at: start)
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let start = next
    while let scalar = current, ("0"..."9").contains(scalar), next - start < 6 { next += 1 }
    return Int(DockerfileReader.text(text[start..<next]))
  }

  // MARK: Atoms

  private mutating func atom() throws(PatternFlaw) -> PatternNode {
    let start = next
    guard let scalar = current else { throw flaw(Phrase("something is missing", "缺少内容")) }
    next += 1
    switch scalar {
    case "(": return try group(at: start)
    case "[": return .characters(try bracket(at: start))
    case ".": return .characters(.any)
    case "^": return .assertion(.start)
    case "$": return .assertion(.end)
    case "*", "+", "?": throw flaw(Phrase("nothing to repeat stands before it", "其前面没有可重复的内容"), at: start)
    case "\\": return try escaped(at: start)
    default: return .characters(PatternSet(scalar))
    }
  }

  private mutating func group(at start: Int) throws(PatternFlaw) -> PatternNode {
    var number: Int?
    if take("?:") {
    } else if take("?<=") || take("?<!") || take("?=") || take("?!") || take("?>") {
      throw flaw(Phrase("looking ahead or back isn't taken", "不支持环视"), at: start)
    } else if take("?P<") || take("?<") {
      number = try named()
    } else if take("?") {
      throw flaw(Phrase("options aren't taken", "不支持选项"), at: start)
    } else {
      number = newGroup()
    }
    let inside = try choice()
    guard take(")") else { throw flaw(Phrase("the parenthesis isn't closed", "括号未闭合"), at: start) }
    return number.map { .group(inside, number: $0) } ?? inside
  }

  private mutating func newGroup() -> Int {
    groupCount += 1
    return groupCount - 1
  }

  private mutating func named() throws(PatternFlaw) -> Int {
    let start = next
    while let scalar = current, PatternSet.isWord(scalar) { next += 1 }
    let name = DockerfileReader.text(text[start..<next])
    guard BuildArguments.isName(name), take(">") else {
      throw flaw(
        Phrase("a group's name is letters, digits and _, as in (?<imageTag>…)", "分组名称由字母、数字和 _ 组成，例如 (?<imageTag>…)"),
        at: start)
    }
    guard !names.contains(where: { $0.name == name }) else {
      throw flaw(Phrase("two groups are called \(name)", "有两个名为 \(name) 的分组"), at: start)
    }
    let group = newGroup()
    names.append((name, group))
    return group
  }

  private mutating func escaped(at start: Int) throws(PatternFlaw) -> PatternNode {
    guard let scalar = current else { throw flaw(Phrase("a character is missing behind \\", "\\ 后缺少字符"), at: start) }
    if scalar == "b" || scalar == "B" {
      next += 1
      return .assertion(scalar == "b" ? .boundary : .noBoundary)
    }
    return .characters(PatternSet(items: [try classOrCharacter(at: start)]))
  }

  /// What stands behind a backslash.
  private mutating func classOrCharacter(at start: Int) throws(PatternFlaw) -> PatternSet.Item {
    guard let scalar = current else { throw flaw(Phrase("a character is missing behind \\", "\\ 后缺少字符"), at: start) }
    next += 1
    switch scalar {
    case "d": return .digit(negated: false)
    case "D": return .digit(negated: true)
    case "w": return .word(negated: false)
    case "W": return .word(negated: true)
    case "s": return .space(negated: false)
    case "S": return .space(negated: true)
    default:
      guard !scalar.isASCII || !UInt8(scalar.value).isLetterOrDigit else {
        throw flaw(Phrase("\\\(Character(scalar)) isn't taken", "不支持 \\\(Character(scalar))"), at: start)
      }
      return .range(scalar...scalar)
    }
  }

  private mutating func bracket(at start: Int) throws(PatternFlaw) -> PatternSet {
    var set = PatternSet(items: [])
    set.isNegated = take("^")
    var isFirst = true
    while let scalar = current, scalar != "]" || isFirst {
      isFirst = false
      let item = try bracketItem()
      // A hyphen at the end is one.
      guard case .range(let from) = item, current == "-", next + 1 < text.count, text[next + 1] != "]" else {
        set.items.append(item)
        continue
      }
      let place = next
      next += 1
      guard case .range(let to) = try bracketItem(), from.lowerBound <= to.lowerBound else {
        throw flaw(Phrase("a range goes from the lower to the higher character", "字符范围须由小到大"), at: place)
      }
      set.items.append(.range(from.lowerBound...to.lowerBound))
    }
    guard take("]") else { throw flaw(Phrase("the bracket isn't closed", "方括号未闭合"), at: start) }
    return set
  }

  private mutating func bracketItem() throws(PatternFlaw) -> PatternSet.Item {
    let start = next
    guard let scalar = current else { throw flaw(Phrase("the bracket isn't closed", "方括号未闭合")) }
    next += 1
    if scalar == "\\" { return try classOrCharacter(at: start) }
    if scalar == "[", current == ":" { throw flaw(Phrase("[:…:] isn't taken", "不支持 [:…:]"), at: start) }
    return .range(scalar...scalar)
  }
}
