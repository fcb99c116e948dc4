import FlatFiles
import SecureBuild

/// The lessons of one training workspace, and the results in it.
///
/// What a learner does counts by the state that it leaves, by whatever way it was done: `TrainingObserver` looks after
/// each change, `advance()` whenever somebody looks.
public struct Lessons: Sendable {
  let workspace: Workspace

  /// - Throws: `Refusal` `TrainingOnly` where the workspace isn't for training.
  public init(in workspace: Workspace) throws(Refusal) {
    guard workspace.kind == .training else { throw .trainingOnly }
    self.workspace = workspace
  }

  private var clock: any WallClock { workspace.surroundings.clock }
  private var actor: String { workspace.surroundings.actor.name }

  // MARK: Looking

  /// Every lesson of a catalogue with how far one is in it; a running one that the catalogue lacks at the end.
  public func all(_ catalogue: LessonCatalogue) throws(Refusal) -> [LessonStatus] {
    let records = try progress(in: try workspace.state())
    var all = catalogue.lessons.map { lesson in
      LessonStatus(lesson: lesson, progress: records.first { $0.lessonId == lesson.id })
    }
    for progress in records where !all.contains(where: { $0.lesson.id == progress.lessonId }) {
      if let lesson = progress.lesson { all.append(LessonStatus(lesson: lesson, progress: progress)) }
    }
    return all
  }

  /// The lesson that runs, or else the one that was done last, as it stands; notes the steps that count by now.
  /// It reads the builds too: call it from a task.
  /// - Returns: nil where none was begun.
  @discardableResult
  public func advance() throws(Refusal) -> LessonStatus? {
    let reading = try workspace.state()
    let records = try progress(in: reading)
    guard let running = records.first(where: { $0.status == .running }) else {
      let last = records.filter { $0.status == .done }.max {
        ($0.finishedAt ?? $0.startedAt) < ($1.finishedAt ?? $1.startedAt)
      }
      return last.flatMap { progress in progress.lesson.map { LessonStatus(lesson: $0, progress: progress) } }
    }
    guard let lesson = running.lesson else { return nil }
    let view = LessonView(workspace: workspace, reading: reading, lesson: lesson, progress: running)
    let count = try view.reached()
    guard count > running.reached.count else {
      var status = LessonStatus(lesson: lesson, progress: running)
      if let step = status.step {
        let name = (try? reading.instance(lesson.instanceId).name) ?? lesson.instanceId
        status.missing = try view.missing(step).map { $0.missing(on: name) }
      }
      return status
    }
    try change(running, as: "train step") { progress in
      for step in lesson.steps.prefix(count).dropFirst(progress.reached.count) {
        progress.reached.append(LessonProgress.Reached(step: step.id, at: clock.now()))
      }
      if progress.reached.count >= lesson.steps.count {
        progress.status = .done
        progress.finishedAt = clock.now()
      }
    }
    return try advance()
  }

  private func progress(in reading: Reading) throws(Refusal) -> [LessonProgress] {
    do {
      return try reading.state.records(.lesson).map { try $0.decode(LessonProgress.self) }
    } catch { throw Refusal(error) }
  }

  /// The results of all lessons that were begun here, in the order in which they were.
  public func results() throws(Refusal) -> [LessonStatus] {
    try progress(in: try workspace.state()).sorted { $0.startedAt < $1.startedAt }.compactMap { progress in
      progress.lesson.map { LessonStatus(lesson: $0, progress: progress) }
    }
  }

  // MARK: Doing

  /// Begins a lesson, anew where it was begun before: the world is as it was made but for what the lesson changes, and the
  /// lesson's instance has no links and no account any more. In one transaction.
  /// - Parameter text: the lesson's file, where it is a trainer's own.
  public func start(_ lesson: Lesson, text: String? = nil, dryRun: Bool = false) throws(Refusal) -> LessonStart {
    try commit("train start", dryRun: dryRun) { transaction in
      let world = try LessonWorld(of: workspace)
      let gone = try world.clear(lesson.instanceId, in: &transaction)
      try world.restore(in: &transaction)
      for change in lesson.world { try world.apply(change, ids: workspace.surroundings.ids, to: &transaction) }
      try lesson.faults.put(in: &transaction)
      try leaveRunning(in: &transaction)
      let before = try transaction.record(.lesson, lesson.id)?.decode(LessonProgress.self)
      let progress = LessonProgress(
        lessonId: lesson.id, text: text, status: .running, attempt: (before?.attempt ?? 0) + 1, startedAt: clock.now(),
        by: actor, sequence: transaction.sequence)
      try transaction.put(.lesson, lesson.id, progress)
      return LessonStart(status: LessonStatus(lesson: lesson, progress: progress), gone: gone)
    }
  }

