import ArgumentParser
import Console
import SecureBuild
import TerminalUI

struct SettingsCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "settings", Phrase("This program's settings.", "本程序的设置。"), subcommands: [ShowSettings.self])
  }
}

struct ShowSettings: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "show",
      Phrase(
        "Show each setting: its value and where it comes from, what it does, and what it may be.",
        "查看各项设置：值、来源、作用及取值范围。"),
      json: """
        {File Exists Settings[Name Value Source(BUILT_IN|ENVIRONMENT|FILE|OPTION) Line Variable Option Default Values \
        Description] Problems[File Line Message]}
        """)
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let lines = SettingLine.lines(of: invocation)
    let problems = Self.problems(of: invocation)
    guard invocation.output.format == .json else {
      try invocation.output.list(lines, orElse: Phrase("There are no settings.", "没有设置。"))
      try explain(invocation.language)
      if !invocation.settingsFile.exists {
        let path = invocation.settingsFile.path
        invocation.output.say(Phrase("There is no file \(path).", "文件 \(path) 不存在。"))
      }
      return problems.forEach { invocation.output.say($0.sentence) }
    }
    try invocation.output.print([
      "File": .string(invocation.settingsFile.path), "Exists": .bool(invocation.settingsFile.exists),
      "Settings": .array(lines.map { $0.json(invocation.language) }),
      "Problems": .array(
        problems.map {
          [
            "File": .string(invocation.settingsFile.path), "Line": .number($0.line),
            "Message": .string($0.text(invocation.language)),
          ]
        }),
    ])
  }

  /// All that is wrong with the file, in the order of its lines.
  private static func problems(of invocation: Invocation) -> [(line: Int, text: Phrase, sentence: Phrase)] {
    let ofFile = invocation.settingsFile.problems(among: ThemeCommands.catalogue.names).map {
      ($0.line, $0.text, $0.sentence)
    }
    let ofKeys = invocation.keys.problems.map { ($0.line, $0.text, $0.sentence) }
    return (ofFile + ofKeys).sorted { $0.0 < $1.0 }
  }

  /// One of a table's own.
  private func explain(_ name: String, _ meaning: Phrase, _ values: Phrase, _ language: Language) throws {
    let sentences = meaning + Phrase("It is \(values.en).", "取值：\(values.zh)。")
    let lines = Paragraph.lines(sentences(language), width: 72).map { "        \($0)\n" }
    try StandardStream.output.write("    \(name)\n" + lines.joined())
  }

  /// What each does, and how it is written in the file.
  private func explain(_ language: Language) throws {
    for setting in SettingName.allCases {
      let sentences = setting.meaning + Phrase("It is \(setting.values.en).", "取值：\(setting.values.zh)。")
      let lines = Paragraph.lines(sentences(language), width: 76).map { "    \($0)\n" }
      try StandardStream.output.write("\n\(setting.rawValue)\n" + lines.joined())
      if setting == .build {
        for name in BuildSettingName.allCases {
          try explain(name.rawValue, name.meaning, SettingName.values(name.range), language)
        }
      }
      if setting == .kubernetes {
        for name in ClusterSettingName.allCases { try explain(name.rawValue, name.meaning, name.values, language) }
      }
    }
  }
}
