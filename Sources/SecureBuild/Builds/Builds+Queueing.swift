import FlatFiles

extension Builds {
  /// An id for a new build. Ids sort by time, to the millisecond: `build-local-20261125T031938-07b3fa9c`.
  public func newId() -> String {
    let time = clock.now()
    let text = time.description  // 2026-11-25T03:19:38.123Z
    let second = String(text.prefix { $0 != "." }.filter { $0 != "-" && $0 != ":" })
    let milliseconds = Int(((time.milliseconds % 1000) + 1000) % 1000)
    let random = ids.next("build").split(separator: "-").last?.suffix(5) ?? ""
    return "build-local-\(second)-\(Self.padded(String(milliseconds, radix: 16), 3))\(Self.padded(String(random), 5))"
  }

  private static func padded(_ text: String, _ count: Int) -> String {
    String(repeating: "0", count: max(0, count - text.count)) + text
  }

  /// Queues a build and makes sure that a runner works on it.
  /// - Throws: `Refusal`; `RunnerNotStarted` where it is queued and nobody works on it.
  public func submit(_ request: BuildRequest) async throws(Refusal) {
    try enqueue(request)
    try await ensureRunner()
  }

  /// Puts a build at the end of the queue, durably: it is there as a whole or not at all.
  public func enqueue(_ request: BuildRequest) throws(Refusal) {
    guard BuildPlace.isId(request.id) else {
      throw Refusal(
        .fault, message: Phrase("“\(request.id)” is no build's id.", "“\(request.id)”不是合法的构建 ID。"),
        mend: Phrase("Please report this with what you did.", "请连同操作步骤一并反馈。"))
    }
    let place = BuildPlace(request)
    let line = try BuildLines.line(of: request)
    try writing { () throws(FileFault) in
      try makeFolders()
      let lock = try queueLock()
      defer { lock.release() }
      let aside = "\(folders.new)/\(place.id)"
      try files.createFolder(aside)
      do throws(FileFault) {
        try fill(aside, line)
        try publish(aside, as: place)
      } catch {
        try? files.removeTree(aside)
        throw error
      }
    }
  }

  private func fill(_ folder: String, _ request: [UInt8]) throws(FileFault) {
    _ = try files.open("\(folder)/\(BuildFile.lease)", .createNew)
    _ = try files.open("\(folder)/\(BuildFile.log)", .createNew)
    _ = try files.open("\(folder)/\(BuildFile.record)", .createNew)
    var record = try LineFile(appendingTo: "\(folder)/\(BuildFile.record)")
    try record.append(request)
    try files.syncFolder(folder)
  }

  /// The entry first: a build that is where it belongs has one, whatever comes between.
  private func publish(_ aside: String, as place: BuildPlace) throws(FileFault) {
    let instance = folders.instance(place.instanceFolder)
    try make(instance)
    let entry = folders.entry(place)
    _ = try files.open(entry, .createNew)
    do throws(FileFault) {
      try files.syncFolder(folders.queue)
      try files.syncFolder(folders.all)
      try files.rename(aside, to: folders.build(place))
    } catch {
      try? files.removeFile(entry)
      throw error
    }
    try files.syncFolder(instance)
  }

  /// Held for moments, by who puts builds into the queue or takes leftovers out of it.
  func queueLock() throws(FileFault) -> FileLock {
    let lock = try FileLock(folders.queueLock)
    guard lock.waitToTake(.exclusive, within: .seconds(10)) else {
      throw FileFault(call: "flock", path: folders.queueLock, code: FileFault.busy)
    }
    return lock
  }

  /// Whether the build of an entry of the queue is there. An entry without one is of a build that is just being queued,
  /// which is waited for, or it is left from a crash, and removed.
  func isThere(_ place: BuildPlace) throws(FileFault) -> Bool {
    if try files.status(folders.build(place)) != nil { return true }
    let lock = try queueLock()
    defer { lock.release() }
    if try files.status(folders.build(place)) != nil { return true }
    try? files.removeFile(folders.entry(place))
    return false
  }

  /// Starts a runner where none runs. To be called after a build was queued, or when one has lost its runner.
  /// - Throws: `RunnerNotStarted`.
  public func ensureRunner() async throws(Refusal) {
    let isTaken = try writing { () throws(FileFault) in
      try makeFolders()
      return try FileLock(folders.runnerLock).isTaken
    }
    if isTaken { return }
    try await runner.startRunner(for: folders.workspace)
  }

  /// Starts a runner where builds wait for one: a runner that died may have left some. To be called when a workspace is
  /// opened to work with its builds.
  /// - Throws: `RunnerNotStarted`.
  public func resume() async throws(Refusal) {
    if try !queued().isEmpty { try await ensureRunner() }
  }

  /// Whether it isn't over and nobody is there to bring it to its end.
  func needsRunner(_ record: BuildRecord) -> Bool {
    guard record.isOrphaned || record.status == .pending else { return false }
    guard let lock = try? FileLock(folders.runnerLock, making: false) else { return true }
    return !lock.isTaken
  }

  /// The builds that aren't over, in the order in which they come up.
  func queued() throws(Refusal) -> [BuildPlace] {
    do throws(FileFault) {
      return try files.list(folders.queue).compactMap(BuildPlace.init(entry:)).sorted { $0.id < $1.id }
    } catch {
      if error.isMissing { return [] }
      throw Refusal(StoreError.cannotRead(error))
    }
  }
}
