import SecureBuild
import TerminalUI

/// How builds are worded on pages: states by shape, word and role, and how long things took.
extension BuildStatus {
  var mark: (shape: String, role: Role) {
    switch self {
    case .pending: ("○", .statusUnknown)
    case .building: ("◐", .statusBusy)
    case .success: ("✓", .statusOk)
    case .fail: ("✗", .statusError)
    case .cancel: ("–", .statusWarn)
    }
  }
}

extension StageStatus {
  var mark: (shape: String, role: Role) {
    switch self {
    case .waiting: ("·", .textMuted)
    case .running: ("▸", .statusBusy)
    case .success: ("✓", .statusOk)
    case .fail: ("✗", .statusError)
    case .cancel: ("–", .statusWarn)
    }
  }
}

extension BuildRecord {
  /// The stage that it is in, or that it ended in.
  var currentStage: StageRecord? {
    stages.first { $0.status == .running } ?? stages.first { $0.status == .fail || $0.status == .cancel }
  }

  /// Its mark and its word: `◐ Building · Clone`.
  var standing: (shape: String, words: Phrase, role: Role) {
    if isOrphaned {
      return ("✗", Phrase("Runner died", "运行器已退出"), .statusError)
    }
    let (shape, role) = status.mark
    if isCancelling { return ("◐", Phrase("Being cancelled", "正在取消"), .statusWarn) }
    guard status == .building || status == .fail, let stage = currentStage else { return (shape, status.title, role) }
    return (
      shape, Phrase("\(status.title.en) · \(stage.name.title.en)", "\(status.title.zh) · \(stage.name.title.zh)"), role
    )
  }

  /// How long it has run or ran; nil while it waits.
  func duration(at now: Timestamp) -> Phrase? {
    startTime.map { Moments.duration(from: $0, to: endTime ?? now) }
  }

  /// `team/app:v1`.
  var imageName: String { "\(request.repository):\(request.imageTag)" }

  /// The first digits of its commit; nil while it isn't known.
  var shortCommit: String? { (commitId ?? request.commitId).map { String($0.prefix(8)) } }

  /// `main @ 1a2b3c4d`.
  var source: String { request.ref + (shortCommit.map { " @ \($0)" } ?? "") }
}

extension BuildRequest.Trigger {
  var title: Phrase {
    switch self {
    case .manual: Phrase("by hand", "手动")
    case .push: Phrase("on a push", "代码变更")
    case .again: Phrase("again", "重新构建")
    }
  }
}

extension StageRecord {
  func duration(at now: Timestamp) -> Phrase? {
    startTime.map { Moments.duration(from: $0, to: endTime ?? now) }
  }
}

extension Moments {
  /// `0.4 s`, `12 s`, `3 min 05 s`, `1 h 02 min`.
  static func duration(from start: Timestamp, to end: Timestamp) -> Phrase {
    let milliseconds = max(0, Int(end.milliseconds - start.milliseconds))
    let seconds = milliseconds / 1000
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return switch seconds {
    case ..<10:
      Phrase("\(seconds).\(milliseconds % 1000 / 100) s", "\(seconds).\(milliseconds % 1000 / 100) 秒")
    case ..<60: Phrase("\(seconds) s", "\(seconds) 秒")
    case ..<3600: Phrase("\(seconds / 60) min \(two(seconds % 60)) s", "\(seconds / 60) 分 \(two(seconds % 60)) 秒")
    default:
      Phrase("\(seconds / 3600) h \(two(seconds % 3600 / 60)) min", "\(seconds / 3600) 时 \(two(seconds % 3600 / 60)) 分")
    }
  }

  /// `1.2 MB`, by thousands as registries count.
  static func size(_ bytes: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var (value, unit) = (bytes * 10, 0)
    while value >= 10_000, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    let number = unit == 0 || value % 10 == 0 ? "\(value / 10)" : "\(value / 10).\(value % 10)"
    // The number and its unit stay in one line.
    return "\(number)\u{a0}\(units[unit])"
  }
}

extension RefusedConnection {
  /// `10.0.0.9:443/tcp`.
  var place: String {
    let host = port == nil ? ip.description : ip.isV6 ? "[\(ip)]" : ip.description
    return host + (port.map { ":\($0)" } ?? "") + "/\(self.protocol)"
  }
}

extension IPAddress {
  var isV6: Bool { if case .v4 = self { false } else { true } }
}
