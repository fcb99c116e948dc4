/// Fills variables into a word as Dockerfiles have them, and takes its quotes away.
struct DockerfileExpansion {
  let escape: Unicode.Scalar
  /// What a variable is; nil where it isn't set.
  let value: (String) -> String?

  struct Result {
    var text = ""
    /// Variables that aren't set and have no default.
    var undefined: [String] = []
    /// `${X#…}` and the like, which buildah doesn't have.
    var modifiers: [String] = []
    /// A brace or a quote isn't closed.
    var isBroken = false
  }

  func expand(_ word: String) -> Result {
    var result = Result()
    var rest = Array(word.unicodeScalars)[...]
    expand(&rest, until: nil, into: &result)
    return result
  }

  private func expand(_ rest: inout ArraySlice<Unicode.Scalar>, until end: Unicode.Scalar?, into result: inout Result) {
    var quote: Unicode.Scalar?
    while let scalar = rest.first {
      if quote == nil, scalar == end { return }
      rest.removeFirst()
      switch scalar {
      case "'" where quote != "\"":
        quote = quote == nil ? "'" : nil
      case "\"" where quote != "'":
        quote = quote == nil ? "\"" : nil
      case escape where quote != "'":
        if let escaped = rest.popFirst() { result.text.unicodeScalars.append(escaped) }
      case "$" where quote != "'":
        variable(&rest, into: &result)
      default:
        result.text.unicodeScalars.append(scalar)
      }
    }
    if quote != nil || end != nil { result.isBroken = true }
  }

  private func variable(_ rest: inout ArraySlice<Unicode.Scalar>, into result: inout Result) {
    guard rest.first == "{" else {
      let name = Self.name(&rest)
      guard !name.isEmpty else { return result.text += "$" }
      substitute(name, into: &result)
      return
    }
    rest.removeFirst()
    let name = Self.name(&rest)
    if rest.first == "}" {
      rest.removeFirst()
      return substitute(name, into: &result)
    }
    let hasColon = rest.first == ":"
    if hasColon { rest.removeFirst() }
    guard !name.isEmpty, let modifier = rest.popFirst() else { return result.isBroken = true }
    var word = Result()
    expand(&rest, until: "}", into: &word)
    if rest.popFirst() != "}" { word.isBroken = true }
    result.isBroken = result.isBroken || word.isBroken
    result.modifiers += word.modifiers
    let known = value(name)
    let counts = hasColon ? known.map { !$0.isEmpty } ?? false : known != nil
    switch modifier {
    case "-": use(counts ? Result(text: known ?? "") : word, into: &result)
    case "+": if counts { use(word, into: &result) }
    default:
      result.text += known ?? ""
      result.modifiers.append("${\(name)\(hasColon ? ":" : "")\(modifier)…}")
      return
    }
    if !hasColon { result.modifiers.append("${\(name)\(modifier)…}") }
  }

  private func use(_ word: Result, into result: inout Result) {
    result.text += word.text
    result.undefined += word.undefined
  }

  private func substitute(_ name: String, into result: inout Result) {
    if let value = value(name) { result.text += value } else { result.undefined.append(name) }
  }

  private static func name(_ rest: inout ArraySlice<Unicode.Scalar>) -> String {
    func isPart(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII && UInt8(scalar.value).isLetterOrDigit || scalar == "_"
    }
    let name = rest.prefix(while: isPart)
    rest = rest.dropFirst(name.count)
    return DockerfileReader.text(name)
  }
}
