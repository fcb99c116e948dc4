import FlatFiles
import SecureBuild

/// How far a learner is in a lesson: a record of the workspace, one a lesson, of its newest attempt.
public struct LessonProgress: Sendable, Equatable, Codable {
  public let lessonId: String
  /// The lesson's own file, where it is a trainer's: who goes on with it may have no such file.
  let text: String?
  public internal(set) var status: Status
  /// From 1.
  public let attempt: Int
  public let startedAt: Timestamp
  public let by: String
  /// The number of the transaction that began it; what is after it in the journal belongs to the attempt.
  let sequence: Int
  /// The steps that count, in order.
  public internal(set) var reached: [Reached] = []
  /// The level of the last hint that was asked for, by steps.
  public internal(set) var hints: [String: Int] = [:]
  /// Changes that were refused and tries that failed, in order.
  public internal(set) var tries: [Try] = []
  public internal(set) var finishedAt: Timestamp?

  public enum Status: String, Sendable, Codable {
    case running = "RUNNING"
    case done = "DONE"
    /// Another one was begun, or the world was reset.
    case left = "LEFT"

    public var title: Phrase {
      switch self {
      case .running: Phrase("running", "进行中")
      case .done: Phrase("done", "已完成")
      case .left: Phrase("left", "已离开")
      }
    }
  }

  public struct Reached: Sendable, Equatable, Codable {
    public let step: String
    public let at: Timestamp

    enum CodingKeys: String, CodingKey {
      case step = "Step"
      case at = "At"
    }
  }

  public struct Try: Sendable, Equatable, Codable {
    public let code: String
    public let at: Timestamp
    /// Whether the lesson wants one that ends so.
    public let isExpected: Bool

    enum CodingKeys: String, CodingKey {
      case code = "Code"
      case at = "At"
      case isExpected = "IsExpected"
    }
  }

  enum CodingKeys: String, CodingKey {
    case lessonId = "LessonId"
    case text = "Text"
    case status = "Status"
    case attempt = "Attempt"
    case startedAt = "StartedAt"
    case by = "By"
    case sequence = "Sequence"
    case reached = "Reached"
    case hints = "Hints"
    case tries = "Tries"
    case finishedAt = "FinishedAt"
  }

  public var hintCount: Int { hints.values.reduce(0, +) }
  public var wrongTries: Int { tries.count { !$0.isExpected } }

  /// How many are kept of an attempt: whoever goes on failing has been told enough.
  static let mostTries = 500
}

/// A lesson, and how far one is in it.
public struct LessonStatus: Sendable, Equatable {
  public let lesson: Lesson
  /// Nil where it was never begun here.
  public let progress: LessonProgress?
  /// What the step that comes next still waits for; empty where none does.
  public internal(set) var missing: [Phrase] = []

  public var reached: Int { min(progress?.reached.count ?? 0, lesson.steps.count) }
  /// The step that comes next while the lesson runs.
  public var step: Lesson.Step? {
    guard progress?.status == .running, reached < lesson.steps.count else { return nil }
    return lesson.steps[reached]
  }
  public var isRunning: Bool { progress?.status == .running }
  public var isDone: Bool { progress?.status == .done }

  /// The hints of the step that were asked for, the first one first.
  public var hints: [Phrase] {
    guard let step, let level = progress?.hints[step.id] else { return [] }
    return Array(step.hints.prefix(level))
  }

  /// How long it took, or takes by now.
  public func duration(at now: Timestamp) -> Duration? {
    guard let progress else { return nil }
    let end = progress.finishedAt ?? (progress.status == .left ? progress.reached.last?.at : now)
    return end.map { .milliseconds(max(0, $0.milliseconds - progress.startedAt.milliseconds)) }
  }
}

extension Workspace {
  /// Records of lessons that can't be read.
  public func unreadableLessons() throws(Refusal) -> [Damage] {
    do {
      return try store.state(waiting: waiting).records(.lesson).compactMap { record in
        do throws(StoreError) {
          _ = try record.decode(LessonProgress.self)
          return nil
        } catch .damaged(let damage) {
          return damage
        }
      }
    } catch {
      throw Refusal(error)
    }
  }
}
