import SecureBuild
import Training

/// A lesson, and how far one is in it.
struct LessonLine: Presentable {
  let status: LessonStatus
  let now: Timestamp

  static let json =
    "LessonId Title Goal InstanceId Minutes NeedsBuild Status(NEW|RUNNING|DONE|LEFT) Attempt StartedAt FinishedAt Steps[StepId Title Done At Hints]"

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Lesson", "课程")) { line, _ in line.status.lesson.id },
      Column(Phrase("Status", "状态")) { line, language in line.state(language) },
      Column(Phrase("Steps", "步骤")) { line, _ in line.steps },
      Column(Phrase("About", "约")) { line, language in
        Phrase("\(line.status.lesson.minutes) min", "\(line.status.lesson.minutes) 分钟")(language)
      },
      Column(Phrase("Title", "标题"), width: 70) { line, language in line.status.lesson.title(language) },
    ]
  }

  private var steps: String { "\(status.reached)/\(status.lesson.steps.count)" }

  private func state(_ language: Language) -> String {
    status.progress.map { $0.status.title(language) } ?? Phrase("new", "未开始")(language)
  }

  func json(_ language: Language) -> JSONText {
    let lesson = status.lesson
    return [
      "LessonId": .string(lesson.id), "Title": .string(lesson.title(language)), "Goal": .string(lesson.goal(language)),
      "InstanceId": .string(lesson.instanceId), "Minutes": .number(lesson.minutes),
      "NeedsBuild": .bool(lesson.needsBuild), "Status": .string(status.progress?.status.rawValue ?? "NEW"),
      "Attempt": .number(status.progress?.attempt ?? 0),
      "StartedAt": .optional(status.progress?.startedAt.description),
      "FinishedAt": .optional(status.progress?.finishedAt?.description),
      "Steps": .array(
        lesson.steps.enumerated().map { index, step in
          let reached = status.progress?.reached.first { $0.step == step.id }
          return [
            "StepId": .string(step.id), "Title": .string(step.title(language)), "Done": .bool(index < status.reached),
            "At": .optional(reached?.at.description), "Hints": .number(status.progress?.hints[step.id] ?? 0),
          ]
        }),
    ]
  }
}

/// What the coach says: the step that comes next, what it still waits for, the hints that were asked for; and once all is
/// done why it went as it did, and where the same is in the vendor's console.
struct CoachText {
  let status: LessonStatus
  let now: Timestamp

  func print(to output: Output) throws {
    guard output.format == .table else { return try output.print(json(output.language)) }
    try StandardStream.output.write(lines(output.language).map { $0 + "\n" }.joined())
  }

  private func lines(_ language: Language) -> [String] {
    let lesson = status.lesson
    var lines = [
      Phrase("Lesson (training): ", "课程（演练）：")(language) + lesson.title(language), lesson.goal(language), "",
    ]
    for (index, step) in lesson.steps.enumerated() {
      let mark = index < status.reached ? "✓" : step.id == status.step?.id ? "▸" : " "
      lines.append("\(mark) \(index + 1). \(step.title(language))")
    }
    if let step = status.step {
      lines += ["", step.text(language)]
      for missing in status.missing { lines.append("  ○ " + missing(language)) }
      for (index, hint) in status.hints.enumerated() {
        lines.append(Phrase("Hint \(index + 1): ", "提示 \(index + 1)：")(language) + hint(language))
      }
    }
    return lines + debrief(language)
  }

  private func debrief(_ language: Language) -> [String] {
    guard status.isDone, let progress = status.progress else { return [] }
    let debrief = status.lesson.debrief
    let minutes = status.duration(at: now).map { Int($0 / .seconds(60)) } ?? 0
    let took = Phrase(
      "Done in \(minutes) min, with \(progress.hintCount) hint\(progress.hintCount == 1 ? "" : "s") and \(progress.wrongTries) wrong tr\(progress.wrongTries == 1 ? "y" : "ies").",
      "用时 \(minutes) 分钟，查看提示 \(progress.hintCount) 次，错误尝试 \(progress.wrongTries) 次。")
    var lines = ["", took(language), debrief.why(language)]
    lines.append(Phrase("In the vendor's console: ", "在厂商控制台：")(language) + debrief.vendorPath(language))
    if let sentence = debrief.vendorSentence {
      lines.append(Phrase("Where it fails the vendor says: ", "失败时厂商提示：")(language) + sentence(language))
    }
    return lines
  }

  private func json(_ language: Language) -> JSONText {
    let debrief = status.lesson.debrief
    return LessonLine(status: status, now: now).json(language).adding([
      "Step": .optional(status.step?.id), "Text": .optional(status.step?.text(language)),
      "Missing": .array(status.missing.map { .string($0(language)) }),
      "GivenHints": .array(status.hints.map { .string($0(language)) }),
      "Debrief": status.isDone
        ? [
          "Why": .string(debrief.why(language)), "VendorPath": .string(debrief.vendorPath(language)),
          "VendorSentence": .optional(debrief.vendorSentence?(language)),
        ] : .null,
    ])
  }
}

/// What became of a lesson in one workspace.
struct LessonResult: Presentable {
  let workspace: String
  let status: LessonStatus
  let now: Timestamp

  static let json =
    "[Workspace By LessonId Status(RUNNING|DONE|LEFT) Attempt Steps StepsReached Seconds Hints WrongTries StartedAt FinishedAt]"

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Workspace", "工作区"), width: .max) { line, _ in line.workspace },
      Column(Phrase("By", "学员")) { line, _ in line.status.progress?.by ?? "" },
      Column(Phrase("Lesson", "课程")) { line, _ in line.status.lesson.id },
      Column(Phrase("Status", "状态")) { line, language in line.status.progress?.status.title(language) ?? "" },
      Column(Phrase("Attempt", "第几次")) { line, _ in "\(line.status.progress?.attempt ?? 0)" },
      Column(Phrase("Steps", "步骤")) { line, _ in "\(line.status.reached)/\(line.status.lesson.steps.count)" },
      Column(Phrase("Minutes", "分钟")) { line, _ in
        line.seconds.map { "\($0 / 60):" + ($0 % 60 < 10 ? "0" : "") + "\($0 % 60)" } ?? ""
      },
      Column(Phrase("Hints", "提示")) { line, _ in "\(line.status.progress?.hintCount ?? 0)" },
      Column(Phrase("Wrong tries", "错误尝试")) { line, _ in "\(line.status.progress?.wrongTries ?? 0)" },
    ]
  }

  private var seconds: Int? { status.duration(at: now).map { Int($0 / .seconds(1)) } }

  func json(_ language: Language) -> JSONText {
    let progress = status.progress
    return [
      "Workspace": .string(workspace), "By": .optional(progress?.by), "LessonId": .string(status.lesson.id),
      "Status": .optional(progress?.status.rawValue), "Attempt": .number(progress?.attempt ?? 0),
      "Steps": .number(status.lesson.steps.count), "StepsReached": .number(status.reached),
      "Seconds": seconds.map { .number($0) } ?? .null, "Hints": .number(progress?.hintCount ?? 0),
      "WrongTries": .number(progress?.wrongTries ?? 0), "StartedAt": .optional(progress?.startedAt.description),
      "FinishedAt": .optional(progress?.finishedAt?.description),
    ]
  }
}
