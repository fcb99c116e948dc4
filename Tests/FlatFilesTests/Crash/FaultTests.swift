import FlatFiles
import Glibc
import RecordedDisk
import Testing

/// Every operation of a change or a compaction, failing in turn.
@Suite(.crashPointsCounted) struct FaultTests {
  @Test(
    "Whatever fails, nothing acknowledged is lost, nothing is half there, and the same handle goes on",
    arguments: CrashPointTests.scenarios,
    [(EIO, false), (ENOSPC, true)])
  func everyOperation(_ scenario: Scenario, _ kind: (code: Int32, writesHalf: Bool)) throws {
    let contents = try Rehearsal(scenario, on: scenario.disk()).contents
    let clean = try scenario.disk()
    let store = try Scenario.open(clean)
    for step in scenario.steps { try step(store) }
    try concurrently(0...(clean.operations - 1)) { operation in
      let fault = DiskFault(operation: .number(operation), code: kind.code, writesHalf: kind.writesHalf)
      do {
        try run(scenario, fault, contents)
      } catch {
        throw Shortcoming("operation \(operation) failed: \(error)")
      }
    }
  }

  private func run(_ scenario: Scenario, _ fault: DiskFault, _ contents: [Contents]) throws {
    let kind = "\(scenario.testDescription), an operation failed"
    let disk = try scenario.disk(fault)
    let store: Store
    do {
      store = try Scenario.open(disk)
    } catch let error as StoreError {
      guard case .cannotRead = error else { throw Shortcoming("opening said \(error)") }
      return try Aftermath.inspect(disk.image, kind, allowed: [contents[0]], .reading)
    }
    let (ran, allowed) = try steps(of: scenario, on: store, contents)
    for image in disk.log.extremePowerCuts { try Aftermath.inspect(image, kind, allowed: allowed, .reading) }

    let found = try Contents(of: store)
    guard allowed.contains(found) else { throw Shortcoming("the handle has \(found)") }
    // What failed is asked for again, as a person would, unless it came to be after all.
    for step in scenario.steps.dropFirst(ran < scenario.steps.count && found == contents[ran] ? ran : ran + 1) {
      try step(store)
    }
    let end = try Contents(of: store)
    guard end == contents.last else { throw Shortcoming("asked again, it came to \(end)") }
    for image in disk.log.extremePowerCuts { try Aftermath.inspect(image, kind, allowed: [end], .reading) }
    try Scenario.change(.instance, "cri-after", ["InstanceName": "after"])(store)
    let after = try Contents(of: store)
    guard after.records.count == end.records.count + 1 else { throw Shortcoming("\(end) became \(after)") }
    for image in disk.log.extremePowerCuts { try Aftermath.inspect(image, kind, allowed: [after], .reading) }
  }

  /// Runs the steps up to one that fails.
  /// - Returns: how many ran to their end, and what the workspace may hold then.
  private func steps(
    of scenario: Scenario, on store: Store, _ contents: [Contents]
  ) throws -> (ran: Int, allowed: Set<Contents>) {
    for (index, step) in scenario.steps.enumerated() {
      do {
        try step(store)
      } catch let error as StoreError {
        switch error {
        case .outcomeUnknown: return (index, [contents[index], contents[index + 1]])
        case .cannotRead, .cannotWrite: return (index, [contents[index]])
        default: throw Shortcoming("step \(index) said \(error)")
        }
      }
    }
    return (scenario.steps.count, [contents[scenario.steps.count]])
  }

  @Test("Whatever fails while a workspace is made, there is none afterwards, or all of it", arguments: [EIO, ENOSPC])
  func creation(_ code: Int32) throws {
    let clean = RecordedDisk()
    let made = try Contents(of: try Scenario.create(on: clean))
    for operation in 0..<clean.operations {
      let disk = RecordedDisk(faults: [DiskFault(operation: .number(operation), code: code)])
      let isSaid = (try? Scenario.create(on: disk)) != nil
      for image in disk.log.extremePowerCuts {
        let left = RecordedDisk(image)
        do {
          _ = try Scenario.open(left)
        } catch StoreError.notWorkspace {
          #expect(!isSaid, "operation \(operation)")
          _ = try Scenario.create(on: left)
        }
        try Aftermath.inspect(left.image, "a workspace made, an operation failed", allowed: [made])
      }
      guard !isSaid else { continue }
      do { _ = try Scenario.create(on: disk) } catch StoreError.alreadyWorkspace {}
      for image in disk.log.extremePowerCuts {
        try Aftermath.inspect(image, "a workspace made again after a failure", allowed: [made], .reading)
      }
    }
  }

  @Test("A failed write is cut back, and the next change stands in its place")
  func failedWrite() throws {
    let scenario = CrashPointTests.scenarios[0]
    let disk = try scenario.disk(
      DiskFault(operation: .call("pwrite", on: "journal.2.jsonl"), code: ENOSPC, writesHalf: true))
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
      DiskFault(operation: .call("fdatasync", on: "journal.2.jsonl", 1), code: EIO))
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
    // The folder's, that of the line which was there, and the one that failed.
    #expect(syncs.count == 3)
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
