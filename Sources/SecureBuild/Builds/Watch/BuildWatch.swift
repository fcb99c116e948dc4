import FlatFiles
import Synchronization

/// Starts builds on pushes: follows the bound projects of repositories that build on a push, and queues what their rules
/// make of it.
///
/// GitLab's API is asked again and again; a webhook's word only makes it sooner, and is never believed for itself. So a
/// word that is missed, comes twice or comes late changes nothing.
///
/// A rule is started once on a commit of a branch or tag, whatever happens: what is decided is written down, with the ids
/// that its builds will have, before it goes to the queue, and who comes after a crash queues what of it isn't there. Of
/// several pushes between two looks the last one counts. While nobody watches, pushes wait: the next watch sees what
/// each branch and tag leads to then. Where a project is watched for the first time, what is there is no push.
public final class BuildWatch: Sendable {
  let workspace: Workspace
  let engine: BuildRequest.EngineName
  private let interval: Duration
  private let folder: WatchFolder
  private let words: AsyncStream<Word>
  private let mouth: AsyncStream<Word>.Continuation
  private let memory: Mutex<Memory>

  /// The longest pause after failures.
  private static let longestPause = Duration.seconds(600)

  private enum Word: Sendable {
    case time
    case hook(PushWord)
  }

  private struct Memory {
    var state: WatchState
    var paces: [String: Pace] = [:]
  }

  /// When an instance's GitLab is to be asked again.
  private struct Pace {
    var failures = 0
    var next = ContinuousClock.now
    /// GitLab itself said until when it won't be asked.
    var isLimited = false
  }

  /// - Parameter interval: how often GitLab is asked.
  /// - Throws: `Refusal` `WatchIsRunning` where another process watches this workspace.
  public init(
    _ workspace: Workspace, every interval: Duration = .seconds(30), engine: BuildRequest.EngineName = .local
  ) throws(Refusal) {
    self.workspace = workspace
    self.interval = interval
    self.engine = engine
    folder = try WatchFolder(of: workspace.path)
    memory = Mutex(Memory(state: try folder.load()))
    (words, mouth) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1000))
  }

  /// Looks at a project now, where it is watched: a webhook told of a push.
  public func hear(_ word: PushWord) { mouth.yield(.hook(word)) }

  /// Watches until the task is cancelled.
  /// - Throws: `Refusal` where the workspace can't be read or written; `CancellationError`.
  public func run(telling tell: @escaping @Sendable (WatchEvent) -> Void) async throws {
    try await queuePending(telling: tell)
    var heard: [PushWord] = []
    var iterator = words.makeAsyncIterator()
    while true {
      try await look(heard, telling: tell)
      let next = memory.withLock { $0.paces.values.map(\.next).min() } ?? ContinuousClock.now + interval
      let timer = Task { [mouth] in
        try await Task.sleep(until: next, clock: .continuous)
        mouth.yield(.time)
      }
      defer { timer.cancel() }
      guard let word = await iterator.next() else { throw CancellationError() }
      try Task.checkCancellation()
      heard = if case .hook(let push) = word { [push] } else { [] }
    }
  }

  /// One round: asks every GitLab whose time it is, and those of whose projects was told.
  func look(_ heard: [PushWord] = [], telling tell: @escaping @Sendable (WatchEvent) -> Void) async throws {
    let projects = try refusing { try WatchedProject.all(in: try workspace.state().state) }
    forget(allBut: projects)
    for instance in Set(projects.map(\.instanceId)).sorted() {
      let own = projects.filter { $0.instanceId == instance }
      let named = own.filter { project in heard.contains { $0.isAbout(project.source) } }
      let pace = memory.withLock { $0.paces[instance] ?? Pace() }
      let isDue = pace.next <= .now
      guard isDue || (!named.isEmpty && !pace.isLimited) else { continue }
      await look(at: isDue ? own : named, of: instance, telling: tell) { pause, isLimited in
        memory.withLock { memory in
          var pace = pace
          guard let pause else {
            // A look at one project makes the next one at all of them neither later nor sooner.
            memory.paces[instance] = Pace(next: isDue ? .now + interval : pace.next)
            return interval
          }
          pace.failures += 1
          let doubled = interval * (1 << min(pace.failures, 16))
          let wait = max(pause, min(doubled, max(Self.longestPause, interval)))
          pace.next = .now + wait
          pace.isLimited = isLimited
          memory.paces[instance] = pace
          return wait
        }
      }
      try Task.checkCancellation()
    }
  }

  private func forget(allBut projects: [WatchedProject]) {
    let keys = Set(projects.map(\.key))
    let instances = Set(projects.map(\.instanceId))
    memory.withLock { memory in
      memory.state.projects = memory.state.projects.filter { keys.contains($0.key) }
      memory.paces = memory.paces.filter { instances.contains($0.key) }
    }
  }

  // MARK: What is kept

  var state: WatchState { memory.withLock(\.state) }

  /// Keeps what was seen and decided, then queues it.
  func decide(
    _ requests: [BuildRequest], _ project: WatchState.Project, of key: String,
    telling tell: @escaping @Sendable (WatchEvent) -> Void
  ) async throws(Refusal) {
    var state = state
    state.projects[key] = project
    state.pending += requests
    guard state != self.state else { return }
    try folder.save(state)
    memory.withLock { $0.state = state }
    if !requests.isEmpty { try await queuePending(telling: tell) }
  }

  /// Queues what was decided, but what is there already.
  private func queuePending(telling tell: @escaping @Sendable (WatchEvent) -> Void) async throws(Refusal) {
    var state = state
    guard !state.pending.isEmpty else { return }
    for request in state.pending {
      do throws(Refusal) { _ = try workspace.builds.record(request.id) } catch {
        guard error.code == .noSuchBuild else { throw error }
        try workspace.builds.enqueue(request)
        tell(.queued(request))
      }
    }
    state.pending = []
    try folder.save(state)
    let kept = state
    memory.withLock { $0.state = kept }
    do throws(Refusal) { try await workspace.builds.ensureRunner() } catch { tell(.noRunner(error)) }
  }
}

/// A webhook's word that something was pushed to a project.
public struct PushWord: Sendable, Hashable {
  /// GitLab's number of it.
  public let projectId: Int
  /// `group/sub/name`.
  public let project: String

  public init(projectId: Int, project: String) {
    self.projectId = projectId
    self.project = project
  }

  func isAbout(_ source: ProjectSource) -> Bool {
    if let id = source.projectId { return id == projectId }
    return source.path.lowercased() == project.lowercased()
  }
}
