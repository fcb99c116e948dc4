import ArgumentParser
import Console
import SecureBuild
import Training

extension LessonCatalogue {
  /// Those that come with the program, and those in `lessons` beside the settings file.
  static var here: LessonCatalogue { LessonCatalogue(folder: Invocation.configurationFolder + "/lessons") }
}

extension CompletionKind {
  static var lessons: CompletionKind { .custom { _, _, _ in Candidates.safe(LessonCatalogue.here.lessons.map(\.id)) } }
}

struct ListLessons: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list",
      Phrase(
        "List the lessons, and how far you are in each: those that come with the program, then those in `lessons` beside the settings file.",
        "列出课程及进度：先是程序自带的课程，然后是设置文件旁 `lessons` 目录中的课程。"),
      json: "[\(LessonLine.json)]")
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let lessons = try Lessons(in: try invocation.open())
    try lessons.advance()
    let now = SystemClock().now()
    try invocation.output.list(
      try lessons.all(.here).map { LessonLine(status: $0, now: now) }, orElse: Phrase("There are none.", "没有课程。"))
  }
}

struct StartLesson: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "start",
      Phrase(
        "Begin a lesson, by its id or a file of your own. The training world is put back as it was made but for what the lesson changes; the lesson's instance loses its links and its account.",
        "开始课程（按 ID 或自有文件）。演练环境恢复为初始状态并应用课程所需的改动；课程所用实例的链路和账号会被移除。"),
      json: "{\(LessonLine.json) Step Text Missing GivenHints Debrief}")
  }

  @Argument(
    help: ArgumentHelp(Phrase("The lesson's id, or its file.", "课程 ID 或文件。"), value: "lesson"), completion: .lessons)
  var lesson: String
  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let lessons = try Lessons(in: workspace)
    let (lesson, text) = try LessonCatalogue.here.lesson(lesson)
    if lesson.needsBuild, let part = await invocation.engines[.local]?.missingParts(for: .open).first {
      invocation.output.notice(
        Phrase("This machine can't build what the lesson asks for yet: ", "本机尚不能完成课程所需的构建：") + part.why + part.mend)
    }
    let rehearsed = try lessons.rehearseStart(lesson)
    if !removal.change.dryRun, !rehearsed.gone.isNothing {
      try Confirmation.require(rehearsed.gone.what, unless: removal.yes, invocation.output)
    }
    let now = SystemClock().now()
    if removal.change.dryRun {
      let gone = rehearsed.gone
      if !gone.isNothing { invocation.output.say(Phrase("Would go: \(gone.what.en).", "将移除\(gone.what.zh)。")) }
      try invocation.output.show(LessonLine(status: rehearsed.status, now: now), rehearsed: true)
      return
    }
    _ = try lessons.start(lesson, text: text)
    if let status = try lessons.advance() { try CoachText(status: status, now: now).print(to: invocation.output) }
    invocation.output.say(
      Phrase(
        "`acr-console train status` says how far you are, `train hint` helps.",
        "`acr-console train status` 查看进度，`train hint` 获取提示。"))
  }
}

extension LessonStart.Gone {
  /// What goes.
  var what: Phrase {
    let account = account.map { Phrase("the account \($0)", "账号 \($0)") }
    let names = links.joined(separator: ", ")
    let all = [account, names.isEmpty ? nil : Phrase("the links \(names)", "链路 \(names)")].compactMap(\.self)
    return Phrase(all.map(\.en).joined(separator: " and "), all.map(\.zh).joined(separator: "和"))
  }
}

struct LessonStatusCommand: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "status",
      Phrase(
        "Say how far you are in the lesson that runs: the step, what it still waits for, and at the end why it went as it did.",
        "查看进行中课程的进度：当前步骤、尚缺的条件，以及结束后的讲解。"),
      json:
        "{\(LessonLine.json) Step Text Missing GivenHints Debrief{Why VendorPath VendorSentence}}, null where none was begun"
    )
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    guard let status = try Lessons(in: try invocation.open()).advance() else {
      if invocation.output.format == .json { try invocation.output.print(.null) }
      return invocation.output.say(
        Phrase("No lesson was begun: `acr-console train list`.", "尚未开始任何课程：`acr-console train list`。"))
    }
    try CoachText(status: status, now: SystemClock().now()).print(to: invocation.output)
  }
}

struct HintLesson: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "hint",
      Phrase(
        "Give the next hint of the step that comes next: a nudge, then more, then the whole way.",
        "给出当前步骤的下一条提示：先是点拨，再具体一些，最后是完整做法。"),
      json: "{\(LessonLine.json) Step Text Missing GivenHints}")
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let status = try Lessons(in: try invocation.open()).hint()
    try CoachText(status: status, now: SystemClock().now()).print(to: invocation.output)
  }
}

