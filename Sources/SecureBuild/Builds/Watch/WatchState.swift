import FlatFiles
import FoundationEssentials

/// What a watch has seen and started, kept over restarts.
struct WatchState: Equatable, Codable {
  /// By instance and project.
  var projects: [String: Project] = [:]
  /// Decided on and perhaps not yet in the queue. They are written down before they go there, so that whoever finds them
  /// after a crash can look which of them are.
  var pending: [BuildRequest] = []

  struct Project: Equatable, Codable {
    /// What has been looked at: `refs/heads/main`, or `refs/tags/*` for all tags. What is seen in one for the first time
    /// is no push.
    var scopes: Set<String> = []
    /// What each branch (`refs/heads/…`) and tag led to when it was last seen. One that vanished stays: made again at
    /// the same commit it is no push.
    var refs: [String: String] = [:]
    /// Which rules were started on what, oldest first.
    var started: [String] = []

    enum CodingKeys: String, CodingKey {
      case scopes = "Scopes"
      case refs = "Refs"
      case started = "Started"
    }

    /// Notes that a rule is started on a commit of a branch or tag.
    /// - Returns: false where it was before.
    mutating func start(_ rule: String, on ref: String, at commit: String) -> Bool {
      let start = "\(rule) \(commit) \(ref)"
      guard !started.contains(start) else { return false }
      started.append(start)
      if started.count > Self.most { started.removeFirst(started.count - Self.most) }
      return true
    }

    private static let most = 2000
  }

  enum CodingKeys: String, CodingKey {
    case projects = "Projects"
    case pending = "Pending"
  }
}

/// The folder `watch/` of a workspace, held by the one process that watches.
final class WatchFolder: Sendable {
  private let path: String
  private let lock: FileLock
  private let files = POSIXFiles()

  /// - Throws: `Refusal` `WatchIsRunning` where another process watches.
  init(of workspace: String) throws(Refusal) {
    path = "\(workspace)/watch"
    do throws(FileFault) {
      do throws(FileFault) { try files.createFolder(path) } catch  where error.isExisting {}
      lock = try FileLock("\(path)/lock")
    } catch {
      throw Refusal(StoreError.cannotWrite(error))
    }
    guard lock.tryToTake(.exclusive) else {
      throw Refusal(
        .watchIsRunning,
        message: Phrase("Another process watches this workspace's projects.", "已有其他进程在监听本工作区的项目。"),
        mend: Phrase("Let it, or end it first.", "请继续使用该进程，或先将其结束。"))
    }
  }

  private var file: String { "\(path)/state.json" }

  func load() throws(Refusal) -> WatchState {
    let bytes: [UInt8]
    do throws(FileFault) {
      let open = try files.open(file, .read)
      bytes = try open.read(at: 0, count: try open.status().size)
    } catch {
      if error.isMissing { return WatchState() }
      throw Refusal(StoreError.cannotRead(error))
    }
    do { return try JSONDecoder().decode(WatchState.self, from: Data(bytes)) } catch {
      throw Refusal(StoreError.damaged(Damage(file: "watch/state.json", line: 0, column: 0, flaw: .member(""))))
    }
  }

  /// Durable when it returns, and never half seen.
  func save(_ state: WatchState) throws(Refusal) {
    let bytes = try refusing { try JSONValue.canonical(state) }
    let beside = "\(file).new"
    do throws(FileFault) {
      do throws(FileFault) { try files.removeFile(beside) } catch  where error.isMissing {}
      let new = try files.open(beside, .createNew)
      try new.writeAll(bytes[...], at: 0)
      try new.syncContents()
      try files.rename(beside, to: file)
      try files.syncFolder(path)
    } catch {
      throw Refusal(StoreError.cannotWrite(error))
    }
  }
}
