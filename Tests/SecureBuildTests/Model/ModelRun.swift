import Mutation
import RecordedDisk

@testable import SecureBuild

/// One sequence, done in the workspace and in the model side by side.
struct ModelRun {
  /// What was seen, by all runs.
  struct Tally: Sendable {
    /// By the name of the use case.
    var accepted: [String: Int] = [:]
    var refused: [Code: Int] = [:]
    /// Kills, power cuts and operations that failed.
    var crashes = 0
    var failedOperations = 0
  }

  private var model: Model
  private let ground: ModelGround
  private(set) var tally = Tally()

  init(flaw: Model.Flaw? = nil, liesAboutSyncs: Bool = false) throws {
    model = Model()
    model.flaw = flaw
    ground = try ModelGround(liesAboutSyncs: liesAboutSyncs)
  }

  /// - Throws: `Difference` at the first step after which the workspace isn't as the model says.
  mutating func run(_ steps: [ModelStep]) async throws {
    for (number, step) in steps.enumerated() {
      do {
        try await run(step)
      } catch let error as Difference {
        throw Difference("step \(number + 1): \(error)")
      } catch {
        throw Difference("step \(number + 1): \(error)")
      }
    }
    try requireSame(0, "at the end")
    try ground.handles[0].collectOrphanedSecrets(waiting: .never)
    let secrets = model.bindings.count { $0.token != nil } + model.registries.count { $0.password != nil }
    guard try ground.secrets() == secrets else {
      throw Difference("\(try ground.secrets()) secrets where \(secrets) are referred to")
    }
  }

  private mutating func run(_ step: ModelStep) async throws {
    switch step.action {
    case .reopen: try ground.reopen(step.handle)
    case .compact: try ground.handles[step.handle].store.compact(waiting: .never)
    case .collectSecrets: try ground.handles[step.handle].collectOrphanedSecrets(waiting: .never)
    case .kill: try crash { RecordedDisk(going: $0.log) }
    case .powerCut(let seed):
      var random = SplitMix64(seed: seed)
      try crash { RecordedDisk($0.log.powerCut(using: &random)) }
    case .powerCutDuring(let action, let seed): try await cutOff(action, step.handle, seed)
    case .fault(let action, let operations): try await fail(action, step.handle, after: operations)
    default:
      let result = await outcome(of: step.action, step.handle)
      model = try expected(result, of: step.action)
    }
    try requireSame(step.handle, "")
  }

  // MARK: Use cases

  private enum Outcome {
    case accepted(id: String)
    case refused(Refusal)
  }

  private func outcome(of action: ModelStep.Action, _ handle: Int) async -> Outcome {
    do {
      return .accepted(id: try await ground.run(action, model, handle: handle))
    } catch {
      return .refused(Refusal(error))
    }
  }

  /// The model after a use case.
  private mutating func expected(_ outcome: Outcome, of action: ModelStep.Action) throws -> Model {
    let refusals = model.refusals(action)
    var after = model
    switch outcome {
    case .accepted(let id):
      guard refusals.isEmpty else { throw Difference("accepted, where \(Self.list(refusals)) was due") }
      tally.accepted[String("\(action)".prefix { $0 != "(" }), default: 0] += 1
      after.accept(action, id: id)
    case .refused(let refusal):
      guard refusals.contains(refusal.code) else {
        throw Difference(
          "refused with \(refusal.code.rawValue) (\(refusal.message.en)), where "
            + (refusals.isEmpty ? "nothing was wrong" : "\(Self.list(refusals)) was due"))
      }
      tally.refused[refusal.code, default: 0] += 1
      if let instance = model.isNoted(action) { after.note(refusal.code, of: instance) }
    }
    return after
  }

  // MARK: Crashes

  private mutating func crash(_ left: (RecordedDisk) -> RecordedDisk) throws {
    tally.crashes += 1
    try ground.open(on: left(ground.disk))
    try requireSame(1, "after a crash")
    let findings = try ground.findings()
    guard findings.isEmpty else { throw Difference("after a crash: \(findings)") }
  }

