import SecureBuild
import TerminalUI
import Training

/// The coach: the step that comes next, what it still waits for, the hints that were asked for and the keys that help.
/// Beside the page where there is room, else below it; never over anything.
@ScreenActor
struct CoachPanel {
  let app: App

  /// Beside the page it takes so many columns, the line that parts them counted.
  static let width = 38
  /// Below it so many rows at most while the lesson runs, the line counted.
  static let height = 8

  /// A lower window is the page's alone.
  static let lowest = Shell.smallest.height + 4

  /// What of a window is the coach's, and what is left to the rest; the footer's row is neither's.
  /// - Parameter rows: how many it has use for below the page; nil while it isn't shown.
  static func split(_ size: Size, rows: Int?) -> (coach: Rect, rest: Rect) {
    let whole = Rect(x: 0, y: 0, width: size.width, height: size.height)
    guard let rows else { return (Rect(x: 0, y: 0, width: 0, height: 0), whole) }
    if size.width >= 110 {
      let rest = size.width - width
      return (
        Rect(x: rest, y: 1, width: width, height: size.height - 2),
        Rect(x: 0, y: 0, width: rest, height: size.height)
      )
    }
    let taken = min(rows, size.height / 2)
    return (
      Rect(x: 0, y: size.height - 1 - taken, width: size.width, height: taken),
      Rect(x: 0, y: 0, width: size.width, height: size.height - taken)
    )
  }

  /// The rows that it has use for below the page: the line, what it says, the keys.
  func rows(width: Int) -> Int? {
    guard let status = app.lesson else { return nil }
    func count(_ text: String, indent: Int) -> Int { Paragraph.lines(text, width: max(2, width - 2 - indent)).count }
    guard let step = status.step else { return 3 + debrief(status).reduce(0) { $0 + count($1.text, indent: 0) + 1 } }
    let said = status.hints.last.map { count(app.text($0), indent: 2) } ?? count(app.text(step.text), indent: 0)
    return min(Self.height, 3 + said + status.missing.reduce(0) { $0 + count(needs($1), indent: 2) })
  }

  func draw(on canvas: inout Canvas, in area: Rect) {
    guard let status = app.lesson, !area.isEmpty else { return }
    canvas.fill(area, .page)
    let isBeside = area.x > 0
    if isBeside {
      canvas.fill(Rect(x: area.x, y: area.y, width: 1, height: area.height), .frameTraining, "┃")
    } else {
      canvas.fill(area.row(0), .frameTraining, "━")
    }
    let inner =
      isBeside
      ? Rect(x: area.x + 2, y: area.y, width: area.width - 3, height: area.height)
      : Rect(x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 1)
    let keys = keyLine(status)
    var lines = Lines(in: Rect(x: inner.x, y: inner.y, width: inner.width, height: inner.height - 1))
    if isBeside { drawWhole(status, &lines, on: &canvas) } else { drawShort(status, &lines, on: &canvas) }
    canvas.put(keys, x: inner.x, y: inner.maxY - 1, .hint, width: inner.width)
  }

  // MARK: Beside

  private func drawWhole(_ status: LessonStatus, _ lines: inout Lines, on canvas: inout Canvas) {
    lines.add(app.text(Self.heading), .textMuted, on: &canvas)
    lines.add(app.text(status.lesson.title), .title, on: &canvas)
    lines.gap()
    for (index, step) in status.lesson.steps.enumerated() {
      let (mark, role) = mark(of: index, status)
      lines.add(app.text(step.title), role, mark: mark, on: &canvas)
    }
    lines.gap()
    guard let step = status.step else { return drawDebrief(status, &lines, on: &canvas) }
    lines.add(app.text(step.text), .text, on: &canvas)
    addMissing(status, &lines, on: &canvas)
    if let hint = keysThatHelp(step) {
      lines.gap()
      lines.add(hint, .hint, on: &canvas)
    }
    for (number, hint) in status.hints.enumerated() {
      lines.gap()
      lines.add(app.text(hint), .text, mark: "\(number + 1)", markRole: .statusBusy, on: &canvas)
    }
  }

