import Testing

@testable import SecureBuild

@Suite struct PushNames {
  @Test(arguments: [
    "main", "feature/login", "release-1.0", "v1.2.3", "c++", "a@b", "主干", "fix#12", "x=y", "100%", "release.1",
    "UPPER_case",
  ])
  func `what git takes is a name`(name: String) throws {
    guard case .name(let read) = try PushName(" \(name) ", type: .branch) else {
      Issue.record("taken for an expression")
      return
    }
    #expect(read == name)
  }

  @Test(arguments: [
    "release-(?<imageTag>\\w*)", ".*", "v[0-9]+", "^main$", "main|develop", "release-.+", "v\\d+\\.\\d+", "a{2}",
    "ma?n",
  ])
  func `what git can't take, and what has groups, choices or .+ in it, is an expression`(text: String) throws {
    guard case .expression(let expression) = try PushName(text, type: .tag) else {
      Issue.record("taken for a name")
      return
    }
    #expect(expression.pattern == text)
    var draft = RuleDraft(repoId: "crr-1", pushName: text)
    #expect(draft.isExpression)
    draft.pushName = "main"
    #expect(!draft.isExpression)
  }

  @Test(arguments: [
    "my branch", "a..b", "a~1", "x:y", "/main", "main/", "a//b", ".hidden", "a/.b", "x.lock", "-x", "@", "a.",
    "a\u{7f}b", "-",
  ])
  func `what is neither is refused`(name: String) throws {
    let refusal = refused { _ = try PushName(name, type: .branch) }
    #expect(refusal?.code == .invalidPushName && refusal?.field == .pushName)
  }

  @Test func `nothing is missing`() {
    #expect(refused { _ = try PushName(" ", type: .tag) }?.code == .missing)
  }
}

@Suite struct PushExpressions {
  struct Case: Sendable {
    let pattern: String
    let name: String
    let groups: [String: String]?
  }

  static let cases = [
    Case(pattern: "release-(?<imageTag>\\w*)", name: "release-v1", groups: ["imageTag": "v1"]),
    Case(pattern: "release-(?<imageTag>\\w*)", name: "release-", groups: ["imageTag": ""]),
    // The whole name counts.
    Case(pattern: "release-(?<imageTag>\\w*)", name: "release-v1.2", groups: nil),
    Case(pattern: "release-(?<imageTag>\\w*)", name: "my-release-v1", groups: nil),
    Case(pattern: "v(?<a>\\d+)\\.(?<b>\\d+)", name: "v10.22", groups: ["a": "10", "b": "22"]),
    Case(pattern: "v\\d+(\\.\\d+)*", name: "v1.2.3.4", groups: [:]),
    Case(pattern: "v\\d+(\\.\\d+)*", name: "v1.", groups: nil),
    Case(pattern: "(?P<x>main|develop)", name: "develop", groups: ["x": "develop"]),
    Case(pattern: "main|develop", name: "main2", groups: nil),
    Case(pattern: "^main$", name: "main", groups: [:]),
    Case(pattern: "a$b", name: "ab", groups: nil),
    Case(pattern: ".*", name: "feature/x", groups: [:]),
    Case(pattern: "[^/]+", name: "feature/x", groups: nil),
    Case(pattern: "[a-c-]+", name: "a-b-c", groups: [:]),
    Case(pattern: "[]x]+", name: "]x", groups: [:]),
    Case(pattern: "[\\d.]+", name: "1.2", groups: [:]),
    Case(pattern: "(?<a>x+?)(?<b>x*)", name: "xxx", groups: ["a": "x", "b": "xx"]),
    Case(pattern: "(?<a>x+)(?<b>x*)", name: "xxx", groups: ["a": "xxx", "b": ""]),
    Case(pattern: "(?<a>a|ab)(?<b>c|bcd)(?<c>d*)", name: "abcd", groups: ["a": "a", "b": "bcd", "c": ""]),
    Case(pattern: "x{2,3}", name: "xxxx", groups: nil), Case(pattern: "x{2,3}", name: "xxx", groups: [:]),
    Case(pattern: "x{2}", name: "x", groups: nil), Case(pattern: "x{2,}", name: "xxxxx", groups: [:]),
    Case(pattern: "x{0}y", name: "y", groups: [:]), Case(pattern: "x{a}", name: "x{a}", groups: [:]),
    Case(pattern: "(?<o>x)?y", name: "y", groups: ["o": ""]),
    Case(pattern: "(?:(?<a>a)|(?<b>b))*", name: "ab", groups: ["a": "a", "b": "b"]),
    Case(pattern: "(a*)*b", name: "aab", groups: [:]), Case(pattern: "\\bmain\\b", name: "main", groups: [:]),
    Case(pattern: "ma\\Bin", name: "main", groups: [:]), Case(pattern: "\\W\\S\\D", name: "-xy", groups: [:]),
    Case(pattern: "发布-(?<imageTag>.+)", name: "发布-一", groups: ["imageTag": "一"]),
    Case(pattern: "|x", name: "", groups: [:]),
    // Letters of ASCII alone, so that a version comes of them.
    Case(pattern: "\\w+", name: "é", groups: nil),
  ]

