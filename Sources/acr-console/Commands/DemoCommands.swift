import ArgumentParser
import Console
import SecureBuild
import TerminalUI

struct DemoCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "demo", Phrase("The console played by a script, for a room or a document.", "由脚本自动演示控制台，用于讲解或文档。"),
      subcommands: [ListDemos.self, CheckDemo.self, PlayDemo.self, RecordSession.self])
  }
}

struct ListDemos: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List the demos in the program.", "列出内置演示。"), json: "[Name Title Scenes Seconds]")
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    try invocation.output.list(DemoScript.shipped, orElse: Phrase("There are no demos.", "没有演示。"))
  }
}

struct CheckDemo: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "check",
      Phrase(
        "Read a demo's script: exit 1 when something is wrong with it, with line and column.",
        "检查演示脚本：有误时返回 1，并指出行和列。"),
      json: "{File Sound Title Scenes Seconds Findings[Line Column Message]}")
  }

  @Argument(
    help: ArgumentHelp(Phrase("The script; - for standard input.", "脚本文件；- 表示标准输入。"), value: "file"),
    completion: .file(extensions: ["demo"]))
  var file: String
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let (script, faults) = try DemoFile.read(file)
    if invocation.output.format == .json {
      try invocation.output.print([
        "File": .string(file), "Sound": .bool(faults.isEmpty), "Title": .optional(script?.title(invocation.language)),
        "Scenes": script.map { .number($0.scenes) } ?? .null,
        "Seconds": script.map { .number($0.seconds(in: invocation.language)) } ?? .null,
        "Findings": .array(faults.map { $0.json(invocation.language) }),
      ])
    } else if let script {
      try invocation.output.show(script)
    } else {
      for fault in faults.dropFirst() { invocation.output.say(DemoFile.sentence(fault, in: file)) }
    }
    if let refusal = DemoFile.refusal(faults, in: file) { throw refusal }
  }
}

struct PlayDemo: ScreenCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "play",
      Phrase(
        "Play a demo on a fresh training workspace, which is removed at the end: Space pauses, arrows step, + and - change the speed, Esc hands over the keyboard.",
        "在全新的演练工作区中播放演示，结束后删除该工作区：空格暂停，方向键前后移动，+ 和 - 调整速度，Esc 接管键盘。"))
  }

  @Argument(
    help: ArgumentHelp(
      Phrase("The name of a demo in the program, or a script's file.", "内置演示的名称，或脚本文件。"), value: "name|file"),
    completion: .demos)
  var demo: String
  @Option(
    help: ArgumentHelp(
      Phrase(
        "Also record it to this new file (asciicast 2, which `asciinema play` plays); tokens are masked.",
        "同时录制到新文件（asciicast 2 格式，可用 `asciinema play` 播放）；Token 会被遮盖。"), value: "out.cast"),
    completion: .file())
  var record: String?
  @Flag(
    help: ArgumentHelp(
      Phrase("Needs no terminal and makes no pauses; a recording has them all the same.", "不需要终端，不作停顿；录制中仍保留停顿。")))
  var headless = false
  @Option(
    help: ArgumentHelp(
      Phrase("With --headless: the size in cells.", "与 --headless 一起使用：以字符为单位的窗口大小。"), value: "80x24"))
  var size: ScreenSize = ScreenSize(80, 24)
  @Option(
    help: ArgumentHelp(
      Phrase("How long a step waits for what it wants to see.", "每一步等待画面出现的最长时间。"), value: "seconds"))
  var patience: Int = 30
  @Flag(
    help: ArgumentHelp(
      Phrase("With --headless: print the demo's picture as text.", "与 --headless 一起使用：以文本输出演示的画面。")))
  var picture = false
  @OptionGroup var common: CommonOptions

  func check() throws {
    guard headless || !picture else {
      throw ValidationError(
        Phrase("--picture is with --headless", "--picture 须与 --headless 一起使用")(HelpLanguage.current))
    }
    guard (1...3600).contains(patience) else {
      throw ValidationError(
        Phrase("--patience is of 1 to 3600 seconds", "--patience 须为 1 到 3600 秒")(HelpLanguage.current))
    }
  }

  func show(_ invocation: Invocation) throws -> ExitReason {
    let script = try DemoFile.script(demo)
    if !headless, let problem = TerminalProblem.check() { throw Refusal(problem) }
    let cast = try record.map { path throws(Refusal) in try CastFile(making: Candidates.atHome(path)) }
    let ground = try DemoGround.make()
    let end = DemoProgram.play(
      ground.launch(invocation, of: script),
      DemoRun(
        script, ground.facts, ground.clock, farewell: ground.farewell, headless: headless ? size.size : nil,
        patience: .seconds(patience), cast: cast)
    )
    invocation.output.notice(try ground.remove())
    try cast?.check()
    if let failure = end.failure {
      for line in failure.screen { invocation.output.say(Phrase("  " + line, "  " + line)) }
      throw Refusal(failure, in: demo)
    }
    if headless, end.reason == .quit, !end.isWhole { throw Refusal.demoEndedEarly(demo) }
    if picture { try StandardStream.output.write(end.picture.map { $0 + "\n" }.joined()) }
    return end.reason
  }
}

struct RecordSession: ScreenCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "record",
      Phrase(
        "Open the console and record what it shows to a new file (asciicast 2, which `asciinema play` plays); tokens are masked. For a demo: `demo play NAME --record FILE`.",
        "打开控制台，并将其显示内容录制到新文件（asciicast 2 格式，可用 `asciinema play` 播放）；Token 会被遮盖。录制演示请用：`demo play NAME --record FILE`。"
      ))
  }

  @Argument(
    help: ArgumentHelp(Phrase("The new file.", "新文件。"), value: "out.cast"), completion: .file())
  var file: String
  @OptionGroup var common: CommonOptions

  func show(_ invocation: Invocation) throws -> ExitReason {
    if let problem = TerminalProblem.check() { throw Refusal(problem) }
    let cast = try CastFile(making: Candidates.atHome(file))
    let end = ConsoleProgram.run(OpenConsole.launch(invocation), recordingTo: cast)
    OpenConsole.tellBuilds(of: end)
    try cast.check()
    return end.reason
  }
}

/// A size in cells: `80x24`.
struct ScreenSize: ExpressibleByArgument {
  let size: Size

  init(_ width: Int, _ height: Int) { size = Size(width: width, height: height) }

  init?(argument: String) {
    let numbers = argument.split(whereSeparator: { "x×".contains($0) }).map { Int($0) }
    guard numbers.count == 2, let width = numbers[0], let height = numbers[1], (40...300).contains(width),
      (12...100).contains(height)
    else { return nil }
    self.init(width, height)
  }

  var defaultValueDescription: String { "\(size.width)x\(size.height)" }
}
