import SecureBuild
import TerminalUI

/// A dialog around a form. Field ids are those of `Field`, so that a refusal finds its field by itself.
@ScreenActor
class FormDialog: Dialog, KeptForm {
  unowned let app: App
  let title: Phrase
  /// Where the same is in the vendor's console; empty where it isn't.
  let vendorPath: Phrase
  var form: Form
  /// Lines above the fields: what went wrong as a whole.
  var summary: [Form.Note] = []
  /// Fields that were typed into since they were last looked at.
  private var unchecked: Set<String> = []
  private var lastTyped = ContinuousClock.now
  /// What was refused last, in full.
  private(set) var shown: [Refusal] = []
  /// Is told each hop of a try.
  var hears: ((HopReport) -> Void)?
  /// What is wrong at each field.
  private var refusals: [String: Refusal] = [:]

  init(app: App, title: Phrase, vendorPath: Phrase, form: Form) {
    self.app = app
    self.title = title
    self.vendorPath = vendorPath
    self.form = form
  }

  // MARK: What a dialog adds

  /// Everything that is wrong with what is typed, each at its field.
  func problems() -> [Refusal] { [] }
  /// All is well: do it.
  func submit() {}
  /// Another button than the first or *Cancel*.
  func pressed(_ button: String) {}
  /// The buttons that can be answered line by line: those that open no picture.
  var spokenButtons: [Form.Button] { form.buttons }
  /// A field's value has changed.
  func changed(_ field: String) {}
  /// Lines below the fields.
  func notes(width: Int) -> [Form.Note] { [] }
  /// As which form a half-filled one is kept; nil: it isn't.
  var keptAs: FormName? { nil }
  /// Fields that are never kept.
  var secretFields: Set<String> { [] }
  /// The fields' values in the training world, by field; empty where there are none to offer.
  var trainingValues: [Field: String] { [:] }
  /// Another picture in place of the form, while something runs.
  func drawInstead(on canvas: inout Canvas, in area: Rect) -> Bool { false }

  // MARK: Events

  let scope = Scope.form

  var actions: [Action] {
    guard app.work == nil else { return [] }
    let first = form.buttons.first?.title ?? ""
    let submit = Action(.submit, first, first) { [unowned self] in tryToSubmit() }
    guard !trainingValues.isEmpty else { return [submit] }
    return [
      submit,
      Action(.trainingValues, "training values", "填入演练值") { [unowned self] in fillTrainingValues() },
    ]
  }

  var typingHints: [KeyHint]? {
    if form.hasOpenPicker {
      return [
        KeyHint("a…z", "search", "搜索"), KeyHint("↑↓", "move", "移动"), KeyHint(.enter, "choose", "选择"),
        KeyHint(.escape, "close the list", "关闭列表"),
      ]
    }
    return nil
  }

  var waitsForWork: Bool { true }

  var fixedHints: [KeyHint] { app.work == nil ? [KeyHint(.tab, "next field", "下一项")] : [] }

  func type(_ event: Event) -> Bool {
    guard app.work == nil, form.isTyping else { return false }
    return take(form.handle(event))
  }

  func pick(_ event: Event) -> Bool {
    guard app.work == nil, form.hasOpenPicker else { return false }
    // Whether what is highlighted is meant or what was chosen before isn't for the form to guess.
    if case .key(let key) = event, app.keys.keymap.chords(of: .submit).contains(Chord(key)) {
      app.say(Phrase("First choose (Enter) or close the list (Esc).", "请先选择（Enter）或关闭列表（Esc）。"), isError: true)
      return true
    }
    return take(form.handle(event))
  }

  func take(_ key: Key) -> Bool { take(form.handle(.key(key))) }

  /// A click that leaves a field looks at it, as Tab does.
  func point(_ mouse: Mouse) -> Bool {
    let before = form.focusedField
    let taken = take(form.handle(.mouse(mouse)))
    if let before, before != form.focusedField { validate(before) }
    return taken
  }

  func tick() { checkAfterPause() }

