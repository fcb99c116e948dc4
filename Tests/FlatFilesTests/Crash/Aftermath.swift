import FlatFiles
import RecordedDisk
import Synchronization
import Testing

/// What must hold of a disk after a crash.
enum Aftermath {
  /// How many disks have been looked at, by what was cut off.
  fileprivate static let looked = Mutex<[String: Int]>([:])

  static func count(_ kind: String) { looked.withLock { $0[kind, default: 0] += 1 } }

  enum Depth: Comparable {
    /// Reads it, and looks for damage.
    case reading
    /// Then changes it and crashes again.
    case changing
    /// Crashes at every point of that.
    case crashingAgain
  }

  /// Opens it, changes it, opens it again: throws a `Shortcoming` where anything is lost, half there or stuck.
  /// - Parameter kind: under what it is counted.
  static func inspect(
    _ image: DiskImage, _ kind: String, allowed: Set<Contents>, _ depth: Depth = .changing
  ) throws {
    let disk = RecordedDisk(image)
    count(kind)
    let found = try requireReadable(disk, allowed)
    if depth >= .changing { try requireChangeable(disk, kind, found, crashingAgain: depth == .crashingAgain) }
  }

  private static func requireReadable(_ disk: RecordedDisk, _ allowed: Set<Contents>) throws -> Contents {
    let reader = try Scenario.open(disk)
    let found = try Contents(of: reader)
    guard allowed.contains(found) else {
      throw Shortcoming("found \(found) where only \(allowed.map(\.description).sorted()) may be")
    }
    let findings = try reader.check(waiting: .never)
    guard !findings.contains(where: \.isDamage) else { throw Shortcoming("damage: \(findings)") }
    guard disk.log.events.isEmpty else { throw Shortcoming("a reader wrote") }
    return found
  }

  private static func requireChangeable(
    _ disk: RecordedDisk, _ kind: String, _ found: Contents, crashingAgain: Bool
  ) throws {
    let store = try Scenario.open(disk)
    try Scenario.change(.instance, "cri-next", ["InstanceName": "next"])(store)
    let notices = store.takeNotices()
    guard notices.count <= 1 else { throw Shortcoming("said more than once: \(notices)") }
    let after = try Contents(of: store)
    guard after.sequence == found.sequence + 1, after.records.count == found.records.count + 1,
      Set(found.records).isSubset(of: after.records)
    else { throw Shortcoming("the next change made \(found) into \(after)") }
    try requireSound(store, on: disk, after)

    // What was acknowledged since must outlive another crash, and a recovery that is cut off must be begun again.
    let log = disk.log
    let points = crashingAgain ? Array(0...log.events.count) : [log.events.count]
    for point in points {
      for image in log.prefix(point).extremePowerCuts {
        count(kind)
        let again = try Contents(of: try Scenario.open(RecordedDisk(image)))
        guard again == after || (point < log.events.count && again == found) else {
          throw Shortcoming("a second crash at \(point) of \(log.events.count) made \(found) into \(again)")
        }
      }
    }
  }

  /// Nothing of a crash is left, the history is whole, and secrets are those that are referred to.
  private static func requireSound(_ store: Store, on disk: RecordedDisk, _ contents: Contents) throws {
    let findings = try store.check(waiting: .never).filter { if case .setAside = $0 { false } else { true } }
    guard findings.isEmpty else { throw Shortcoming("left after the next change: \(findings)") }
    let sequences = try store.history(limit: 1000).map(\.sequence)
    guard sequences == Array((1...contents.sequence).reversed()) else {
      throw Shortcoming("the history has \(sequences)")
    }
    try Scenario.collect(store)
    guard try Contents(of: store) == contents else { throw Shortcoming("collecting orphans changed the contents") }
    let kept = try Contents.secrets(in: store.latest).map(\.text).sorted()
    let folder = Scenario.path("secrets")
    let there = try disk.status(folder) == nil ? [] : disk.list(folder).sorted()
    guard kept == there else { throw Shortcoming("secrets \(there) where \(kept) are referred to") }
  }
}

/// Prints at a suite's end how many disks were looked at, for each kind of what was cut off.
struct CrashPointCount: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    Aftermath.looked.withLock { $0 = [:] }
    defer {
      let looked = Aftermath.looked.withLock { $0 }
      for (kind, count) in looked.sorted(by: { $0.key < $1.key }) { print("crash points: \(count) disks: \(kind)") }
      print("crash points: \(looked.values.reduce(0, +)) disks in all in \(test.name)")
    }
    try await function()
  }
}

extension Trait where Self == CrashPointCount {
  static var crashPointsCounted: Self { CrashPointCount() }
}
