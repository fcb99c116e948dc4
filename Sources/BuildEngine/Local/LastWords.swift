import Synchronization

/// The end of what a program says: a complaint comes last.
final class LastWords: Sendable {
  private let held = Mutex<[UInt8]>([])
  private let limit: Int

  init(limit: Int = 1 << 14) { self.limit = limit }

  func take(_ piece: [UInt8]) {
    held.withLock { held in
      held += piece.suffix(limit)
      if held.count > 2 * limit { held.removeFirst(held.count - limit) }
    }
  }

  var text: String { String(decoding: held.withLock { $0.suffix(limit) }, as: UTF8.self) }
}