  private func take(_ outcome: Form.Outcome) -> Bool {
    switch outcome {
    case .changed(let field):
      setRefusal(nil, at: field)
      summary = []
      unchecked.insert(field)
      lastTyped = .now
      app.display.requestTick(after: Self.pause)
      changed(field)
      // Tab took what was typed in a list, and went on.
      if form.focusedField != field { validate(field) }
    case .left(let field): validate(field)
    case .pressed(let button): press(button)
    case .consumed: break
    case .ignored: return false
    }
    return true
  }

  private func press(_ button: String) {
    switch button {
    case "cancel": leave()
    case form.buttons.first?.id: tryToSubmit()
    default: pressed(button)
    }
  }

  private func tryToSubmit() {
    let problems = problems()
    unchecked = []
    show(problems)
    if problems.isEmpty { submit() }
  }

  /// Puts each refusal at its field and the focus on the first.
  func show(_ problems: [Refusal]) {
    shown = problems
    for field in form.fields { setRefusal(nil, at: field.id) }
    summary = []
    for refusal in problems.reversed() {
      guard let field = refusal.field, form.has(field.rawValue) else {
        summary = lines(of: refusal)
        continue
      }
      setRefusal(refusal, at: field.rawValue)
    }
    form.focusFirstError()
    if form.errorCount > 1 {
      let count = form.errorCount
      summary = [Form.Note(app.text(Phrase("✗ \(count) fields need a look.", "✗ 有 \(count) 项需要修改。")), .statusError)]
    }
  }

  /// A refusal in full: the vendor's sentence first where it has one, then what happened, then the mend.
  func lines(of refusal: Refusal) -> [Form.Note] {
    let hop = refusal.hop.map { Phrase("\($0.title.en): ", "\($0.title.zh)：") } ?? Phrase("", "")
    let own = Phrase(hop.en + refusal.message.en, hop.zh + refusal.message.zh)
    var lines: [Form.Note] = []
    func add(_ text: String, _ role: Role) {
      for line in Paragraph.lines(text, width: bodyWidth) { lines.append(Form.Note(line, role)) }
    }
    if let vendor = refusal.vendor {
      add(app.text(Phrase("The vendor's console says:", "厂商控制台提示：") + vendor), .dialogMuted)
    }
    add("✗ " + app.text(own), .statusError)
    add("→ " + app.text(refusal.mend), .dialog)
    return lines
  }

  /// A field isn't nagged about before the first pause.
  private static let pause = Duration.milliseconds(600)

  private func checkAfterPause() {
    guard let field = form.focusedField, unchecked.contains(field) else { return }
    let rest = Self.pause - lastTyped.duration(to: .now)
    if rest > .zero { app.display.requestTick(after: rest) } else { validate(field) }
  }

  private func validate(_ field: String) {
    guard unchecked.remove(field) != nil, let value = form.fields.first(where: { $0.id == field })?.value,
      !value.isEmpty
    else { return }
    setRefusal(problems().first { $0.field?.rawValue == field }, at: field)
  }

  /// What was refused at a field; nil where nothing was.
  func refusal(at field: Field) -> Refusal? { refusals[field.rawValue] }

  func setRefusal(_ refusal: Refusal?, at field: String) {
    refusals[field] = refusal
    form.setError(field, refusal.map { app.text($0.message) })
  }

  /// What to do about the error at the field that has the focus.
  private var mend: [Form.Note] {
    guard summary.count < 2, let field = form.focusedField, let refusal = refusals[field] else { return [] }
    return Paragraph.lines("→ " + app.text(refusal.mend), width: bodyWidth).map { Form.Note($0, .dialogStrong) }
  }

  /// Closes; a form that was changed asks once.
  func leave() {
    guard form.isChanged else { return close() }
    app.open(
      ConfirmDialog(
        app: app, title: title, question: Phrase("Discard what you typed here?", "放弃已填写的内容？"),
        action: Phrase("Discard", "放弃")
      ) { [weak self] in
        self?.forget()
        self?.close()
      })
  }

  func close() { app.close(self) }

  /// Types the training world's values for the user; a token stays masked.
  private func fillTrainingValues() {
    for (field, value) in trainingValues {
      form.type(value, into: field)
      setRefusal(nil, at: field.rawValue)
      changed(field.rawValue)
    }
    summary = []
  }

