import FlatFiles

/// What an import changes, before and after it is done.
public struct ImportPlan: Sendable {
  /// What it does to the things of one kind, by their ids.
  public struct Line: Sendable, Equatable {
    public let kind: ImportedKind
    public internal(set) var new: [String] = []
    public internal(set) var changed: [String] = []
    public internal(set) var same: [String] = []
    /// Route entries that are gone at the vendor's.
    public internal(set) var dropped: [String] = []
  }

  struct Change: Sendable {
    let kind: RecordKind
    let id: String
    /// Nil where the record is dropped.
    let json: JSONValue?
  }

  /// One a kind that the answers are about.
  public internal(set) var lines: [Line] = []
  public internal(set) var notes: [ImportNote] = []
  var changes: [Change] = []
  let request: ImportRequest
  /// The state that it was made on.
  let sequence: Int

  /// Whether all of it is known already.
  public var changesNothing: Bool { changes.isEmpty }
}

/// What is imported, and what fills in where an answer doesn't say.
public struct ImportRequest: Sendable {
  public let answers: VendorAnswers
  public let regionId: String?
  public let instanceId: String?

  /// - Throws: `Refusal` where the region can't be one.
  public init(_ answers: VendorAnswers, region: String? = nil, instance: String? = nil) throws(Refusal) {
    self.answers = answers
    regionId = try region.map { (typed) throws(Refusal) in try InstanceRules.region(typed) }
    instanceId = try instance.map { (typed) throws(Refusal) in
      guard !typed.trimmed.isEmpty else { throw Refusal.missing(.instanceId, example: "cri-…") }
      return typed.trimmed
    }
  }
}

/// What should be known of an import: never a reason to refuse it.
public struct ImportNote: Sendable, Equatable {
  /// Stable: in JSON `Code`.
  public enum Code: String, Sendable {
    /// Pages of a list are missing: what isn't there isn't known to be absent.
    case halfASet = "HALF_A_SET"
    case regionUnknown = "REGION_UNKNOWN"
    case instanceUnknown = "INSTANCE_UNKNOWN"
  }

  public let code: Code
  public let message: Phrase

  init(_ code: Code, _ message: Phrase) {
    self.code = code
    self.message = message.withoutControls
  }
}

/// How far an import has come.
public enum ImportProgress: Sendable, Equatable {
  /// Bytes of the files.
  case read(Int, of: Int)
  case compared(Int, of: Int)
  case written(Int, of: Int)
}