  @Test(arguments: cases) func `names match as a whole, the groups as written`(_ example: Case) throws {
    let expression = try PushExpression(example.pattern)
    #expect(expression.match(example.name) == example.groups)
  }

  /// Where the library's own expressions say the same, both must.
  @Test(
    arguments: cases.filter {
      !$0.pattern.contains("\\w") && !$0.pattern.contains("?P<")
        && !["(?:(?<a>a)|(?<b>b))*", "[]x]+"].contains($0.pattern)
    })
  func `as the library's expressions do`(_ example: Case) throws {
    let theirs = try Regex(example.pattern).wholeMatch(in: example.name)
    #expect((theirs != nil) == (example.groups != nil))
    for (name, value) in example.groups ?? [:] {
      #expect(theirs?[name]?.substring.map(String.init) ?? "" == value)
    }
  }

  @Test(arguments: [
    ("(a", 1), ("a)", 2), ("[a", 1), ("*a", 1), ("a**", 3), ("(?=a)b", 1), ("(?<!a)b", 1), ("(?i)a", 1), ("\\1", 1),
    ("a\\", 2),
    ("(?<1x>a)", 4), ("(?<x>a)(?<x>b)", 11), ("[z-a]", 3), ("x{300}", 2), ("x{3,2}", 2), ("[[:alpha:]]", 2),
    ("\\p{L}", 1),
    ("^*", 1), ("(?<x", 4),
  ])
  func `what can't be used is told with its place`(pattern: String, column: Int) throws {
    let refusal = try #require(refused { _ = try PushExpression(pattern) })
    #expect(refusal.code == .invalidPushName && refusal.field == .pushName)
    #expect(refusal.message.en.contains("at character \(column):"), "\(refusal.message.en)")
    #expect(!refusal.message.zh.isEmpty)
  }

  @Test(arguments: ["(a+)+", "(a|a)*", "(a|aa)+", "((a*)*)*", "(.*)*x", "(a?){200}a{200}", "a*a*a*a*a*a*a*a*b"])
  func `no expression takes long`(pattern: String) throws {
    let expression = try PushExpression(pattern)
    let start = ContinuousClock.now
    _ = expression.match(String(repeating: "a", count: 254) + "!")
    #expect(ContinuousClock.now - start < .seconds(2))
  }

  @Test func `too long, too deep, too large`() {
    #expect(refused { _ = try PushExpression(String(repeating: "a", count: 257)) } != nil)
    #expect(
      refused { _ = try PushExpression(String(repeating: "(", count: 80) + String(repeating: ")", count: 80)) } != nil)
    #expect(refused { _ = try PushExpression("((a{200}){200}){200}") } != nil)
  }
}