struct ResetTraining: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "reset",
      Phrase(
        "Put the training world back as it was made, and leave the lesson that runs. Results stay.",
        "将演练环境恢复为初始状态，并离开进行中的课程。成绩保留。"),
      json: "{Reset Left}")
  }

  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let lessons = try Lessons(in: try invocation.open())
    if !removal.change.dryRun {
      try Confirmation.require(
        Phrase(
          "what you changed in the training networks, and links and account of the lesson that runs",
          "您在演练网络中所做的修改，以及进行中课程的链路和账号"), unless: removal.yes, invocation.output)
    }
    let left = try lessons.reset(dryRun: removal.change.dryRun)
    if invocation.output.format == .json {
      try invocation.output.print(["Reset": .bool(!removal.change.dryRun), "Left": .optional(left?.lesson.id)])
    } else {
      invocation.output.say(
        removal.change.dryRun ? Output.dryRun : Phrase("The training world is as it was made.", "演练环境已恢复为初始状态。"))
    }
  }
}

struct ReportLessons: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "report",
      Phrase(
        "Report what became of the lessons: of this workspace, or of a class of them, a folder each. --format csv is for spreadsheets.",
        "汇总课程成绩：当前工作区，或一个班级的多个工作区（每个一个目录）。--format csv 供电子表格使用。"),
      json: LessonResult.json)
  }

  static let formats = OutputFormat.allCases

  @Argument(
    help: ArgumentHelp(Phrase("Training workspaces' folders.", "演练工作区目录。"), value: "dir"), completion: .workspaces)
  var workspaces: [String] = []
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let folders =
      workspaces.isEmpty ? [invocation.path] : try workspaces.map { try WorkspacePath.chosen(Candidates.atHome($0)) }
    let now = SystemClock().now()
    var rows: [LessonResult] = []
    for folder in folders {
      let workspace = try Workspace.open(at: folder, waiting: invocation.waiting, surroundings: Invocation.surroundings)
      rows += try Lessons(in: workspace).results().map { LessonResult(workspace: folder, status: $0, now: now) }
    }
    try invocation.output.list(
      rows, orElse: Phrase("No lesson was begun there.", "尚未开始任何课程。"))
  }
}

struct CheckLesson: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "check",
      Phrase(
        "Look for everything that is wrong with a lesson's file, with line and column, and try its world on this training workspace without changing it. `train print ecs` gives one to begin with.",
        "检查课程文件的全部问题（含行列号），并在当前演练工作区上试运行其环境改动而不作修改。`train print ecs` 可输出一份样例。"),
      json: "{File Sound Problems[Line Column Message]}")
  }

  @Argument(help: ArgumentHelp(Phrase("The lesson's file.", "课程文件。"), value: "file"), completion: .file())
  var file: String
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let read = LessonFile(
      try LessonCatalogue.read(Candidates.atHome(file)), commands: Set(Console.Command.allCases.map(\.rawValue)))
    if invocation.output.format == .json {
      try invocation.output.print([
        "File": .string(file), "Sound": .bool(read.lesson != nil),
        "Problems": .array(
          read.problems.map {
            [
              "Line": .number($0.line), "Column": .number($0.column),
              "Message": .string($0.message(invocation.language)),
            ]
          }),
      ])
    } else {
      for problem in read.problems.dropFirst() { invocation.output.notice(problem.sentence(file)) }
    }
    guard let lesson = read.lesson else {
      throw Refusal(
        .invalidLesson, message: read.problems.first?.sentence(file) ?? Phrase(file, file),
        mend: Phrase("Mend it there, and check it again.", "请修正后重新检查。"))
    }
    // Ids and fields of its world can be wrong only in a world.
    let workspace = try invocation.open()
    _ = try Lessons(in: workspace).rehearseStart(lesson)
    invocation.output.say(Phrase("\(file) holds the lesson “\(lesson.id)”.", "\(file) 中的课程“\(lesson.id)”没有问题。"))
  }
}

struct PrintLesson: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "print",
      Phrase("Print a built-in lesson's file, to write an own one after it.", "输出自带课程的文件，供编写自有课程参考。"),
      json: "{LessonId Text}")
  }

  @Argument(
    help: ArgumentHelp(Phrase("The lesson's id.", "课程 ID。"), value: "lesson"), completion: .lessons)
  var lesson: String
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    guard let text = LessonCatalogue.text(of: lesson) else {
      throw Refusal(
        .noSuchLesson,
        message: Phrase("No lesson “\(lesson)” comes with the program.", "程序没有自带名为“\(lesson)”的课程。"),
        mend: Phrase("`acr-console train list` shows the lessons.", "可用 `acr-console train list` 查看课程。"))
    }
    if invocation.output.format == .json {
      try invocation.output.print(["LessonId": .string(lesson), "Text": .string(text)])
    } else {
      try StandardStream.output.write(text)
    }
  }
}
