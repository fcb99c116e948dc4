import CTerminal
import Glibc

/// The pipe through which a program that is being started speaks.
public final class ReadyPipe {
  private let reading: Int32
  private(set) var writing: Int32

  /// Nil where there are no descriptors left; `errno` says more.
  public init?() {
    var ends: [Int32] = [-1, -1]
    guard acr_pipe(&ends) == 0 else { return nil }
    reading = ends[0]
    writing = ends[1]
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(reading)
    closeWriting()
  }

  func closeWriting() {
    if writing >= 0 { close(writing) }
    writing = -1
  }

  /// Hands the writing end over to who closes it.
  public func giveWriting() -> Int32 {
    defer { writing = -1 }
    return writing
  }

  public enum Said: Equatable, Sendable {
    case line(String)
    /// It ended without a word.
    case nothing
    /// It was silent for as long as was waited.
    case silent
  }

  /// Waits for the line. A start takes some 50 ms: looking every few is enough, and can be cancelled.
  public func line(within limit: Duration) async throws -> Said {
    let end = ContinuousClock.now + limit
    var line: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1024)
    while ContinuousClock.now < end {
      let count = part.withUnsafeMutableBytes { read(reading, $0.baseAddress, $0.count) }
      if count > 0 { line += part.prefix(count) }
      if let stop = line.firstIndex(of: 10) { return .line(String(decoding: line[..<stop], as: UTF8.self)) }
      if count == 0 { return .nothing }
      try await Task.sleep(for: .milliseconds(2))
    }
    return .silent
  }
}
