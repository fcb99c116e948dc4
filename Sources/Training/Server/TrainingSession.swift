import FlatFiles
import SecureBuild

/// One user of a workspace's training server, from the first connection on until it goes.
actor TrainingSession {
  private let workspace: String
  private let place: TrainingPlace
  private let start: TrainingServerStart
  /// Held shared once this is a user.
  private var users: FileLock?
  private var starting: Task<Void, any Error>?

  init(workspace: String, place: TrainingPlace, start: TrainingServerStart) {
    self.workspace = workspace
    self.place = place
    self.start = start
  }

  /// Makes sure that the server runs, and goes on running while this session lives.
  /// - Throws: `Refusal` `TrainingServer` where it can't be started; `CancellationError` as soon as the task is
  ///   cancelled, while the start goes on for whoever needs it next.
  func needServer() async throws {
    if starting == nil, try isServed() { return }
    let task = starting ?? Task { try await startServer() }
    starting = task
    try await Self.outcome(of: task)
  }

  private func isServed() throws -> Bool {
    guard users != nil else { return false }
    return try refusing { () throws(FileFault) in try TrainingFolder(in: workspace).server().isTaken }
  }

  private func startServer() async throws {
    defer { starting = nil }
    do {
      let folder = try TrainingFolder(in: workspace)
      if users == nil {
        let users = try folder.users()
        // A server that is just ending holds it alone for the moment that takes.
        guard try await users.take(.shared, within: .seconds(10)) else {
          throw Refusal.serverFailed("the one before does not end")
        }
        self.users = users
      }
      let gate = try folder.start()
      guard try await gate.take(.exclusive, within: .seconds(15)) else {
        throw Refusal.serverFailed("another process is starting it, and does not get done")
      }
      defer { gate.release() }
      if try folder.server().isTaken { return }
      try check(await start.start(for: workspace))
    } catch let fault as FileFault {
      throw Refusal.serverFailed("\(fault.path): \(fault.reason)")
    }
  }

  private func check(_ report: ServerReport) throws(Refusal) {
    switch report {
    case .ready, .busy: return
    case .taken(let port, let holder): throw .portTaken(port, at: place.address, by: holder)
    case .failed(let words): throw .serverFailed(words)
    }
  }

  private func refusing<Value>(_ body: () throws(FileFault) -> Value) throws(Refusal) -> Value {
    do throws(FileFault) { return try body() } catch { throw .serverFailed("\(error.path): \(error.reason)") }
  }

  /// Waits for a task that goes on when the one who waits is cancelled.
  private static func outcome(of task: Task<Void, any Error>) async throws {
    let (results, continuation) = AsyncStream<Result<Void, any Error>>.makeStream()
    Task {
      continuation.yield(await task.result)
      continuation.finish()
    }
    for await result in results { return try result.get() }
    throw CancellationError()
  }
}
