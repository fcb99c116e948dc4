import SecureBuild

/// Something to learn by doing it in a training workspace: a goal, steps that count once something holds there, hints
/// for who asks, and a debrief.
public struct Lesson: Sendable, Equatable, Identifiable {
  /// What commands call it by: `ecs`.
  public let id: String
  public let title: Phrase
  /// What the learner is to bring about, and why.
  public let goal: Phrase
  /// The instance that it is about.
  public let instanceId: String
  /// How long it takes about, in minutes.
  public let minutes: Int
  /// What is other than in the training world as it was made.
  public let world: [InventoryChange]
  /// What goes wrong at the simulated vendor's and at the training GitLabs.
  public let faults: TrainingFaults
  public let steps: [Step]
  public let debrief: Debrief

  public struct Step: Sendable, Equatable, Identifiable {
    public let id: String
    public let title: Phrase
    /// What to do, in a sentence or two.
    public let text: Phrase
    /// What must hold in the workspace for the step to count; all of it.
    public let holds: [LessonCondition]
    /// The console's commands that help, by the names that settings have for them.
    public let keys: [String]
    /// From a nudge to the whole way.
    public let hints: [Phrase]
  }

  /// What is said once the last step counts.
  public struct Debrief: Sendable, Equatable {
    /// Why it went as it did.
    public let why: Phrase
    /// Where the same is in the vendor's console.
    public let vendorPath: Phrase
    /// What the vendor would have said where it fails; nil where it says nothing.
    public let vendorSentence: Phrase?
  }

  /// How many levels of hint a step has.
  public static let hintLevels = 3

  /// Whether a build must run for it, which not every machine can.
  public var needsBuild: Bool {
    steps.contains { $0.holds.contains { if case .built = $0 { true } else { false } } }
  }

  /// The codes that a try is to end in: such a try isn't a wrong one.
  var expectedCodes: Set<String> {
    steps.reduce(into: []) { codes, step in
      for case .refused(let wanted) in step.holds { codes.formUnion(wanted.map(\.rawValue)) }
    }
  }
}

/// What can be asked of a training workspace: of its state, its journal and its builds, never of keys that were pressed.
/// It is asked of the lesson's own instance.
public enum LessonCondition: Sendable, Equatable {
  /// A link leads to GitLab at this address, and lets out to these too.
  case link(to: IPv4Address, allowing: [IPv4Address])
  /// On no hop does a link's way to this address fail.
  case path(to: IPv4Address)
  /// The account of this host is bound, over the intranet; with any user where none is named.
  case bound(host: String, username: String?)
  /// Since the lesson began a change was refused, or a try failed, by one of these.
  case refused([Code])
  /// The simulated vendor may act in the account's networks.
  case serviceRole
  /// Since the lesson began the account got another token, and was bound all the time.
  case rotated
  /// There is a repository with a build rule; of this project, where one is named.
  case rule(project: String?)
  /// Since the lesson began a build ended so; with `refused`, one whose connections to that address were refused.
  case built(BuildStatus, refused: IPv4Address?)
}
