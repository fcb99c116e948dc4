import ArgumentParser
import SecureBuild

/// What every command takes.
struct CommonOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      Phrase(
        "The workspace's folder (else ACR_CONSOLE_WORKSPACE, else the default one).",
        "工作区目录（默认取 ACR_CONSOLE_WORKSPACE，再取默认目录）。"), value: "dir"), completion: .workspaces)
  var workspace: String?

  @Option(help: ArgumentHelp(Phrase("The language of this program.", "显示语言。"), value: "language"))
  var language: Language?

  @Option(help: ArgumentHelp(Phrase("How results are printed.", "输出格式。"), value: "format"))
  var format: OutputFormat = .table
}

/// What commands take that change something.
struct ChangeOptions: ParsableArguments, Sendable {
  @Flag(help: ArgumentHelp(Phrase("Check everything, change nothing.", "只检查，不作任何修改。")))
  var dryRun = false
}

/// What commands take that destroy something.
struct RemovalOptions: ParsableArguments, Sendable {
  @Flag(name: [.short, .long], help: ArgumentHelp(Phrase("Don't ask.", "不再询问确认。")))
  var yes = false

  @OptionGroup var change: ChangeOptions
}

/// Which instance is meant: `--instance ID`, or its id alone.
struct InstanceChoice: ParsableArguments, Sendable {
  @Option(
    name: .customLong("instance"), help: ArgumentHelp(Phrase("The instance's id.", "实例 ID。"), value: "id"),
    completion: .instances)
  var option: String?

  @Argument(
    help: ArgumentHelp(Phrase("The instance's id.", "实例 ID。"), value: "instance-id"), completion: .instances)
  var argument: String?

  func id() throws -> String { try Choice.one(option, argument, name: "--instance") }
}

/// Which link is meant.
struct LinkChoice: ParsableArguments, Sendable {
  @Option(
    name: .customLong("link"), help: ArgumentHelp(Phrase("The link's id.", "链路 ID。"), value: "id"), completion: .links)
  var option: String?

  @Argument(help: ArgumentHelp(Phrase("The link's id.", "链路 ID。"), value: "link-id"), completion: .links)
  var argument: String?

  func id() throws -> String { try Choice.one(option, argument, name: "--link") }
}

/// One of two ways to name a thing.
enum Choice {
  /// - Throws: `ValidationError` where there is none, or where there are two.
  static func one(_ option: String?, _ argument: String?, name: String, value: String = "id") throws -> String {
    switch (option, argument) {
    case (let id?, nil), (nil, let id?): return id
    case (nil, nil):
      throw missing("\(name) <\(value)>")
    case (let a?, let b?):
      if a == b { return a }
      throw ValidationError(
        Phrase(
          "Two \(value)s are given: '\(a)' and '\(b)'", "给出了两个\(value == "id" ? " ID" : "名称")：'\(a)' 和 '\(b)'")(
            HelpLanguage.current))
    }
  }

  /// What is needed and wasn't given, in the parser's words.
  static func missing(_ option: String) -> ValidationError {
    ValidationError(Phrase("Missing expected argument '\(option)'", "缺少参数 '\(option)'")(HelpLanguage.current))
  }

  /// An edit without a change.
  static func nothingToChange(_ options: String) -> String {
    Phrase("Nothing to change is given: \(options)", "未指定要修改的内容：\(options)")(HelpLanguage.current)
  }
}
