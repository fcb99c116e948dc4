import FlatFiles
import Synchronization

/// What must hold of a disk after a crash.
enum Aftermath {
  /// How many disks have been looked at, by all tests.
  static let looked = Atomic<Int>(0)

  static func report() {
    print("crash points: \(looked.load(ordering: .relaxed)) disks looked at so far")
  }

  enum Depth: Comparable {
    /// Reads it, and looks for damage.
    case reading
    /// Then changes it and crashes again.
    case changing
    /// Crashes at every point of that.
    case crashingAgain
  }

  /// Opens it, changes it, opens it again: throws a `Shortcoming` where anything is lost, half there or stuck.
  static func inspect(_ image: DiskImage, allowed: Set<Contents>, _ depth: Depth = .changing) throws {
    let disk = RecordedDisk(image)
    let found = try requireReadable(disk, allowed)
    if depth >= .changing { try requireChangeable(disk, found, crashingAgain: depth == .crashingAgain) }
  }

  private static func requireReadable(_ disk: RecordedDisk, _ allowed: Set<Contents>) throws -> Contents {
    looked.add(1, ordering: .relaxed)
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

  private static func requireChangeable(_ disk: RecordedDisk, _ found: Contents, crashingAgain: Bool) throws {
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
        looked.add(1, ordering: .relaxed)
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
    let there = try disk.list("\(Scenario.folder)/secrets").sorted()
    guard kept == there else { throw Shortcoming("secrets \(there) where \(kept) are referred to") }
  }
}
