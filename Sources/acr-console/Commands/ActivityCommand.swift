import ArgumentParser
import SecureBuild

struct ActivityCommand: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "activity",
      Phrase(
        "What was done in this workspace, when and by whom; the newest first.", "工作区操作记录：何时、何人、做了什么；最新的在前。"),
      json: "[Sequence At By Request Kind InstanceIds[] Message]")
  }

  @Option(
    help: ArgumentHelp(Phrase("Only what concerns this instance.", "仅限与该实例有关的记录。"), value: "id"),
    completion: .instances)
  var instance: String?
  @Option(help: ArgumentHelp(Phrase("At most so many lines.", "最多显示的条数。"), value: "n"))
  var limit = 50
  @Option(
    help: ArgumentHelp(Phrase("Only what is older than this line.", "仅限早于该序号的记录。"), value: "sequence"))
  var before: Int?
  @OptionGroup var common: CommonOptions

  func check() throws {
    guard (1...10_000).contains(limit) else {
      throw ValidationError(Phrase("--limit is 1 to 10000", "--limit 的取值范围为 1 到 10000")(HelpLanguage.current))
    }
    guard before.map({ $0 > 0 }) ?? true else {
      throw ValidationError(Phrase("--before is a line's number", "--before 为记录的序号")(HelpLanguage.current))
    }
  }

  func run(_ invocation: Invocation) throws {
    let slice = try invocation.open().activity(of: instance, before: before, limit: limit)
    try invocation.output.list(slice.entries, orElse: Phrase("There is nothing (more).", "没有（更多）记录。"))
    // What can be read has been printed; why there is no more is how it ends.
    if let unreadable = slice.unreadable { throw unreadable }
    if let next = slice.next {
      invocation.output.say(Phrase("Older lines: --before \(next)", "更早的记录：--before \(next)"))
    }
  }
}
