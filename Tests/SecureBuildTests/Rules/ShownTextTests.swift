import Testing

@testable import SecureBuild

/// Names and labels hold nothing that can't be seen or that turns the text around it.
@Suite struct ShownTexts {
  static let hidden: [(String, String)] = [
    ("a\u{202e}b", "U+202E"), ("a\u{2066}b", "U+2066"), ("a\u{200b}b", "U+200B"), ("a\u{200d}b", "U+200D"),
    ("\u{feff}ab", "U+FEFF"), ("a\u{ad}b", "U+00AD"), ("a\u{1b}b", "U+001B"), ("a\u{9b}b", "U+009B"),
    ("a\tb", "U+0009"), ("a\u{2028}b", "U+2028"), ("a\u{e0041}b", "U+E0041"), ("a\u{3164}b", "U+3164"),
    ("a\u{2800}b", "U+2800"), ("a\u{e000}b", "U+E000"), ("a\u{fe0f}b", "U+FE0F"),
  ]

  @Test(arguments: hidden) func `are refused at each field, by the character's number`(
    text: String, number: String
  ) throws {
    let refusals = [
      (refused { _ = try InstanceRules.name(text) }, Field.instanceName, Code.invalidName),
      (refused { _ = try NetworkRules.name(text, at: .vpcName) }, .vpcName, .invalidName),
      (refused { _ = try NetworkRules.name(text, at: .vSwitchName) }, .vSwitchName, .invalidName),
      (
        refused { _ = try LinkRules.allowed(AllowedIpDraft(ip: "10.0.0.9", label: text)) }, .allowedIps, .invalidLabel
      ),
      (
        refused { _ = try BindingRules.draftUsername(BindingDraft(instanceId: "i", username: text)) }, .username,
        .invalidUsername
      ),
    ]
    for (refusal, field, code) in refusals {
      #expect(refusal?.field == field)
      #expect(refusal?.code == code)
      #expect(refusal?.message.en.contains(number) == true && refusal?.message.zh.contains(number) == true)
    }
  }

  @Test(arguments: ["build prod", "构建 生产", "café", "cafe\u{301}", "№ 1 — “x”", "naïve\u{a0}x", "构建①", "сборка", "🚀"])
  func `others stay as they are`(text: String) throws {
    #expect(try InstanceRules.name(text) == text)
    #expect(try NetworkRules.name(" \(text) ", at: .vpcName) == text)
    #expect(try LinkRules.allowed(AllowedIpDraft(ip: "10.0.0.9", label: text)).label == text)
  }

  @Test func `a region that the table lacks is noted, with the table's date`() {
    #expect(ZoneTable.builtIn.note(on: "cn-hangzhou") == nil)
    let note = ZoneTable.builtIn.note(on: "me-east-1")
    #expect(note?.text.en.contains("me-east-1") == true && note?.text.zh.contains(ZoneTable.date) == true)
  }
}
