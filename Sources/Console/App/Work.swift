import SecureBuild
import TerminalUI

/// One piece of work that may take longer than a frame: it shows that it runs, and Esc cancels it.
@ScreenActor
final class Work {
  let title: Phrase
  let isCancellable: Bool
  let began = ContinuousClock.now
  private var task: Task<Void, Never>?
  /// Called once it is over and its outcome has been taken.
  var whenEnded: (() -> Void)?

  init(title: Phrase, isCancellable: Bool) {
    self.title = title
    self.isCancellable = isCancellable
  }

  func run(_ task: Task<Void, Never>) { self.task = task }

  func cancel() { task?.cancel() }

  /// Shown once it has taken 300 ms.
  var isNoticeable: Bool { began.duration(to: .now) >= .milliseconds(300) }

  var elapsed: String {
    let seconds = Double(began.duration(to: .now) / .milliseconds(100)) / 10
    return "\(Int(seconds)).\(Int(seconds * 10) % 10) s"
  }
}

extension App {
  /// Runs `operation` in a task, one at a time, and gives its outcome to `then` on the loop.
  /// A late outcome of what was cancelled is dropped: `then` gets `Cancelled` at once.
  func perform<Value: Sendable>(
    _ title: Phrase, cancellable: Bool, _ operation: @escaping @Sendable () async throws -> Value,
    then: @escaping @ScreenActor (Result<Value, Refusal>) -> Void
  ) {
    if let running = self.work {
      return say(
        Phrase("Still busy: \(running.title.en).", "正在处理：\(running.title.zh)。")
          + (running.isCancellable ? Phrase("Esc stops it.", "按 Esc 取消。") : Phrase("", "")), isError: true)
    }
    let work = Work(title: title, isCancellable: cancellable)
    self.work = work
    display.requestTick(after: .milliseconds(300))
    work.run(
      Task.detached(executorPreference: Workers.shared) {
        let outcome: Result<Value, Refusal>
        do { outcome = .success(try await operation()) } catch { outcome = .failure(Refusal(error)) }
        await self.finish(work) { then(outcome) }
      })
  }

  private func finish(_ work: Work, _ then: @ScreenActor () -> Void) {
    guard self.work === work else { return }
    self.work = nil
    then()
    work.whenEnded?()
  }

  /// Esc while something runs; false where nothing does.
  func cancelWork() -> Bool {
    guard let work else { return false }
    guard work.isCancellable else { return true }
    work.cancel()
    return true
  }
}
