import FlatFiles

/// How a build stands, and how long its log is.
public struct BuildChange: Sendable, Equatable {
  public let record: BuildRecord
  public let logLength: Int
}

/// A build followed to its end: first how it stands now, then each time that it or its log went on. However much
/// happens between two looks, it is one change. The last has a record that is over; a deleted build just ends it. Where a
/// build has nobody to work on it, because a runner died, another is started.
public struct BuildChanges: AsyncSequence, Sendable {
  public typealias Element = BuildChange
  public typealias Failure = Refusal

  let builds: Builds
  let place: BuildPlace

  public func makeAsyncIterator() -> Iterator { Iterator(self) }

  public struct Iterator: AsyncIteratorProtocol {
    private let builds: Builds
    private let place: BuildPlace
    private var changes: AsyncStream<Void>.Iterator
    private var last: BuildChange?
    private var isOver = false
    /// How often a runner may be started for it: one that can't work on it isn't started for ever.
    private var startsLeft = 3

    init(_ sequence: BuildChanges) {
      builds = sequence.builds
      place = sequence.place
      // Nobody writes anything when a runner dies: its lease is looked at every second.
      changes = FolderWatch(
        builds.folders.build(place), [.made, .removed, .written], heartbeat: .seconds(1)
      ).changes.makeAsyncIterator()
    }

    public mutating func next() async throws(Refusal) -> BuildChange? {
      try await next(isolation: nil)
    }

    /// - Throws: `Cancelled` once the task is cancelled; what a record can't be read by.
    public mutating func next(isolation actor: isolated (any _Concurrency.Actor)?) async throws(Refusal) -> BuildChange?
    {
      while !isOver {
        if last != nil, await changes.next(isolation: actor) == nil { throw Refusal(CancellationError()) }
        guard let now = try look() else { break }
        if last != nil, startsLeft > 0, builds.needsRunner(now.record) {
          startsLeft -= 1
          // Where that fails, the record says that it waits.
          try? await builds.ensureRunner()
        }
        guard now != last else { continue }
        last = now
        isOver = now.record.status.isOver
        return now
      }
      isOver = true
      return nil
    }

    /// How it stands; nil where it is gone. The record first: a log is whole when its record is over.
    private func look() throws(Refusal) -> BuildChange? {
      do throws(Refusal) {
        let record = try builds.record(at: place)
        return BuildChange(record: record, logLength: try builds.logLength(of: place))
      } catch {
        if error.code == .noSuchBuild { return nil }
        throw error
      }
    }
  }
}

extension Builds {
  /// A build to follow.
  /// - Throws: `Refusal` `NoSuchBuild`.
  public func changes(of id: String) throws(Refusal) -> BuildChanges {
    BuildChanges(builds: self, place: try place(of: id))
  }

  func logLength(of place: BuildPlace) throws(Refusal) -> Int {
    try reading { () throws(FileFault) in try files.status("\(folders.build(place))/\(BuildFile.log)")?.size ?? 0 }
  }
}