  private func drawDebrief(_ status: LessonStatus, _ lines: inout Lines, on canvas: inout Canvas) {
    for (index, line) in debrief(status).enumerated() {
      if index > 0 { lines.gap() }
      lines.add(line.text, line.role, on: &canvas)
    }
  }

  /// What is said once all is done.
  private func debrief(_ status: LessonStatus) -> [(text: String, role: Role)] {
    guard let progress = status.progress, status.isDone else { return [] }
    let minutes = status.duration(at: progress.finishedAt ?? progress.startedAt).map { Int($0 / .seconds(60)) } ?? 0
    let took = Phrase(
      "Done: \(minutes) min, \(progress.hintCount) hint\(progress.hintCount == 1 ? "" : "s"), \(progress.wrongTries) wrong tr\(progress.wrongTries == 1 ? "y" : "ies").",
      "完成：\(minutes) 分钟，提示 \(progress.hintCount) 次，错误尝试 \(progress.wrongTries) 次。")
    let debrief = status.lesson.debrief
    let place = Phrase("In the vendor's console:", "在厂商控制台：") + debrief.vendorPath
    let sentence = debrief.vendorSentence.map { Phrase("Where it fails the vendor says:", "失败时厂商提示：") + $0 }
    return [(app.text(took), .statusOk), (app.text(debrief.why), .text)]
      + [place, sentence].compactMap(\.self).map { (app.text($0), .textMuted) }
  }

  // MARK: Below

  private func drawShort(_ status: LessonStatus, _ lines: inout Lines, on canvas: inout Canvas) {
    let count = status.lesson.steps.count
    guard let step = status.step else {
      lines.add("✓ \(app.text(status.lesson.title))", .title, on: &canvas)
      return drawDebrief(status, &lines, on: &canvas)
    }
    let title = "\(app.text(Self.heading)) \(status.reached + 1)/\(count) · \(app.text(step.title))"
    canvas.put(title, x: lines.area.x, y: lines.y, .title, width: lines.area.width)
    lines.skip(to: lines.y + 1)
    if let hint = status.hints.last {
      lines.add(app.text(hint), .text, mark: "\(status.hints.count)", markRole: .statusBusy, on: &canvas)
    } else {
      lines.add(app.text(step.text), .text, on: &canvas)
    }
    addMissing(status, &lines, on: &canvas)
  }

  // MARK: Parts

  /// All that it shows is training's.
  private static let heading = Phrase("Lesson (training)", "课程（演练）")

  private func mark(of index: Int, _ status: LessonStatus) -> (String, Role) {
    if index < status.reached { return ("✓", .statusOk) }
    return index == status.reached && status.step != nil ? ("▸", .textStrong) : ("○", .textMuted)
  }

  private func addMissing(_ status: LessonStatus, _ lines: inout Lines, on canvas: inout Canvas) {
    for missing in status.missing {
      lines.add(needs(missing), .statusWarn, mark: "○", on: &canvas)
    }
  }

  private func needs(_ missing: Phrase) -> String { app.text(Phrase("needs ", "需要：")) + app.text(missing) }

  private func keysThatHelp(_ step: Lesson.Step) -> String? {
    let keys = step.keys.compactMap(Command.init(rawValue:)).map { "\(app.key($0)) \(app.text($0.title))" }
    return keys.isEmpty ? nil : keys.joined(separator: "\n")
  }

  private func keyLine(_ status: LessonStatus) -> String {
    let away = "\(app.key(.coach)) " + app.text(Phrase("put away", "收起"))
    guard let step = status.step else { return "\(away)  \(app.key(.goLessons)) " + app.text(Phrase("lessons", "课程")) }
    let left = step.hints.count - status.hints.count
    let hint =
      left > 0
      ? "\(app.key(.lessonHint)) " + app.text(Phrase("hint (\(left) more)  ", "提示（还有 \(left) 条）  ")) : ""
    return hint + away
  }
}
