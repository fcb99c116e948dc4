import CTerminal
import Glibc

/// The way to the terminal. What is sent waits here for as long as the line doesn't take it, so that the loop never does:
/// keys are handled meanwhile, and a new frame is drawn only when the one before has gone.
///
/// A line that is slow and says so (a serial one; below 38,400 baud) is given no more than it can carry. A line that is
/// slow further on, as ssh's, shows that only when everything between here and there is full.
@ScreenActor
final class OutputLine {
  /// To wait for the line with `poll`.
  let descriptor: Int32
  private let isOwn: Bool
  private var waiting: [UInt8] = []
  /// How many of them have gone.
  private var gone = 0
  /// Bytes a second, where the line is slow.
  private var speed: Int?
  /// When a slow line will have carried what it was given.
  private var idle = ContinuousClock.now

  /// What a slow line may still have to carry when the next frame is drawn: so it never runs dry.
  private static let ahead = Duration.milliseconds(100)

  init() {
    let own = acr_reopen_nonblocking(1)
    isOwn = own >= 0
    descriptor = isOwn ? own : 1
  }

  deinit { if isOwn { close(descriptor) } }

  /// - Parameter baud: the line's speed in bits a second, as its settings have it.
  func use(baud: Int) { speed = Self.isSlow(baud: baud) ? baud / 10 : nil }

  /// Slower than the speed that terminals name which have none.
  nonisolated static func isSlow(baud: Int) -> Bool { baud > 0 && baud < 38400 }

  /// Whether all has gone that was sent.
  var isEmpty: Bool { waiting.isEmpty }

  /// When the line can take another frame.
  var free: ContinuousClock.Instant { idle - Self.ahead }

  func send(_ bytes: some Sequence<UInt8>) {
    waiting += bytes
    flush()
  }

  /// Writes what the line takes at once.
  func flush() {
    while !waiting.isEmpty {
      // A descriptor that isn't our own may wait, but hardly for so few.
      if !isOwn, !isWritable { return }
      let next = isOwn ? waiting[gone...] : waiting[gone...].prefix(256)
      let count = next.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        // A line that is gone takes nothing any more: that isn't waited for.
        if errno != EAGAIN, errno != EINTR { drop() }
        return
      }
      gone += count
      if let speed {
        idle = max(idle, .now) + .microseconds(count * 1_000_000 / speed)
      }
      if gone == waiting.count { drop() }
    }
  }

  /// Waits for the line to take what was sent; whether it did in this time.
  func drain(within bound: Duration) -> Bool {
    let deadline = ContinuousClock.now + bound
    flush()
    while !waiting.isEmpty {
      let left = deadline - .now
      guard left > .zero else { return false }
      var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&polled, 1, Int32(left / .milliseconds(1)) + 1)
      flush()
    }
    return true
  }

  /// Forgets what the line hasn't carried yet, and ends the sequence that it may have stopped in.
  func discard() {
    drop()
    tcflush(descriptor, TCOFLUSH)
    idle = .now
    send([0x18])
  }

  private func drop() {
    waiting.removeAll(keepingCapacity: true)
    gone = 0
  }

  private var isWritable: Bool {
    var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&polled, 1, 0) > 0
  }
}
