// Sources may be cancelled from any thread; the module on Linux just doesn't say so.
@preconcurrency import Dispatch
import Glibc

/// Tells that something happened in a folder, by inotify; where that isn't to be had, it says so every half second, and
/// whoever listens looks for himself.
package struct FolderWatch: Sendable {
  package struct Kinds: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Files appear: made, or moved there.
    package static let made = Kinds(rawValue: UInt32(IN_CREATE | IN_MOVED_TO))
    /// Files disappear.
    package static let removed = Kinds(rawValue: UInt32(IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF))
    /// Files are written to.
    package static let written = Kinds(rawValue: UInt32(IN_MODIFY))
  }

  /// What happened while nobody listened is told once. Begins with what happens after `init`. Ends with the task that
  /// listens; for one listener.
  package let changes: AsyncStream<Void>

  /// - Parameter heartbeat: how often to tell, all the same, that something may have happened.
  package init(_ folder: String, _ kinds: Kinds, heartbeat: Duration? = nil) {
    let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    changes = stream
    let descriptor = Self.open(folder, kinds)
    var sources: [any DispatchSourceProtocol] = []
    if let descriptor {
      let reading = DispatchSource.makeReadSource(fileDescriptor: descriptor)
      reading.setEventHandler {
        Self.drain(descriptor)
        continuation.yield()
      }
      reading.setCancelHandler { close(descriptor) }
      sources.append(reading)
    }
    if let interval = descriptor == nil ? heartbeat ?? .milliseconds(500) : heartbeat {
      let timer = DispatchSource.makeTimerSource()
      let pause = DispatchTimeInterval.milliseconds(max(1, Int(interval / .milliseconds(1))))
      timer.schedule(deadline: .now() + pause, repeating: pause, leeway: pause)
      timer.setEventHandler { continuation.yield() }
      sources.append(timer)
    }
    let running = Running(sources)
    continuation.onTermination = { _ in running.end() }
  }

  private static func open(_ folder: String, _ kinds: Kinds) -> Int32? {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    guard inotify_add_watch(descriptor, folder, kinds.rawValue | UInt32(IN_ONLYDIR)) >= 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private static func drain(_ descriptor: Int32) {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
    }
  }

  /// What runs until it is ended.
  private final class Running: Sendable {
    private let sources: [any DispatchSourceProtocol]

    init(_ sources: [any DispatchSourceProtocol]) {
      self.sources = sources
      for source in sources { source.resume() }
    }

    func end() { for source in sources { source.cancel() } }
  }
}
