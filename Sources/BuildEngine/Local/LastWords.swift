import Synchronization

/// The end of what a program says, its secrets masked: a complaint comes last, and goes into records.
final class LastWords: Sendable {
  private let held = Mutex<[UInt8]>([])
  private let limit: Int
  private let secrets: [String]

  init(hiding secrets: [String], limit: Int = 1 << 14) {
    self.secrets = secrets
    self.limit = limit
  }

  func take(_ piece: [UInt8]) {
    held.withLock { held in
      held += piece.suffix(limit)
      if held.count > 2 * limit { held.removeFirst(held.count - limit) }
    }
  }

  var text: String {
    SecretMask.masked(String(decoding: held.withLock { $0.suffix(limit) }, as: UTF8.self), hiding: secrets)
  }
}
