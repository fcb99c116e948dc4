import SecureBuild
import TerminalUI

/// What GitLab and the places of base images say of a rule: asked in a task, a while after the last letter, and anew for
/// each change; a late answer to an earlier question is dropped.
@ScreenActor
final class SourceCheckView {
  private unowned let app: App
  private var waiting: (draft: RuleDraft, repository: Repository, since: ContinuousClock.Instant)?
  private var asked: RuleDraft?
  private var task: Task<Void, Never>?
  private var number = 0
  private(set) var found: SourceCheck?
  private var trouble: Refusal?
  /// An answer came, or a question is on its way.
  var changed: () -> Void = {}

  private static let pause = Duration.milliseconds(600)

  init(app: App) { self.app = app }

  func look(at draft: RuleDraft, of repository: Repository) {
    guard draft != asked else { return }
    stop()
    waiting = (draft, repository, .now)
    app.display.requestTick(after: Self.pause)
  }

  func tick() {
    guard let waiting else { return }
    let rest = Self.pause - waiting.since.duration(to: .now)
    guard rest <= .zero else { return app.display.requestTick(after: rest) }
    self.waiting = nil
    start(waiting.draft, waiting.repository)
  }

  /// Nothing of what was found holds any more.
  func stop() {
    task?.cancel()
    (task, waiting, asked, found, trouble) = (nil, nil, nil, nil, nil)
    number += 1
  }

  private func start(_ draft: RuleDraft, _ repository: Repository) {
    guard let workspace = app.workspace else { return }
    asked = draft
    let number = number
    task = Task.detached(executorPreference: Workers.shared, priority: .userInitiated) { [weak self] in
      let outcome: Result<SourceCheck, Refusal>
      do {
        outcome = .success(try await workspace.checkSource(of: repository, rule: draft))
      } catch {
        outcome = .failure(Refusal(error))
      }
      await self?.take(outcome, number)
    }
    changed()
  }

  private func take(_ outcome: Result<SourceCheck, Refusal>, _ number: Int) {
    guard number == self.number else { return }
    task = nil
    switch outcome {
    case .success(let check): found = check
    case .failure(let refusal): trouble = refusal
    }
    changed()
  }

  // MARK: What it says

  /// What stands below the fields: whether it asks, what it found, each base image and from where.
  func notes(width: Int) -> [Form.Note] {
    func notes(_ text: String, _ role: Role) -> [Form.Note] {
      Paragraph.lines(text, width: width).map { Form.Note($0, role) }
    }
    if task != nil { return notes(app.text(Phrase("◐ Asking GitLab about it …", "◐ 正在向 GitLab 查询…")), .statusBusy) }
    if let trouble {
      return notes("✗ " + app.text(trouble.message), .statusError) + notes("→ " + app.text(trouble.mend), .dialog)
    }
    guard let found else { return [] }
    // What stands in the way comes first: where there is little room the rest is cut.
    var lines: [Form.Note] = []
    func add(_ phrase: Phrase, _ role: Role) { lines += notes(app.text(phrase), role) }
    func add(_ image: BaseImageCheck) {
      let (text, role) = Self.line(image)
      add(text, role)
    }
    found.baseImages.filter(\.isMissing).forEach(add)
    if let mend = found.problems.first(where: { $0.code == .baseImageMissing })?.mend {
      add(Phrase("→ \(mend.en)", "→ \(mend.zh)"), .dialog)
    }
    for problem in found.problems where problem.field == nil {
      add(Phrase("✗ \(problem.message.en)", "✗ \(problem.message.zh)"), .statusError)
    }
    for (phrase, role) in Self.head(found) { add(phrase, role) }
    found.baseImages.filter { !$0.isMissing }.forEach(add)
    for note in found.notes { add(Phrase("⚠ \(note.en)", "⚠ \(note.zh)"), .statusWarn) }
    return lines
  }

  private static func head(_ found: SourceCheck) -> [(phrase: Phrase, role: Role)] {
    var lines: [(phrase: Phrase, role: Role)] = []
    if !found.matching.isEmpty {
      let shown = found.matching.prefix(3).map { "\($0.name) → \($0.imageTag)" }.joined(separator: ", ")
      let rest = found.matching.count > 3 ? " …" : ""
      lines.append(
        (
          Phrase(
            "✓ \(found.matching.count) match now: \(shown)\(rest)", "✓ 目前匹配 \(found.matching.count) 项：\(shown)\(rest)"),
          .statusOk
        ))
    }
    if let ref = found.ref, let commit = found.commitId {
      let isThere = !found.problems.contains { $0.field == .dockerfileName || $0.field == .dockerfileLocation }
      lines.append(
        (
          Phrase(
            "✓ \(found.project) \(ref) @ \(commit.prefix(8))" + (isThere ? ", \(found.dockerfile)" : ""),
            "✓ \(found.project) \(ref) @ \(commit.prefix(8))" + (isThere ? "，\(found.dockerfile)" : "")), .statusOk
        ))
    }
    return lines
  }

  /// `✓ FROM debian:12 (line 1): docker.io by the mirror mirror.corp.example`.
  static func line(_ image: BaseImageCheck) -> (Phrase, Role) {
    let at = image.lines.map(String.init).joined(separator: ", ")
    switch image.availability {
    case .found(let base):
      return (
        Phrase(
          "✓ FROM \(image.name) (line \(at)): \(base.origin.title.en), \(base.from)",
          "✓ FROM \(image.name)（第 \(at) 行）：\(base.origin.title.zh)，\(base.from)"), .statusOk
      )
    case .missing(let tried):
      let places = tried.map { "\($0.place): \($0.answer)" }.joined(separator: "; ")
      return (
        Phrase(
          "✗ FROM \(image.name) (line \(at)): can't be had" + (places.isEmpty ? "" : " (\(places))"),
          "✗ FROM \(image.name)（第 \(at) 行）：无法获取" + (places.isEmpty ? "" : "（\(places)）")), .statusError
      )
    case .unknown(let why):
      return (
        Phrase(
          "? FROM \(image.name) (line \(at)): \(why.en)", "? FROM \(image.name)（第 \(at) 行）：\(why.zh)"), .statusUnknown
      )
    }
  }
}

extension BaseImageCheck {
  fileprivate var isMissing: Bool { if case .missing = availability { true } else { false } }
}

extension BaseImage.Origin {
  var title: Phrase {
    switch self {
    case .registry: Phrase("from the registry", "来自镜像服务")
    case .mirror: Phrase("by a mirror", "来自加速地址")
    case .archive: Phrase("from an imported archive", "来自已导入的归档")
    }
  }
}
