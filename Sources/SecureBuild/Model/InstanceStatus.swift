/// The states of an instance, by the vendor's names (GetInstance). A word that isn't known here is kept as it is.
public enum InstanceStatus: Sendable, Hashable {
  case pending
  case initError
  case starting
  case running
  case stopping
  case stopped
  case deleting
  case deleted
  /// The vendor's word; `""` where nobody has said.
  case other(String)

  public var title: Phrase {
    switch self {
    case .pending: Phrase("Initializing", "初始化中")
    case .initError: Phrase("Initialization failed", "初始化失败")
    case .starting: Phrase("Starting", "启动中")
    case .running: Phrase("Running", "运行中")
    case .stopping: Phrase("Stopping", "停止中")
    case .stopped: Phrase("Stopped", "已停止")
    case .deleting: Phrase("Deleting", "删除中")
    case .deleted: Phrase("Deleted", "已删除")
    case .other(let word): .orUnknown(word)
    }
  }
}

extension InstanceStatus: CaseIterable, RawRepresentable, Codable {
  public static let allCases: [InstanceStatus] = [
    .pending, .initError, .starting, .running, .stopping, .stopped, .deleting, .deleted,
  ]

  public var rawValue: String {
    switch self {
    case .pending: "PENDING"
    case .initError: "INIT_ERROR"
    case .starting: "STARTING"
    case .running: "RUNNING"
    case .stopping: "STOPPING"
    case .stopped: "STOPPED"
    case .deleting: "DELETING"
    case .deleted: "DELETED"
    case .other(let word): word
    }
  }

  public init(rawValue: String) { self = Self.allCases.first { $0.rawValue == rawValue } ?? .other(rawValue) }
}
