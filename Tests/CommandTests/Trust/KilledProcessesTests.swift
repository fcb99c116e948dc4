import FlatFiles
import Foundation
import Glibc
import Testing

/// The real program, killed where it stands.
@Suite("Processes that are killed", .timeLimit(.minutes(3)))
struct KilledProcessesTests {
  static let storm = Duration.seconds(10)

  @Test("of many that change, compact and read side by side: nothing acknowledged is lost, nothing is half there")
  func killedAtRandom() async throws {
    let began = ContinuousClock.now
    let plan = try await OwnPlan()
    let setUp = try Store(opening: plan.sandbox.workspace).latest.sequence
    let ledger = Ledger()
    let environment = plan.sandbox.environment()
    let end = ContinuousClock.now + Self.storm
    try await withThrowingTaskGroup { group in
      for number in 0..<4 {
        let writer = Writer(number, plan: plan, ledger: ledger, environment: environment)
        group.addTask {
          var writer = writer
          while ContinuousClock.now < end { try await writer.change(until: end) }
        }
      }
      for number in 0..<2 {
        let reader = Reader(number, ledger: ledger, environment: environment)
        group.addTask {
          var reader = reader
          while ContinuousClock.now < end { try await reader.read(until: end) }
        }
      }
      try await group.waitForAll()
    }
    // A dead process holds no lock: the next change is there at once.
    let next = try await plan.sandbox.run(Writer.creation("next") + ["--format", "json"])
    #expect(next.status == 0 && !next.error.contains("Waiting"), "\(next.error)")
    let checked = try await plan.sandbox.run("workspace check --format json")
    #expect(checked.status == 0 && checked.object["Sound"] as? Bool == true, "\(checked.output)\(checked.error)")
    let kinds = (checked.object["Findings"] as? [[String: Any]])?.compactMap { $0["Kind"] as? String } ?? []
    #expect(!kinds.contains("TORN_TAIL") && !kinds.contains("LEFTOVER"), "\(checked.output)")

    let entries = ledger.all
    let store = try Store(opening: plan.sandbox.workspace)
    let history = try store.history(limit: .max).reversed().map { $0 }
    #expect(history.map(\.sequence) == Array(1...history.count))
    try expectWhole(store.latest, as: history)
    // The set-up and the last one aside, whatever the journal has was acknowledged, or its process was killed.
    let changes = history.dropFirst(setUp).dropLast()
    var found: [String: Int] = [:]
    for change in changes {
      for touched in Set(change.changes.map(\.id)) { found["\(change.request) \(touched)", default: 0] += 1 }
    }
    let wanted = entries.acknowledged.reduce(into: [:]) { $0["\($1.request) \($1.id)", default: 0] += 1 }
    let lost = wanted.reduce(0) { $0 + max(0, $1.value - found[$1.key, default: 0]) }
    #expect(lost == 0, "\(wanted.filter { $0.value > found[$0.key, default: 0] })")
    let unsaid = changes.count - entries.acknowledged.count
    #expect((0...entries.killed).contains(unsaid), "\(unsaid) changes that nobody asked for; \(entries.killed) killed")
    // Enough happened for that to mean something.
    #expect(entries.acknowledged.count > 20 && entries.killed > 10 && entries.reads > 10)
    print(
      "Killed processes, seed \(Seed.value): \(entries.acknowledged.count) changes acknowledged, "
        + "\(entries.acknowledged.count - lost) found, \(lost) lost; \(entries.killed) killed before they said so, "
        + "\(unsaid) of these had done it, whole; \(entries.reads) reads right, \(entries.killedReads) killed; "
        + "generation \(store.latest.generation); \(Int((ContinuousClock.now - began) / .seconds(1))) s")
  }

  /// The state is what the history makes, record by record.
  private func expectWhole(_ state: StoreState, as history: [JournalEntry]) throws {
    var made: [String: String] = [:]
    for change in history.flatMap(\.changes) {
      switch change {
      case .put(let kind, let record): made["\(kind) \(record.id)"] = String(decoding: record.json, as: UTF8.self)
      case .drop(let kind, let id): made["\(kind) \(id)"] = nil
      }
    }
    var there: [String: String] = [:]
    for kind in state.kinds {
      for record in try state.records(kind) {
        there["\(kind) \(record.id)"] = String(decoding: record.json, as: UTF8.self)
      }
    }
    #expect(there == made)
  }
}

/// One who changes the workspace by commands, one after the other, and is often killed at it.
private struct Writer: Sendable {
  private let number: Int
  private let plan: (instance: String, vpc: String, vSwitch: String, link: String)
  private let ledger: Ledger
  private let environment: [String: String]
  private let workspace: String
  private var random: SplitMix
  private var made = 0
  private var own: [String] = []
  /// How long the last one took that wasn't killed.
  private var usual = Duration.milliseconds(150)

  init(_ number: Int, plan: OwnPlan, ledger: Ledger, environment: [String: String]) {
    self.number = number
    self.plan = (plan.instance, plan.vpc, plan.vSwitch, plan.link)
    self.ledger = ledger
    self.environment = environment
    workspace = plan.sandbox.workspace
    random = Seed.numbers(of: "writer \(number)")
  }

  static func creation(_ name: String) -> [String] {
    ["instance", "create", "--name", name, "--region", "cn-hangzhou", "--specification", "Enterprise_Basic"]
  }