  /// Acknowledged it must be there, before that as a whole or not at all.
  private mutating func cutOff(_ action: ModelStep.Action, _ handle: Int, _ seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let before = ground.disk.log.events.count
    let after = try expected(await outcome(of: action, handle), of: action)
    let log = ground.disk.log
    let point = before + random.number(below: log.events.count - before + 1)
    tally.crashes += 1
    try ground.open(on: RecordedDisk(log.prefix(point).powerCut(using: &random)))
    let found = try ground.lines(0)
    if found == after.lines {
      model = after
    } else if point == log.events.count || found != model.lines {
      throw Difference(
        Self.compare(found, after.lines, "after a power cut at \(point - before) of \(log.events.count - before)"))
    }
    let findings = try ground.findings()
    guard findings.isEmpty else { throw Difference("after a power cut: \(findings)") }
  }

  /// One operation of the disk fails: the change is done all the same, or said not to be and isn't.
  private mutating func fail(_ action: ModelStep.Action, _ handle: Int, after operations: Int) async throws {
    ground.disk.fail(after: operations, code: 5)
    let result = await outcome(of: action, handle)
    let hasFailed = !ground.disk.mend()
    if hasFailed { tally.failedOperations += 1 }
    if hasFailed, case .refused(let refusal) = result, refusal.code.exitStatus == 74 {
      // Unknown is also whether a power cut brings it back, until something else is durable.
      if refusal.code == .outcomeUnknown { try ground.handles[handle].store.compact(waiting: .never) }
      return try requireSame(1 - handle, "after \(refusal.code.rawValue)")
    }
    model = try expected(result, of: action)
  }

  // MARK: Comparing

  private func requireSame(_ handle: Int, _ when: String) throws {
    let found = try ground.lines(handle)
    guard found == model.lines else { throw Difference(Self.compare(found, model.lines, when)) }
  }

  private static func compare(_ found: [String], _ expected: [String], _ when: String) -> String {
    let lost = expected.filter { !found.contains($0) }
    let added = found.filter { !expected.contains($0) }
    return "\(when) the workspace lacks \(lost) and has \(added)"
      + (lost.isEmpty && added.isEmpty ? ", in another order: \(found)" : "")
  }

  private static func list(_ codes: Set<Code>) -> String { codes.map(\.rawValue).sorted().joined(separator: " or ") }
}

/// Where workspace and model part.
struct Difference: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// A sequence after which workspace and model differ, as short as taking steps out of it makes it.
struct ShortestFailure: CustomStringConvertible {
  let seed: UInt64
  private(set) var steps: [ModelStep]
  private(set) var difference: String

  /// - Parameter run: does a sequence, and throws where it fails.
  init(
    of steps: [ModelStep], seed: UInt64, difference: String, _ run: ([ModelStep]) async throws -> Void
  ) async {
    self.seed = seed
    self.steps = steps
    self.difference = difference
    var size = steps.count / 2
    while size > 0 {
      var start = 0
      while start < self.steps.count {
        if await !shorten(by: Set(start..<min(start + size, self.steps.count)), run) { start += size }
      }
      size /= 2
    }
    // Some go only together: what makes a thing, and what removes it.
    var pair = (0, 1)
    while pair.0 + 1 < self.steps.count {
      if await shorten(by: [pair.0, pair.1], run) { pair = (0, 0) }
      pair = pair.1 + 1 < self.steps.count ? (pair.0, pair.1 + 1) : (pair.0 + 1, pair.0 + 2)
    }
  }

  /// Takes steps out, if what is left fails too.
  private mutating func shorten(by gone: Set<Int>, _ run: ([ModelStep]) async throws -> Void) async -> Bool {
    let shorter = steps.indices.filter { !gone.contains($0) }.map { steps[$0] }
    do {
      try await run(shorter)
      return false
    } catch {
      (steps, difference) = (shorter, "\(error)")
      return true
    }
  }

  var description: String {
    "seed \(seed), \(steps.count) steps:\n"
      + steps.enumerated().map { "  \($0 + 1). \($1)\n" }.joined() + "  \(difference)"
  }
}
