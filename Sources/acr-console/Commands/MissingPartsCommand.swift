import ArgumentParser
import SecureBuild

struct ShowMissingParts: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "missing",
      Phrase(
        "Show what this machine lacks for a build, and what to install: exit 0 when nothing is missing, else 1.",
        "查看本机缺少哪些构建所需的部分及安装方法：齐备返回 0，否则返回 1。"), json: "[Engine Name Message Mend]")
  }

  @Option(
    help: ArgumentHelp(
      Phrase("For this instance's network; else for one over a link.", "按该实例的网络类型检查；默认按链路检查。"), value: "id"),
    completion: .instances)
  var instance: String?
  @Option(help: ArgumentHelp(Phrase("What builds.", "构建引擎。"), value: "engine"))
  var engine = BuildRequest.EngineName.local
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let parts = try await MissingParts.of(engine, for: instance, in: workspace, invocation)
    try invocation.output.list(
      parts.map { MissingPartView(part: $0, engine: engine) },
      orElse: Phrase("Nothing is missing: builds can start.", "一切齐备，可以构建。"))
    // What is missing is listed; that something is, is how it ends.
    guard parts.isEmpty else { throw Refusal.partsMissing(parts, of: engine) }
  }
}

struct MissingPartView: Presentable {
  let part: MissingPart
  let engine: BuildRequest.EngineName

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Missing", "缺少")) { view, _ in view.part.name },
      Column(Phrase("Why", "原因"), width: .max) { view, language in view.part.why(language) },
      Column(Phrase("Mend", "处理方法"), width: .max) { view, language in view.part.mend(language) },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "Engine": .string(engine.rawValue), "Name": .string(part.name), "Message": .string(part.why(language)),
      "Mend": .string(part.mend(language)),
    ]
  }
}
