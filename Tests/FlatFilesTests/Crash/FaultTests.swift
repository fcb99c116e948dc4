import FlatFiles
import Glibc
import Testing

/// Every operation of a change or a compaction, failing in turn.
@Suite struct FaultTests {
  @Test(
    "Whatever fails, nothing acknowledged is lost, nothing is half there, and the same handle goes on",
    arguments: CrashPointTests.scenarios,
    [(EIO, false), (ENOSPC, true)])
  func everyOperation(_ scenario: Scenario, _ kind: (code: Int32, writesHalf: Bool)) throws {
    let contents = try Rehearsal(scenario, on: scenario.disk()).contents
    let clean = try scenario.disk()
    let store = try Scenario.open(clean)
    for step in scenario.steps { try step(store) }
    for operation in 0..<clean.operations {
      let fault = DiskFault(operation: .number(operation), code: kind.code, writesHalf: kind.writesHalf)
      do {
        try run(scenario, fault, contents)
      } catch {
        throw Shortcoming("operation \(operation) failed: \(error)")
      }
    }
    Aftermath.report()
  }

  private func run(_ scenario: Scenario, _ fault: DiskFault, _ contents: [Contents]) throws {
    let disk = try scenario.disk(fault: fault)
    let store: Store
    do {
      store = try Scenario.open(disk)
    } catch let error as StoreError {
      guard case .cannotRead = error else { throw Shortcoming("opening said \(error)") }
      return try Aftermath.inspect(disk.image, allowed: [contents[0]], .reading)
    }
    let allowed = try steps(of: scenario, on: store, contents)
    for image in disk.log.extremePowerCuts { try Aftermath.inspect(image, allowed: allowed, .reading) }

    let found = try Contents(of: store)
    guard allowed.contains(found) else { throw Shortcoming("the handle has \(found)") }
    try Scenario.change(.instance, "cri-after", ["InstanceName": "after"])(store)
    let after = try Contents(of: store)
    guard after.records.count == found.records.count + 1 else { throw Shortcoming("\(found) became \(after)") }
    for image in disk.log.extremePowerCuts { try Aftermath.inspect(image, allowed: [after], .reading) }
  }

  /// Runs the steps up to one that fails.
  /// - Returns: what the workspace may hold then.
  private func steps(of scenario: Scenario, on store: Store, _ contents: [Contents]) throws -> Set<Contents> {
    for (index, step) in scenario.steps.enumerated() {
      do {
        try step(store)
      } catch let error as StoreError {
        switch error {
        case .outcomeUnknown: return [contents[index], contents[index + 1]]
        case .cannotRead, .cannotWrite: return [contents[index]]
        default: throw Shortcoming("step \(index) said \(error)")
        }
      }
    }
    return [contents[scenario.steps.count]]
  }

  @Test("Whatever fails while a workspace is made, there is none afterwards, or all of it", arguments: [EIO, ENOSPC])
  func creation(_ code: Int32) throws {
    let clean = RecordedDisk()
    let made = try Contents(of: try Scenario.create(on: clean))
    for operation in 0..<clean.operations {
      let disk = RecordedDisk(fault: DiskFault(operation: .number(operation), code: code))
      let isSaid = (try? Scenario.create(on: disk)) != nil
      for image in disk.log.extremePowerCuts {
        let left = RecordedDisk(image)
        do {
          _ = try Scenario.open(left)
        } catch StoreError.notWorkspace {
          #expect(!isSaid, "operation \(operation)")
          _ = try Scenario.create(on: left)
        }
        try Aftermath.inspect(left.image, allowed: [made])
      }
    }
  }

  @Test("A failed write is cut back, and the next change stands in its place")
  func failedWrite() throws {
    let scenario = CrashPointTests.scenarios[0]
    let disk = try scenario.disk(
      fault: DiskFault(operation: .call("pwrite", on: "journal.2.jsonl"), code: ENOSPC, writesHalf: true))
    let length = Self.journal(disk)
    let store = try Scenario.open(disk)
    let before = try Contents(of: store)
    #expect(throws: StoreError.cannotWrite(FileFault(call: "pwrite", path: Self.path, code: ENOSPC))) {
      try scenario.steps[0](store)
    }
    #expect(Self.journal(disk) == length)
    try scenario.steps[0](store)
    #expect(try Contents(of: try Scenario.open(disk)).sequence == before.sequence + 1)
    #expect(try store.check().isEmpty)
  }

  @Test("A failed sync is an unknown outcome, and isn't tried again")
  func failedSync() throws {
    let scenario = CrashPointTests.scenarios[0]
    // The first makes sure of the lines that are there.
    let disk = try scenario.disk(
      fault: DiskFault(operation: .call("fdatasync", on: "journal.2.jsonl", 1), code: EIO))
    let store = try Scenario.open(disk)
    let before = try Contents(of: store)
    #expect(throws: StoreError.outcomeUnknown(FileFault(call: "fdatasync", path: Self.path, code: EIO))) {
      try scenario.steps[0](store)
    }
    let syncs = disk.log.events.filter {
      switch $0 {
      case .sync, .failedSync: true
      case .change: false
      }
    }
    #expect(syncs.count == 2)
    #expect(try Contents(of: store) == before)
    try scenario.steps[0](store)
    #expect(try Contents(of: store).sequence == before.sequence + 1)
  }

  private static let path = "\(Scenario.folder)/journal.2.jsonl"

  private static func journal(_ disk: RecordedDisk) -> Int? {
    let image = disk.image
    return image.inode(path).flatMap { image.nodes[$0]?.bytes.count }
  }
}
