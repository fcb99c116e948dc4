import FlatFiles
import Glibc
import RecordedDisk
import Synchronization
import Testing

/// What stores of this kind are known to get wrong, one by one.
@Suite(.crashPointsCounted) struct TrapTests {
  private let change = Scenario.change(.instance, "cri-4", ["InstanceName": "four"])
  private let journal = Scenario.path("journal.2.jsonl")

  @Test("A half-written line is never cut by a mere reader while its writer lives")
  func halfWritten() throws {
    let disk = try CrashPointTests.scenarios[0].disk()
    let writer = try Scenario.open(disk)
    let reader = try Scenario.open(disk)
    let before = try Contents(of: reader)
    let looks = Atomic<Int>(0)
    disk.shortenWrites(to: 40)
    disk.interrupt(before: .call("pwrite", on: "journal.2.jsonl", 1)) {
      let half = disk.image
      let others: [(Store) throws -> Void] = [
        { _ = try $0.state(waiting: .never) }, { _ = try $0.check(waiting: .never) }, Scenario.compact,
        Scenario.collect, { _ in _ = try Scenario.open(disk) },
      ]
      for look in others {
        let error = #expect(throws: StoreError.self) { try look(reader) }
        if case .lockTimeout = error {} else { Issue.record("\(String(describing: error))") }
      }
      #expect((try? reader.compactIfWorthwhile()) == false)
      #expect(reader.latest.sequence == before.sequence)
      #expect(disk.image == half)
      looks.add(1, ordering: .relaxed)
    }
    try change(writer)
    #expect(looks.load(ordering: .relaxed) == 1)
    #expect(reader.takeNotices().isEmpty)
    #expect(try Contents(of: reader).sequence == before.sequence + 1)
    #expect(try reader.check() == [])
  }

  @Test("Nor by one who looks while it isn't locked any more, its writer killed")
  func halfWrittenAndKilled() throws {
    let rehearsal = try Rehearsal(CrashPointTests.scenarios[0], on: try CrashPointTests.scenarios[0].disk())
    let written = try #require(rehearsal.acknowledged.first) - 1
    for image in rehearsal.log.prefix(written).tornLastWrites(zeros: 16) {
      // Reading must leave it as it is: that is a part of every inspection.
      try Aftermath.inspect(image, "a half-written line", allowed: rehearsal.allowed(at: written), .reading)
    }
  }

  @Test("Writes that are short are gone on with, and cut off anywhere they leave the whole change or none")
  func shortWrites() throws {
    for scenario in [0, 2, 7].map({ CrashPointTests.scenarios[$0] }) {
      let whole = try Rehearsal(scenario, on: scenario.disk())
      let disk = try scenario.disk()
      disk.shortenWrites(to: 64)
      let rehearsal = try Rehearsal(scenario, on: disk)
      #expect(rehearsal.contents == whole.contents)
      #expect(rehearsal.log.events.count > whole.log.events.count)
      for point in 0...rehearsal.log.events.count {
        for image in rehearsal.log.prefix(point).powerCuts(tears: 0, subsetsOf: 3) {
          try Aftermath.inspect(
            image, "\(scenario.testDescription), by short writes", allowed: rehearsal.allowed(at: point), .reading)
        }
      }
    }
  }

