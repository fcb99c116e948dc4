import SecureBuild
import TerminalUI

/// Talks through a dialog: every field, then its buttons, then what came of it; the same fields, rules and outcome as on
/// the screen.
@ScreenActor
final class PlainForm {
  let app: App
  let dialog: FormDialog
  let talk: PlainTalk
  /// Whether anything was answered but a token.
  var isAnswered = false
  /// Why the last try came to nothing.
  private var lastRefusal: Refusal?

  init(app: App, dialog: FormDialog, talk: PlainTalk) {
    self.app = app
    self.dialog = dialog
    self.talk = talk
  }

  /// Goes on until the dialog has done what it is for.
  /// - Throws: `Refusal` `Cancelled` where it was given up; what GitLab or a rule refused last where the input ended
  ///   behind that; `CancellationError`. Where the input ended or the task was cancelled, what was typed is kept.
  func run() async throws {
    app.open(dialog)
    defer { app.close(dialog) }
    do {
      try await converse()
    } catch is PlainEnd {
      dialog.keep()
      try talk.say(
        isAnswered && form.isChanged && dialog.keptAs != nil
          ? Phrase("The input ended. What you typed is kept, without a token.", "输入已结束。已保留填写的内容（不含 Token）。")
          : Phrase("The input ended.", "输入已结束。"))
      throw lastRefusal ?? Refusal(CancellationError())
    } catch is CancellationError {
      dialog.keep()
      throw CancellationError()
    }
  }

  private func converse() async throws {
    try introduce()
    var wanted: Set<String>?
    while true {
      try await askFields(only: wanted)
      try sayNotes()
      switch try await pressButton() {
      case .pressed: break
      case .back:
        wanted = form.fields.last { $0.isAsked }.map { [$0.id] }
        continue
      }
      if !isOpen { return try sayOutcome() }
      wanted = try sayRefusals()
    }
  }

  var form: Form { dialog.form }
  private var isOpen: Bool { app.display.layers.layers.contains { $0 === dialog } }

  private func introduce() throws {
    try talk.blank()
    try talk.say(dialog.title)
    try talk.say(Phrase("In the vendor's console:", "在厂商控制台：") + PlainForm.path(dialog.vendorPath))
    try sayToast()
    try talk.say(
      Phrase(
        "Answer each question with Enter. An empty line keeps what stands in brackets, ? explains, < goes back, . cancels.",
        "逐项回答并按回车。空行保留方括号中的内容，? 显示说明，< 返回上一项，. 取消。"))
    if form.fields.contains(where: \.isSecret) {
      try talk.say(
        Phrase(
          "Paste the token only when it is asked for: what is pasted before that is shown.",
          "请在询问 Token 时再粘贴：提前粘贴的内容会显示出来。"))
    }
    if !dialog.trainingValues.isEmpty {
      try talk.say(Phrase("In the training world, ! takes the value that works.", "在演练环境中，输入 ! 可采用能成功的值。"))
    }
  }

  /// The places of a path, one after the other in words.
  private static func path(_ path: Phrase) -> Phrase {
    Phrase(path.en.replacing(" › ", with: ", "), path.zh.replacing(" › ", with: "，"))
  }

  // MARK: The end of it

  private enum Press { case pressed, back }

  private func pressButton() async throws -> Press {
    try talk.blank()
    let buttons = dialog.spokenButtons
    try talk.say(numbered: buttons.map(\.title))
    while true {
      switch try await talk.choose(among: buttons.count) {
      case .item(let index):
        try await press(buttons[index].id)
        return .pressed
      case .other(let typed):
        if let button = buttons.first(where: { $0.title.lowercased() == typed.lowercased() }) {
          try await press(button.id)
          return .pressed
        }
        try talk.say(
          Phrase("Answer with a number from 1 to \(buttons.count).", "请输入 1 到 \(buttons.count) 之间的数字。"))
      case .back: return .back
      case .cancel: try giveUp()
      }
    }
  }

  private func press(_ button: String) async throws {
    switch button {
    case "cancel": try giveUp()
    case form.buttons.first?.id:
      let problems = dialog.problems()
      dialog.show(problems)
      if problems.isEmpty { dialog.submit() }
    default: dialog.pressed(button)
    }
    try await finishWork()
  }

  func giveUp() throws -> Never {
    dialog.forget()
    try talk.say(Phrase("Cancelled. Nothing was saved.", "已取消，未保存任何内容。"))
    throw Refusal(CancellationError())
  }

  /// Waits for what the button started, telling each hop as it ends.
  private func finishWork() async throws {
    guard let work = app.work else { return }
    try talk.say(Phrase("\(work.title.en) …", "\(work.title.zh) ……"))
    let talk = talk
    dialog.hears = { report in if let line = PlainHop.line(report) { try? talk.say(line) } }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in work.whenEnded = { continuation.resume() } }
    } onCancel: {
      Task { @ScreenActor in if work.isCancellable { work.cancel() } }
    }
    dialog.hears = nil
    try Task.checkCancellation()
  }

  private func sayOutcome() throws {
    lastRefusal = nil
    try sayToast()
  }

  private func sayToast() throws {
    guard let toast = app.toast else { return }
    app.toast = nil
    try talk.say(toast.text)
  }

  /// - Returns: the fields to ask again.
  private func sayRefusals() throws -> Set<String> {
    try sayToast()
    let refusals = dialog.shown
    lastRefusal = refusals.first ?? lastRefusal
    for refusal in refusals { try talk.say(refusal, at: form.fields.first { $0.id == refusal.field?.rawValue }?.label) }
    return Set(refusals.compactMap { $0.field?.rawValue })
  }

  /// What is said below the fields on the screen.
  private func sayNotes() throws {
    let notes = dialog.notes(width: 10_000).map(\.text)
    if !notes.isEmpty { try talk.blank() }
    for note in notes { try talk.say(note) }
  }
}

extension FormField {
  var isAsked: Bool {
    if case .fixed = input { return false }
    return !isHidden
  }
}

/// A hop of a try in words.
enum PlainHop {
  /// Nil for one that only starts.
  static func line(_ report: HopReport) -> Phrase? {
    let title = report.hop.title
    switch report.outcome {
    case .running: return nil
    case .passed(let word):
      return Phrase(
        "\(title.en): passed" + (word.en.isEmpty ? "" : ", \(word.en)"),
        "\(title.zh)：通过" + (word.zh.isEmpty ? "" : "，\(word.zh)"))
    case .skipped(let why): return Phrase("\(title.en): skipped, \(why.en)", "\(title.zh)：跳过，\(why.zh)")
    // The refusal itself follows.
    case .failed: return Phrase("\(title.en): failed", "\(title.zh)：未通过")
    }
  }
}
