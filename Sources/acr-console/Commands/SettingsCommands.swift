import ArgumentParser
import Console
import SecureBuild

struct SettingsCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "settings", Phrase("This program's settings.", "本程序的设置。"), subcommands: [ShowSettings.self])
  }
}

struct ShowSettings: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "show", Phrase("Show each setting and where its value comes from.", "查看各项设置及其来源。"),
      json: """
        {File Exists Settings[Name Value Source(BUILT_IN|ENVIRONMENT|FILE|OPTION) Line Variable Option] \
        Problems[File Line Message]}
        """)
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let lines = SettingLine.lines(of: invocation.settings, file: invocation.settingsFile.path)
    let problems = invocation.settingsFile.problems
    guard invocation.output.format == .json else {
      try invocation.output.list(lines, orElse: Phrase("There are no settings.", "没有设置。"))
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
            "File": .string($0.file), "Line": .number($0.line), "Message": .string($0.text(invocation.language)),
          ]
        }),
    ])
  }
}
