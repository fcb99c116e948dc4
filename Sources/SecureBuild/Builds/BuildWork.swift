import FlatFiles

/// What a runner does with one build of the queue.
struct BuildWork: Sendable {
  let builds: Builds
  let engines: [BuildRequest.EngineName: any BuildEngine]
  let limits: BuildLimits
  let plan: BuildRunner.Planning

  /// Brings a build to its end, whatever state it is in.
  /// - Returns: false where that can't be done: its record can't be read or written, or somebody else holds its lease.
  func run(_ place: BuildPlace, _ note: @Sendable (String) -> Void) async -> Bool {
    do {
      guard try builds.isThere(place) else { return true }
      let lease = try FileLock("\(builds.folders.build(place))/\(BuildFile.lease)", making: false)
      // Readers and who cancels it hold it for moments.
      guard try await lease.take(.exclusive, within: .milliseconds(500)) else {
        note("\(place.id): another process works on it")
        return false
      }
      defer { lease.release() }
      let record = try builds.record(at: place)
      switch record.status {
      case .success, .fail, .cancel: builds.dequeue(place)
      case .building: try await bury(record, place, note)
      case .pending: try await build(record, place, note)
      }
      return true
    } catch {
      note("\(place.id): \(Self.words(of: error))")
      return false
    }
  }

  /// Ends a build whose runner died.
  private func bury(_ record: BuildRecord, _ place: BuildPlace, _ note: (String) -> Void) async throws {
    note("\(place.id): its runner died; cleaning up")
    await engines[record.request.engine]?.clean(after: place.id, folder: builds.folders.build(place))
    let journal = try BuildJournal(builds, place, record, limits: limits)
    let died = BuildFailure.runnerDied(in: record.stages.first { $0.status == .running }?.name)
    try? journal.say(died.message)
    if let request = builds.cancelRequest(of: place) {
      try journal.end(.cancel, .cancelled(by: request.by))
    } else {
      try journal.end(.fail, died)
    }
    builds.dequeue(place)
  }

  private func build(_ record: BuildRecord, _ place: BuildPlace, _ note: (String) -> Void) async throws {
    let journal = try BuildJournal(builds, place, record, limits: limits)
    note("\(place.id): begins")
    let end: BuildEnd
    if let request = builds.cancelRequest(of: place) {
      end = BuildEnd(status: .cancel, failure: .cancelled(by: request.by))
    } else {
      try journal.begin()
      end = await outcome(of: record.request, place, journal)
    }
    try journal.end(end.status, end.failure)
    builds.dequeue(place)
    note("\(place.id): \(end.status.rawValue)" + (end.failure.map { " \($0.code): \($0.message.en)" } ?? ""))
  }

  /// Builds, until it is done, fails, or is to be cancelled.
  private func outcome(of request: BuildRequest, _ place: BuildPlace, _ journal: BuildJournal) async -> BuildEnd {
    await withTaskGroup(of: Event.self) { group in
      group.addTask { .ended(await result(of: request, journal)) }
      group.addTask { .cancelling(await cancelRequest(of: place)) }
      var cancelled: CancelRequest?
      for await event in group {
        switch event {
        case .cancelling(let request):
          cancelled = request
          if request != nil { group.cancelAll() }
        case .ended(let result):
          group.cancelAll()
          return BuildEnd(result, cancelledBy: cancelled?.by, fault: journal.fault, in: journal.runningStage)
        }
      }
      return BuildEnd(status: .fail, failure: nil)
    }
  }

  private enum Event: Sendable {
    case ended(Result<Void, any Error>)
    case cancelling(CancelRequest?)
  }

  private func result(of request: BuildRequest, _ journal: BuildJournal) async -> Result<Void, any Error> {
    do {
      guard let engine = engines[request.engine] else { throw BuildFailure.noEngine(request.engine) }
      var plan = try await plan(request)
      plan.limits = limits
      try Task.checkCancellation()
      try await engine.build(plan, telling: journal)
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  /// Waits until somebody wants it cancelled; nil once the task is cancelled.
  private func cancelRequest(of place: BuildPlace) async -> CancelRequest? {
    let watch = FolderWatch(builds.folders.build(place), .made)
    if let request = builds.cancelRequest(of: place) { return request }
    for await _ in watch.changes {
      if let request = builds.cancelRequest(of: place) { return request }
    }
    return nil
  }

  private static func words(of error: any Error) -> String {
    switch error {
    case let fault as FileFault: "\(fault.path): \(fault.reason)"
    default: Refusal(error).message.en
    }
  }
}
