/// The states of an instance, by the vendor's names (GetInstance).
public enum InstanceStatus: String, Sendable, Codable, CaseIterable {
  case pending = "PENDING"
  case initError = "INIT_ERROR"
  case starting = "STARTING"
  case running = "RUNNING"
  case stopping = "STOPPING"
  case stopped = "STOPPED"
  case deleting = "DELETING"
  case deleted = "DELETED"

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
    }
  }
}
