import SecureBuild

/// A build followed to its end, from this process or from another.
struct Following {
  private let builds: Builds
  private let output: Output

  init(_ builds: Builds, _ output: Output) {
    self.builds = builds
    self.output = output
  }

  /// - Parameter each: called with each change, the last one too.
  /// - Returns: the record when it is over.
  /// - Throws: `Refusal`; when the task is cancelled one that says that the build goes on.
  func follow(_ id: String, _ each: (BuildChange) throws -> Void) async throws -> BuildRecord {
    do {
      return try await withThrowingTaskGroup { group in
        group.addTask { try await mind(id) }
        defer { group.cancelAll() }
        for try await change in try builds.changes(of: id) {
          try each(change)
          if change.record.status.isOver { return change.record }
        }
        // Deleted meanwhile: this says so.
        return try builds.record(id)
      }
    } catch let refusal as Refusal where refusal.code == .cancelled && Task.isCancelled {
      throw Refusal.stoppedFollowing(id)
    } catch is CancellationError {
      throw Refusal.stoppedFollowing(id)
    }
  }

  /// A build that lost its runner, or never had one, would be waited for forever: looks now and then whether there is one.
  private func mind(_ id: String) async throws {
    while !Task.isCancelled {
      do {
        if try builds.record(id).status.isOver { return }
        try await builds.ensureRunner()
      } catch {
        if !Task.isCancelled { output.say(error.message + error.mend) }
        return
      }
      try await Task.sleep(for: .seconds(2))
    }
  }
}
