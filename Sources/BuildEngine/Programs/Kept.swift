import Synchronization

/// The beginning of what a program says.
final class Kept: Sendable {
  private let held = Mutex<[UInt8]>([])
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func take(_ piece: [UInt8]) {
    held.withLock { $0.append(contentsOf: piece.prefix(limit - $0.count)) }
  }

  var bytes: [UInt8] { held.withLock { $0 } }
}