  mutating func change(until end: ContinuousClock.Instant) async throws {
    made += 1
    switch Int.random(in: 0..<10, using: &random) {
    case 0...2:
      if let id = try await run(Self.creation("w\(number)-\(made)"), as: "instance create", id: "InstanceId", end) {
        own.append(id)
        ledger.note { $0.there.insert(id) }
      }
    case 3, 4:
      guard !own.isEmpty else { return }
      let id = own.remove(at: Int.random(in: 0..<own.count, using: &random))
      ledger.note { $0.there.remove(id) }
      _ = try await run(["instance", "delete", id, "--yes"], as: "instance delete", id: "InstanceId", end)
    case 5, 6:
      let link = [
        "link", "create", "--instance", plan.instance, "--gitlab-ip", "192.168.\(20 + number).\(made % 250 + 1)",
        "--vpc", plan.vpc, "--vswitch", plan.vSwitch,
      ]
      _ = try await run(link, as: "link create", id: "LinkId", end)
    case 7:
      let vpc = ["network", "add", "vpc", "--region", "cn-beijing", "--cidr", "10.\(number).0.0/16"]
      _ = try await run(vpc, as: "network add vpc", id: "VpcId", end)
    case 8:
      // A token: a file beside the journal, written before the line and removed after it.
      let draft = [
        "gitlab", "bind", "--instance", plan.instance, "--link", plan.link, "--address", "http://192.168.77.77",
        "--username", "dev", "--draft", "--token-stdin",
      ]
      _ = try await run(draft, as: "gitlab draft", id: "InstanceId", input: "glpat-\(number)-\(made)-of-a-storm\n", end)
    default:
      let outcome = try await killing(["workspace", "compact"], input: "", end)
      #expect([0, 128 + SIGKILL].contains(outcome.status), "\(outcome.error)")
    }
  }

  /// - Returns: the id that was acknowledged: by the exit status, or by an answer that was whole before the kill.
  private mutating func run(
    _ arguments: [String], as request: String, id member: String, input: String = "", _ end: ContinuousClock.Instant
  ) async throws -> String? {
    let outcome = try await killing(arguments + ["--format", "json"], input: input, end)
    let id = outcome.object[member] as? String
    guard outcome.status == 0 || outcome.status == 128 + SIGKILL else {
      // Two drafts at once: the second is told.
      #expect(outcome.code == "Stale", "\(arguments) \(outcome.error)")
      return nil
    }
    guard let id else {
      #expect(outcome.status != 0, "\(arguments) said nothing")
      ledger.note { $0.killed += 1 }
      return nil
    }
    ledger.note { $0.acknowledged.append((request, id)) }
    return id
  }

  /// Runs a command, and none beyond the end. One in five is killed somewhere in the time that it may take, one in five
  /// just when the journal has grown.
  private mutating func killing(
    _ arguments: [String], input: String, _ end: ContinuousClock.Instant
  ) async throws -> Outcome {
    let began = ContinuousClock.now
    let before = journal
    let program = try RunningProgram([Sandbox.program] + arguments, environment: environment, input: input)
    var deadline = end
    switch Int.random(in: 0..<5, using: &random) {
    case 0: deadline = min(end, began + usual * Double.random(in: 0.1..<1.1, using: &random))
    case 1:
      while journal == before, ContinuousClock.now < end { try await Task.sleep(for: .microseconds(500)) }
      deadline = .now
    default: break
    }
    let outcome = try await program.finish(killingAt: deadline)
    if outcome.status == 0 { usual = ContinuousClock.now - began }
    return outcome
  }

  /// The generation, and how long its journal is.
  private var journal: [String] {
    guard let current = try? String(contentsOfFile: "\(workspace)/current", encoding: .utf8) else { return [] }
    let generation = current.trimmingCharacters(in: .newlines)
    var found = stat()
    guard stat("\(workspace)/journal.\(generation).jsonl", &found) == 0 else { return [] }
    return [generation, "\(found.st_size)"]
  }
}

/// One who reads, and must find all that was acknowledged before he began.
private struct Reader: Sendable {
  private let ledger: Ledger
  private let environment: [String: String]
  private var random: SplitMix

  init(_ number: Int, ledger: Ledger, environment: [String: String]) {
    self.ledger = ledger
    self.environment = environment
    random = Seed.numbers(of: "reader \(number)")
  }

  mutating func read(until end: ContinuousClock.Instant) async throws {
    let isCheck = Int.random(in: 0..<4, using: &random) == 0
    let isKilled = Int.random(in: 0..<6, using: &random) == 0
    let moment = Duration.milliseconds(Int.random(in: 10..<200, using: &random))
    let before = ledger.all.there
    let program = try RunningProgram(
      [Sandbox.program] + (isCheck ? ["workspace", "check"] : ["instance", "list"]) + ["--format", "json"],
      environment: environment)
    let outcome = try await program.finish(killingAt: isKilled ? min(end, .now + moment) : end)
    guard outcome.status != 128 + SIGKILL else { return ledger.note { $0.killedReads += 1 } }
    #expect(outcome.status == 0, "\(outcome.error)")
    if isCheck {
      #expect(outcome.object["Sound"] as? Bool == true, "\(outcome.output)")
    } else {
      let seen = Set(outcome.array.compactMap { $0["InstanceId"] as? String })
      let missing = before.intersection(ledger.all.there).subtracting(seen)
      #expect(missing.isEmpty, "acknowledged, and not seen by a reader: \(missing)")
    }
    ledger.note { $0.reads += 1 }
  }
}
