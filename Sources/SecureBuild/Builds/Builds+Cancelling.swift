import FlatFiles
import FoundationEssentials

/// What became of a wish to cancel a build.
public enum Cancelling: Sendable, Equatable {
  /// It is cancelled.
  case done
  /// Whoever works on it was told to stop; the record says when that is done.
  case asked
}

/// Who wants a build cancelled, and since when.
struct CancelRequest: Codable {
  let at: Timestamp
  let by: String

  enum CodingKeys: String, CodingKey {
    case at = "At"
    case by = "By"
  }
}

extension Builds {
  /// Cancels a build: at once where it only waits, else by asking who works on it. One that lost its runner needs one
  /// for it, and gets it.
  /// - Throws: `Refusal` `NoSuchBuild`, `BuildIsOver`, `RunnerNotStarted`.
  public func cancel(_ id: String) async throws(Refusal) -> Cancelling {
    let place = try place(of: id)
    let outcome = try ask(place)
    if outcome == .asked, try record(at: place).isOrphaned { try await ensureRunner() }
    return outcome
  }

  private func ask(_ place: BuildPlace) throws(Refusal) -> Cancelling {
    let folder = folders.build(place)
    if try record(at: place).status.isOver { throw .buildIsOver(place.id) }
    let request = CancelRequest(at: clock.now(), by: actor.name)
    let bytes: [UInt8] = try refusing { Array(try JSONEncoder().encode(request)) + [UInt8(ascii: "\n")] }
    try writing { () throws(FileFault) in
      // Aside first: whoever watches finds it whole.
      let fresh = "\(folder)/\(BuildFile.cancel).\(ids.next("cancel"))"
      let file = try files.open(fresh, .createNew)
      try file.writeAll(bytes[...], at: 0)
      try files.rename(fresh, to: "\(folder)/\(BuildFile.cancel)")
      try files.syncFolder(folder)
    }
    // After the file: whoever holds the lease now looks for the file later.
    guard let lease = try takeLease(of: place) else { return .asked }
    defer { lease.release() }
    let record = try record(at: place)
    // Ended meanwhile, by this or before it.
    if record.status == .cancel { return .done }
    if record.status.isOver { throw .buildIsOver(place.id) }
    guard record.status == .pending else { return .asked }
    try end(place, .cancel, .cancelled(by: request.by))
    return .done
  }

  /// The lease, or nil where somebody works on the build. Readers hold it for moments.
  func takeLease(of place: BuildPlace) throws(Refusal) -> FileLock? {
    try writing { () throws(FileFault) in
      let lease = try FileLock("\(folders.build(place))/\(BuildFile.lease)", making: false)
      return lease.waitToTake(.exclusive, within: .milliseconds(20)) ? lease : nil
    }
  }

  /// Writes a build's last event, and takes it out of the queue. For who holds its lease.
  func end(_ place: BuildPlace, _ status: BuildStatus, _ failure: BuildFailure?) throws(Refusal) {
    let line = try BuildLines.line(of: BuildEvent(at: clock.now(), what: .ended(status, failure)))
    try writing { () throws(FileFault) in
      var file = try LineFile(appendingTo: "\(folders.build(place))/\(BuildFile.record)")
      try file.append(line)
    }
    dequeue(place)
  }

  /// Takes a build that is over out of the queue. What can't be removed now is by the next runner.
  func dequeue(_ place: BuildPlace) { try? files.removeFile(folders.entry(place)) }

  /// Who wanted it cancelled, where somebody did.
  func cancelRequest(of place: BuildPlace) -> CancelRequest? {
    guard let file = try? files.open("\(folders.build(place))/\(BuildFile.cancel)", .read) else { return nil }
    let bytes = (try? file.read(at: 0, count: 4096)) ?? []
    return (try? JSONDecoder().decode(CancelRequest.self, from: Data(bytes)))
      ?? CancelRequest(at: clock.now(), by: actor.name)
  }
}

extension BuildFailure {
  static func cancelled(by actor: String) -> BuildFailure {
    BuildFailure(
      .cancelled, in: nil, message: Phrase("Cancelled by \(actor).", "已由 \(actor) 取消。"),
      mend: Phrase("Start it again when you like.", "可随时重新构建。"))
  }
}

extension Refusal {
  public static func buildIsOver(_ id: String) -> Refusal {
    Refusal(
      .buildIsOver, message: Phrase("Build \(id) is over.", "构建 \(id) 已结束。"),
      mend: Phrase(
        "There is nothing to cancel. `acr-console build show \(id)` says how it ended.",
        "无需取消，可用 `acr-console build show \(id)` 查看结果。"))
  }
}
