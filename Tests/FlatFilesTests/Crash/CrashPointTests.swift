import FlatFiles
import RecordedDisk
import Synchronization
import Testing

/// Every crash that a change, a compaction or a creation can meet: a power cut or a kill at every point, with whatever
/// was not synced lost, torn or out of order.
@Suite(.crashPointsCounted) struct CrashPointTests {
  static let scenarios = [
    Scenario(
      testDescription: "plain changes",
      steps: [
        Scenario.change(.instance, "cri-4", ["InstanceName": "four"]),
        Scenario.change(.instance, "cri-1", ["InstanceName": "uno"]), Scenario.change(.instance, "cri-2", nil),
        Scenario.change(.instance, "cri-2", ["InstanceName": "two again"]),
      ]),
    Scenario(
      testDescription: "a long change",
      steps: [
        { store in
          _ = try store.commit(by: "ada@host", as: "import", at: "2026-11-24T20:00:03Z") { transaction in
            for number in 10..<60 {
              try transaction.put(.instance, "cri-\(number)", json: ["InstanceName": "number \(number)"])
            }
          }
        }
      ]),
    Scenario(testDescription: "a secret added", steps: [Scenario.bind("cri-2", token: "glpat-second")]),
    Scenario(
      testDescription: "a secret replaced twice",
      steps: [Scenario.bind("cri-1", token: "glpat-new"), Scenario.bind("cri-1", token: "glpat-newer")]),
    Scenario(
      testDescription: "a secret dropped, orphans collected",
      steps: [
        { store in
          _ = try store.commit(by: "ada@host", as: "gitlab unbind", at: "2026-11-24T20:00:03Z") { transaction in
            let secret = try transaction.record(.binding, "cri-1")?.text(of: "Secret").flatMap(SecretID.init)
            try transaction.drop(.binding, "cri-1")
            if let secret { transaction.removeSecret(secret) }
          }
        }, Scenario.collect,
      ]),
    Scenario(
      testDescription: "a secret added where its folder is gone",
      before: [Scenario.change(.instance, "cri-1", ["InstanceName": "one"])], spoilt: { $0.remove("secrets") },
      steps: [Scenario.bind("cri-2", token: "glpat-second")]),
    Scenario(
      testDescription: "a torn tail set aside where its folder is gone",
      before: [Scenario.change(.instance, "cri-1", ["InstanceName": "one"])],
      spoilt: { image in
        image.remove("history")
        image.append(#"{"at":"2026-11-24T20:0"#, to: "journal.1.jsonl")
      }, steps: [Scenario.change(.instance, "cri-6", ["InstanceName": "six"])]),
    Scenario(
      testDescription: "compaction",
      steps: [Scenario.compact, Scenario.change(.instance, "cri-5", ["InstanceName": "five"])]),
    Scenario(
      testDescription: "a torn tail set aside",
      spoilt: { $0.append(#"{"at":"2026-11-24T20:0"#, to: "journal.2.jsonl") },
      steps: [Scenario.change(.instance, "cri-6", ["InstanceName": "six"])]),
    Scenario(
      testDescription: "a torn tail set aside by compaction",
      spoilt: { $0.append("{}\n", to: "journal.2.jsonl") }, steps: [Scenario.compact]),
  ]

  @Test("A power cut at any point loses nothing acknowledged and leaves nothing half there", arguments: scenarios)
  func powerCut(_ scenario: Scenario) throws {
    let rehearsal = try Rehearsal(scenario, on: scenario.disk())
    try concurrently(0...rehearsal.log.events.count) { point in
      let log = rehearsal.log.prefix(point)
      let extremes = log.extremePowerCuts
      let what = "\(scenario.testDescription): power cut at \(point)"
      for image in extremes { try inspect(image, what, rehearsal.allowed(at: point), .crashingAgain) }
      for image in log.powerCuts(tears: 6, subsetsOf: 5).subtracting(extremes) {
        try inspect(image, what, rehearsal.allowed(at: point))
      }
    }
  }

  @Test("The last write torn at any length, of whatever file, is there as a whole or not at all", arguments: scenarios)
  func tornAnywhere(_ scenario: Scenario) throws {
    let rehearsal = try Rehearsal(scenario, on: scenario.disk())
    try concurrently(1...rehearsal.log.events.count) { point in
      for image in rehearsal.log.prefix(point).tornLastWrites(zeros: 8) {
        try inspect(
          image, "\(scenario.testDescription): write torn at \(point)", rehearsal.allowed(at: point), .reading)
      }
    }
  }

  @Test(
    "Others go on where a process was killed, and a power cut after that takes nothing",
    arguments: [0, 3, 4, 7].map { scenarios[$0] },
    [
      Scenario(testDescription: "change", steps: [Scenario.change(.instance, "cri-7", ["InstanceName": "seven"])]),
      Scenario(testDescription: "collection of orphans", steps: [Scenario.collect]),
      Scenario(testDescription: "compaction", steps: [Scenario.compact]),
    ])
  func killedThenPowerCut(_ scenario: Scenario, _ other: Scenario) throws {
    let rehearsal = try Rehearsal(scenario, on: scenario.disk())
    // Many points leave the same disk: it is looked at again only where less is allowed.
    let sound = Mutex<[DiskImage: Set<Contents>]>([:])
    try concurrently(0...rehearsal.log.events.count) { point in
      guard rehearsal.log.prefix(point).isUncertain else { return }
      let next = try Rehearsal(other, on: RecordedDisk(going: rehearsal.log.prefix(point)))
      guard rehearsal.allowed(at: point).contains(next.contents[0]) else {
        throw Shortcoming("killed at \(point): \(next.contents[0])")
      }
      for later in point...next.log.events.count {
        let log = next.log.prefix(later)
        // Until the other process has made it certain, what the killed one wrote may still be lost.
        let isCertain = next.acknowledged[0] <= later && next.contents[0] != next.contents[1]
        let allowed = next.allowed(at: later).union(isCertain ? [] : rehearsal.allowed(at: point))
        for image in log.powerCuts(tears: 0, subsetsOf: 3)
        where sound.withLock({ $0[image] })?.isSubset(of: allowed) != true {
          try inspect(
            image,
            "\(scenario.testDescription), then \(other.testDescription): killed at \(point), power cut at \(later)",
            allowed, .reading)
          sound.withLock { $0[image] = allowed }
        }
      }
    }
  }

  @Test("A power cut while a workspace is made leaves none, or all of it")
  func creation() throws {
    let disk = RecordedDisk()
    let made = try Contents(of: try Scenario.create(on: disk))
    let log = disk.log
    for point in 0...log.events.count {
      for image in log.prefix(point).powerCuts(tears: 6, subsetsOf: 5) {
        let left = RecordedDisk(image)
        do {
          _ = try Scenario.open(left)
        } catch StoreError.notWorkspace {
          #expect(point < log.events.count, "acknowledged, and gone")
          _ = try Scenario.create(on: left)
        }
        try inspect(left.image, "a workspace made: power cut at \(point)", [made])
      }
    }
  }

  @Test("A workspace that is made where another was killed at making it is there after a power cut")
  func creationAgain() throws {
    let disk = RecordedDisk()
    let made = try Contents(of: try Scenario.create(on: disk))
    for point in 0..<disk.log.events.count {
      let next = RecordedDisk(going: disk.log.prefix(point))
      do { _ = try Scenario.create(on: next) } catch StoreError.alreadyWorkspace {}
      let store = try Scenario.open(next)
      #expect(try Contents(of: store) == made)
      try Scenario.change(.instance, "cri-1", ["InstanceName": "one"])(store)
      let after = try Contents(of: store)
      for image in next.log.extremePowerCuts {
        try inspect(image, "a workspace made again and changed: killed at \(point)", [after], .reading)
      }
    }
  }

  private func inspect(
    _ image: DiskImage, _ what: String, _ allowed: Set<Contents>, _ depth: Aftermath.Depth = .changing
  ) throws {
    do {
      try Aftermath.inspect(image, String(what.prefix { $0 != ":" }), allowed: allowed, depth)
    } catch {
      throw Shortcoming("\(what): \(error)")
    }
  }
}

extension DiskImage {
  mutating func append(_ text: String, to name: String) { append(Array(text.utf8), to: name) }

  mutating func append(_ bytes: [UInt8], to name: String) {
    guard let inode = inode(Scenario.path(name)), let size = nodes[inode]?.bytes.count else { return }
    apply(.write(inode: inode, offset: size, bytes: bytes))
  }
}