  /// What starting a lesson would remove.
  public func rehearseStart(_ lesson: Lesson) throws(Refusal) -> LessonStart { try start(lesson, dryRun: true) }

  /// The world as it was made; the lesson that runs is left. Results stay.
  public func reset(dryRun: Bool = false) throws(Refusal) -> LessonStatus? {
    try commit("train reset", dryRun: dryRun) { transaction in
      let world = try LessonWorld(of: workspace)
      let left = try leaveRunning(in: &transaction)
      if let left { _ = try world.clear(left.lesson.instanceId, in: &transaction) }
      try world.restore(in: &transaction)
      try TrainingFaults.none.put(in: &transaction)
      return left
    }
  }

  @discardableResult
  private func leaveRunning(in transaction: inout Transaction) throws -> LessonStatus? {
    var left: LessonStatus?
    for record in try transaction.records(.lesson) {
      var progress = try record.decode(LessonProgress.self)
      guard progress.status == .running else { continue }
      progress.status = .left
      try transaction.put(.lesson, record.id, progress)
      left = progress.lesson.map { LessonStatus(lesson: $0, progress: progress) }
    }
    return left
  }

  /// The next hint of the step that comes next: once the last level was given, that again.
  /// - Throws: `Refusal` where no lesson runs.
  public func hint() throws(Refusal) -> LessonStatus {
    guard let status = try advance(), let step = status.step, let progress = status.progress else {
      throw Self.noLesson
    }
    guard (progress.hints[step.id] ?? 0) < step.hints.count else { return status }
    try change(progress, as: "train hint") { $0.hints[step.id, default: 0] += 1 }
    return try advance() ?? status
  }

  /// Notes what a change or a try ended in, where a lesson runs.
  func note(_ refusal: Refusal) throws(Refusal) {
    // What is wrong with the files or the program is nobody's try.
    guard [1, 69].contains(refusal.code.exitStatus),
      ![.fault, .trainingServer, .runnerNotStarted].contains(refusal.code),
      let running = try progress(in: workspace.latest).first(where: { $0.status == .running }),
      let lesson = running.lesson
    else { return }
    let code = refusal.code.rawValue
    try change(running, as: "train try") { progress in
      guard progress.tries.count < LessonProgress.mostTries else { return }
      progress.tries.append(
        LessonProgress.Try(code: code, at: clock.now(), isExpected: lesson.expectedCodes.contains(code)))
    }
    try advance()
  }

  /// Changes the record of an attempt, if it still runs.
  private func change(
    _ attempt: LessonProgress, as request: String, _ body: (inout LessonProgress) -> Void
  ) throws(Refusal) {
    try commit(request, dryRun: false) { transaction in
      guard var progress = try transaction.record(.lesson, attempt.lessonId)?.decode(LessonProgress.self),
        progress.attempt == attempt.attempt, progress.status == .running
      else { return }
      body(&progress)
      try transaction.put(.lesson, attempt.lessonId, progress)
    }
  }

  private func commit<Value: Sendable>(
    _ request: String, dryRun: Bool, _ body: (inout Transaction) throws -> Value
  ) throws(Refusal) -> Value {
    do {
      return try workspace.store.commit(
        by: actor, as: request, at: clock.now().description, waiting: workspace.waiting
      ) { transaction in
        let value = try body(&transaction)
        if dryRun { throw Rehearsed(value: value) }
        return value
      }.value
    } catch let rehearsed as Rehearsed<Value> { return rehearsed.value } catch { throw Refusal(error) }
  }

  private static let noLesson = Refusal(
    .noSuchLesson, message: Phrase("No lesson runs.", "当前没有进行中的课程。"),
    mend: Phrase("Begin one: `acr-console train start ecs`.", "请先开始：`acr-console train start ecs`。"))
}

/// What beginning a lesson does.
public struct LessonStart: Sendable, Equatable {
  public let status: LessonStatus
  /// What of the lesson's instance goes.
  public let gone: Gone

  public struct Gone: Sendable, Equatable {
    public var links: [String] = []
    public var account: String?
    public var isNothing: Bool { links.isEmpty && account == nil }
  }
}

private struct Rehearsed<Value: Sendable>: Error {
  let value: Value
}

extension LessonProgress {
  /// The lesson that it is of; nil where this version has none of that id.
  var lesson: Lesson? {
    if let text { return LessonFile(text).lesson }
    return LessonCatalogue.text(of: lessonId).flatMap { LessonFile($0).lesson }
  }
}

extension RecordKind {
  /// How far somebody is in a lesson, under the lesson's id.
  static let lesson = RecordKind("lesson")
}