  @Test("An append after a short write that failed, and could not be cut back either, sets that aside first")
  func appendAfterShortWrite() throws {
    let disk = try CrashPointTests.scenarios[0].disk(
      DiskFault(operation: .call("pwrite", on: "journal.2.jsonl"), code: ENOSPC, writesHalf: true),
      DiskFault(operation: .call("ftruncate", on: "journal.2.jsonl"), code: EIO))
    let store = try Scenario.open(disk)
    let before = try Contents(of: store)
    #expect(throws: StoreError.cannotWrite(FileFault(call: "pwrite", path: journal, code: ENOSPC))) {
      try change(store)
    }
    #expect(try Contents(of: store) == before)
    try Scenario.change(.instance, "cri-5", ["InstanceName": "five"])(store)
    let after = try Contents(of: store)
    #expect(after.sequence == before.sequence + 1)
    #expect(!after.records.contains { $0.contains("four") })
    let notices = store.takeNotices()
    guard case .tornTailSetAside(let file, _)? = notices.first, notices.count == 1 else {
      Issue.record("\(notices)")
      return
    }
    #expect(try store.check() == [.setAside(file: file)])
    for image in disk.log.extremePowerCuts {
      try Aftermath.inspect(image, "an append after a short write", allowed: [after])
    }
  }

  /// Each sync of a change, of a secret, of a compaction, of what is set aside.
  @Test(
    "A failed sync means outcome unknown, or that nothing remains, and is never retried as if nothing had happened",
    arguments: CrashPointTests.scenarios)
  func failedSync(_ scenario: Scenario) throws {
    let clean = try scenario.disk()
    let contents = try Rehearsal(scenario, on: clean).contents
    let syncs = clean.log.events.count { if case .sync = $0 { true } else { false } }
    #expect(syncs > 0)
    for failing in 0..<syncs {
      let disk = try scenario.disk(DiskFault(operation: .sync(failing), code: EIO))
      let store = try Scenario.open(disk)
      for (index, step) in scenario.steps.enumerated() {
        do {
          try step(store)
        } catch StoreError.cannotWrite {
          // Nothing remains, whatever a power cut takes.
          for image in disk.log.extremePowerCuts {
            try Aftermath.inspect(
              image, "\(scenario.testDescription), a sync failed", allowed: [contents[index]], .reading)
          }
          #expect(try Contents(of: store) == contents[index])
          try step(store)
        } catch StoreError.outcomeUnknown {
          if try Contents(of: store) == contents[index] { try step(store) }
        }
        for image in disk.log.extremePowerCuts {
          try Aftermath.inspect(
            image, "\(scenario.testDescription), a sync failed", allowed: [contents[index + 1]], .reading)
        }
      }
      #expect(!disk.log.retriesFailedSync, "sync \(failing) of \(syncs)")
    }
  }

  @Test(
    "Nothing is built on what another wrote and was killed before it synced, where that sync fails first",
    arguments: [false, true])
  func failedSyncOfOthers(_ elsewhere: Bool) throws {
    let rehearsal = try Rehearsal(CrashPointTests.scenarios[0], on: try CrashPointTests.scenarios[0].disk())
    let written = try #require(rehearsal.acknowledged.first) - 1
    let disk = RecordedDisk(
      going: rehearsal.log.prefix(written),
      faults: [DiskFault(operation: .call("fdatasync", on: "journal.2.jsonl"), code: EIO)])
    let store = try Scenario.open(disk)
    let seen = try Contents(of: store)
    #expect(seen == rehearsal.contents[1])
    let other = Scenario.change(.instance, "cri-5", ["InstanceName": "five"])
    #expect(throws: StoreError.cannotWrite(FileFault(call: "fdatasync", path: journal, code: EIO))) {
      try other(store)
    }
    let next = elsewhere ? try Scenario.open(disk) : store
    try other(next)
    let after = try Contents(of: next)
    #expect(after.sequence == seen.sequence + 1)
    for image in disk.log.extremePowerCuts {
      try Aftermath.inspect(image, "a killed writer's line whose sync failed", allowed: [after])
    }
    #expect(!disk.log.retriesFailedSync)
  }

  @Test("A waiter that gets the lock after a compaction doesn't write to the old generation")
  func waiterAfterCompaction() throws {
    let disk = try CrashPointTests.scenarios[0].disk()
    let compacting = try Scenario.open(disk)
    let waiter = try Scenario.open(disk)
    let before = try Contents(of: waiter)
    let tried = Mutex<StoreError?>(nil)
    disk.interrupt(before: .call("rename", on: "current.new")) {
      // It reads nothing before it has the lock, and has the old journal open all the time.
      let error = #expect(throws: StoreError.self) { try change(waiter) }
      tried.withLock { $0 = error }
    }
    try compacting.compact()
    guard case .lockTimeout = tried.withLock({ $0 }) else {
      Issue.record("\(String(describing: tried.withLock { $0 }))")
      return
    }
    let old = try archive(disk)
    try change(waiter)
    #expect(try archive(disk) == old)
    #expect(waiter.latest.generation == 3)
    #expect(try Contents(of: compacting) == Contents(of: waiter))
    #expect(try Contents(of: try Scenario.open(disk)).sequence == before.sequence + 1)
    #expect(try compacting.check() == [])
  }

  @Test("Zeros at the end of the file after a power cut are set aside, however many there are")
  func zeros() throws {
    let scenario = CrashPointTests.scenarios[0]
    let rehearsal = try Rehearsal(scenario, on: scenario.disk())
    let clean = rehearsal.log.prefix(0).visible
    let written = try #require(rehearsal.acknowledged.first) - 1
    guard case .change(.write(_, _, let bytes))? = rehearsal.log.prefix(written).events.last else {
      Issue.record("the line isn't the last that was written")
      return
    }
    // The length came to the platter and the line didn't, or its beginning did; and as file systems round lengths up.
    for kept in [0, 1, bytes.count / 2, bytes.count - 1] {
      for zeros in [1, bytes.count - kept, 511, 512, 4096, 65536] {
        var image = clean
        image.append(bytes.prefix(kept) + [UInt8](repeating: 0, count: zeros), to: "journal.2.jsonl")
        try Aftermath.inspect(image, "zeros at the end", allowed: [rehearsal.contents[0]], .crashingAgain)
      }
    }
    // A line that is whole counts, whatever follows.
    var image = clean
    image.append(bytes + [UInt8](repeating: 0, count: 4096), to: "journal.2.jsonl")
    try Aftermath.inspect(image, "zeros at the end", allowed: [rehearsal.contents[1]], .crashingAgain)
  }

  @Test("A damaged last line that had been acknowledged is set aside, or named, and said, never silently dropped")
  func damagedLastLine() throws {
    let scenario = CrashPointTests.scenarios[0]
    let disk = try scenario.disk()
    let store = try Scenario.open(disk)
    let before = try Contents(of: store)
    let start = try #require(disk.bytes("journal.2.jsonl")).count
    try change(store)
    let after = try Contents(of: store)
    let whole = try #require(disk.bytes("journal.2.jsonl"))
    var named = 0
    for position in start..<(whole.count - 1) {
      var damaged = whole
      damaged[position] ^= 0x04
      var image = disk.image
      image.nodes[try #require(image.inode(journal))]?.bytes = damaged
      let spoilt = RecordedDisk(image)
      let next: Store
      do {
        next = try Scenario.open(spoilt)
      } catch StoreError.damaged(let damage) {
        // A line of another number: a repair knows which it was.
        guard case .sequence = damage.flaw else { throw StoreError.damaged(damage) }
        named += 1
        let repair = try Store.repair(
          at: Scenario.folder, files: spoilt, by: "eve@host", as: "workspace repair", time: "2026-11-24T22:00:00Z")
        #expect(repair.steps == [.changedLine(damage)])
        #expect(try Contents(of: Scenario.open(spoilt)).records == after.records)
        continue
      }
      #expect(try Contents(of: next) == before)
      #expect(try next.check() == [.tornTail(file: "journal.2.jsonl", bytes: whole.count - start)])
      try Scenario.change(.instance, "cri-5", ["InstanceName": "five"])(next)
      guard case .tornTailSetAside(let file, let count)? = next.takeNotices().first else {
        Issue.record("byte \(position): nothing was said")
        return
      }
      #expect(count == whole.count - start)
      #expect(spoilt.bytes(file) == Array(damaged[start...]))
      #expect(try next.check() == [.setAside(file: file)])
    }
    #expect(named > 0)
  }

  private func archive(_ disk: RecordedDisk) throws -> [UInt8] { try #require(disk.bytes("history/journal.2.jsonl")) }
}

extension RecordedDisk {
  /// A file of the workspace.
  fileprivate func bytes(_ name: String) -> [UInt8]? {
    let image = image
    return image.inode(Scenario.path(name)).flatMap { image.nodes[$0]?.bytes }
  }
}
