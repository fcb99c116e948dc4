import ArgumentParser
import SecureBuild
import TerminalUI

struct ShowBuildLog: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "log",
      Phrase(
        "Print a build's log; with --follow as it comes, to the build's end. Ctrl-C ends the following, not the build.",
        "输出构建日志；使用 --follow 则持续输出至构建结束。按 Ctrl-C 只停止跟踪，不影响构建。"),
      json: "[BuildStage LineNumber Message]")
  }

  @OptionGroup var choice: BuildChoice
  @Flag(name: [.short, .long], help: ArgumentHelp(Phrase("Go on until the build is over.", "持续输出至构建结束。")))
  var follow = false
  @Option(help: ArgumentHelp(Phrase("Begin with the last lines.", "从最后若干行开始。"), value: "n"))
  var tail: Int?
  @Option(
    help: ArgumentHelp(
      Phrase(
        "Whether the log's colours are kept: auto where standard output is a terminal.", "是否保留日志颜色：auto 表示输出到终端时保留。"),
      value: "when"))
  var color = ColorChoice.auto
  @OptionGroup var common: CommonOptions

  func check() throws {
    _ = try choice.id()
    guard tail.map({ $0 >= 0 }) ?? true else {
      throw ValidationError(Phrase("--tail is a number of lines", "--tail 为行数")(HelpLanguage.current))
    }
  }

  func run(_ invocation: Invocation) async throws {
    let builds = try invocation.open().builds
    let id = try choice.id()
    var printer: any LogPrinter =
      try invocation.output.format == .json
      ? LogEntryPrinter(builds.log(id), last: tail)
      : LogTextPrinter(builds.log(id), last: tail, keepsColors: color.keepsColors)
    defer { try? printer.end() }
    guard follow else { return try printer.print(try builds.record(id)) }
    let record = try await Following(builds, invocation.output).follow(id) { try printer.print($0.record) }
    try printer.end()
    let state = BuildView(record).statusWord
    invocation.output.say(
      Phrase(
        "Build \(id): \(state(.english)). `acr-console build show \(id)` tells the rest.",
        "构建 \(id)：\(state(.chinese))。详情请用 `acr-console build show \(id)` 查看。"))
  }
}

/// Whether colours are kept.
enum ColorChoice: String, CaseIterable, Sendable, ExpressibleByArgument {
  case auto, always, never

  var keepsColors: Bool {
    switch self {
    case .auto: StandardStream.output.isTerminal && ColorDepth.ofEnvironment != .monochrome
    case .always: true
    case .never: false
    }
  }
}
