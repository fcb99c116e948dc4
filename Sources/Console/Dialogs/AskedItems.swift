import SecureBuild
import TerminalUI

/// What a picker offers that GitLab is asked for as one types: page by page, past the hundred that the vendor's console
/// stops at. The form is never in the way of it: it runs in a task that the next letter replaces.
@ScreenActor
final class AskedItems {
  /// One page of what matches a text, and how to ask for the next.
  struct Page: Sendable {
    let items: [Picker.Item]
    /// GitLab's own numbers of them, where it has any.
    var numbers: [String: Int] = [:]
    let next: Int?
  }

  typealias Ask = @Sendable (_ wanted: String, _ after: Int?) async throws -> Page

  private unowned let app: App
  private let ask: Ask
  /// What came, in the order in which it came.
  private(set) var items: [Picker.Item]
  /// GitLab's numbers of the items, by their ids.
  private(set) var numbers: [String: Int] = [:]
  private(set) var trouble: Refusal?
  /// What was asked for last; nil before the first time.
  private var asked: String?
  /// What is to be asked for once nobody types any more, and since when.
  private var waiting: (wanted: String, since: ContinuousClock.Instant)?
  private var task: Task<Void, Never>?
  /// Whether all that GitLab has is here, so that nothing more needs to be asked.
  private var isComplete = false
  /// Something came, or what runs is another.
  var changed: () -> Void = {}

  private static let pause = Duration.milliseconds(300)
  private static let most = 2000

  init(app: App, known: [Picker.Item] = [], ask: @escaping Ask) {
    self.app = app
    self.ask = ask
    items = known
  }

  /// The list is open, and this stands in its search.
  func look(for wanted: String) {
    guard wanted != (waiting?.wanted ?? asked), !(isComplete && asked != nil) else { return }
    guard asked != nil else { return start(wanted) }
    waiting = (wanted, .now)
    app.display.requestTick(after: Self.pause)
  }

  func tick() {
    guard let waiting else { return }
    let rest = Self.pause - waiting.since.duration(to: .now)
    if rest > .zero { app.display.requestTick(after: rest) } else { start(waiting.wanted) }
  }

  func stop() {
    task?.cancel()
    (task, waiting) = (nil, nil)
  }

  private func start(_ wanted: String) {
    task?.cancel()
    (asked, waiting, trouble) = (wanted, nil, nil)
    let ask = ask
    task = Task.detached(executorPreference: Workers.shared, priority: .userInitiated) { [weak self] in
      var after: Int?
      repeat {
        let outcome: Result<Page, Refusal>
        do { outcome = .success(try await ask(wanted, after)) } catch { outcome = .failure(Refusal(error)) }
        if Task.isCancelled { return }
        guard let next = await self?.take(outcome, for: wanted) else { return }
        after = next
      } while true
    }
    changed()
  }

  /// - Returns: how to go on; nil to stop.
  private func take(_ outcome: Result<Page, Refusal>, for wanted: String) -> Int? {
    guard asked == wanted, task != nil else { return nil }
    var next: Int?
    switch outcome {
    case .success(let page):
      let known = Set(items.map(\.id))
      items += page.items.filter { !known.contains($0.id) }
      numbers.merge(page.numbers) { $1 }
      next = items.count < Self.most ? page.next : nil
      if wanted.isEmpty, page.next == nil { isComplete = true }
    case .failure(let refusal): trouble = refusal
    }
    if next == nil { task = nil }
    changed()
    return next
  }

  /// In a word, how far it is; empty where there is nothing to say.
  var note: Phrase {
    if task != nil || waiting != nil { return Phrase("◐ asking GitLab …", "◐ 正在查询 GitLab…") }
    if let trouble { return Phrase("✗ \(trouble.message.en)", "✗ \(trouble.message.zh)") }
    return items.count >= Self.most ? Phrase("more there: type to narrow", "结果过多，请输入名称缩小范围") : Phrase("", "")
  }
}