  /// Says where the training world's GitLab is, and that one key fills it in.
  private var trainingNote: [Form.Note] {
    guard let facts = app.training, !trainingValues.isEmpty else { return [] }
    let text = Phrase(
      "Training world: GitLab at \(facts.gitLabIntranetIp), \(facts.address), user \(facts.username). \(app.key(.trainingValues)) fills it in.",
      "演练环境：GitLab 位于 \(facts.gitLabIntranetIp)，\(facts.address)，用户 \(facts.username)。按 \(app.key(.trainingValues)) 自动填写。"
    )
    return Paragraph.lines(app.text(text), width: bodyWidth).map { Form.Note($0, .dialogTraining) }
  }

  // MARK: Kept forms

  func keep() {
    guard let keptAs, form.isChanged, let workspace = app.workspace else { return }
    var fields: [String: String] = [:]
    for field in form.fields where !secretFields.contains(field.id) { fields[field.id] = field.value }
    app.memory.keep(fields, form: keptAs, of: workspace)
  }

  /// Puts in what was kept of this form, as if it had just been typed: what follows from one field for others is seen to,
  /// and what is wrong stands at its field.
  func restore(saying said: Phrase = Phrase("Your half-filled form is back.", "已恢复未填完的表单。")) {
    guard let keptAs, let workspace = app.workspace, let kept = app.memory.form(keptAs, of: workspace) else { return }
    form.fill(kept)
    for field in form.fields where kept[field.id] != nil { changed(field.id) }
    // What one field offers may depend on another: only now can it be chosen there.
    form.fill(kept)
    unchecked = Set(kept.keys)
    for field in form.fields { validate(field.id) }
    app.say(said)
  }

  func forget() {
    guard let keptAs, let workspace = app.workspace else { return }
    app.memory.keep(nil, form: keptAs, of: workspace)
  }

  // MARK: Drawing

  /// The width of the fields, for what is broken into lines.
  private(set) var bodyWidth = 68
  var wantedWidth: Int { 76 }

  func draw(on canvas: inout Canvas, in area: Rect) {
    let width = min(wantedWidth, area.width - 10)
    bodyWidth = max(20, width)
    let notes = mend + trainingNote + notes(width: bodyWidth)
    let height = form.height(width: width) + summary.count + (summary.isEmpty ? 0 : 1) + notes.count
    let frame = DialogFrame(
      title: app.text(title),
      subtitle: vendorPath.en.isEmpty ? "" : app.text(Phrase("In the vendor's console:", "在厂商控制台：") + vendorPath))
    let inner = frame.draw(
      on: &canvas, in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1),
      body: Size(width: width, height: height))
    bodyWidth = inner.width
    Footer(app: app).draw(on: &canvas)
    if drawInstead(on: &canvas, in: inner) { return }
    let said = drawSummary(on: &canvas, in: inner, window: area.height)
    // An open list leaves the line of keys free.
    let outer = canvas.clip
    canvas.clip = outer.intersection(Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1))
    form.draw(
      on: &canvas, in: Rect(x: inner.x, y: inner.y + said, width: inner.width, height: inner.height - said),
      notes: notes)
    canvas.clip = outer
  }

  /// What went wrong as a whole, in half of the window at most; where that is too little, what helps most comes first.
  /// - Returns: the rows that it takes.
  private func drawSummary(on canvas: inout Canvas, in inner: Rect, window: Int) -> Int {
    guard !summary.isEmpty else { return 0 }
    let rows = max(1, min(inner.height - 3, window / 2))
    let byUse = [Role.statusError, .dialog, .dialogMuted].flatMap { role in summary.filter { $0.role == role } }
    let shown = Form.Note.fitted(summary.count > rows ? byUse : summary, rows: rows, width: inner.width)
    for (index, note) in shown.enumerated() {
      canvas.put(note.text, x: inner.x, y: inner.y + index, note.role, width: inner.width)
    }
    return shown.count + (inner.height < 12 ? 0 : 1)
  }
}
