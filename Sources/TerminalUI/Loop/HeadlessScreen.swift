import CTerminal
import Glibc

/// A screen that nobody sees, with the loop of one: jobs, ticks, watches on folders. It needs no terminal.
@ScreenActor
public final class HeadlessScreen: Display {
  public let layers = LayerStack()
  public let size: Size
  public var theme: Theme
  /// Called with every picture.
  public var whenShown: (@ScreenActor (Canvas) -> Void)?

  private let signals: Int32
  private var watches: [(descriptor: Int32, changed: @ScreenActor () -> Void)] = []
  private var nextTick: ContinuousClock.Instant?
  private var reason: ExitReason?

  private init(size: Size, theme: Theme) {
    self.size = size
    self.theme = theme
    signals = acr_signalfd(Signals.taken, Signals.taken.count)
  }

  /// Runs the screen on the calling thread, the main thread, until it is quit; `Signals.blockForScreen` was called.
  /// - Parameter begin: puts the first layers on the stack.
  nonisolated public static func run(size: Size, theme: Theme, begin: @ScreenActor (HeadlessScreen) -> Void)
    -> ExitReason
  {
    ScreenActor.executor.adoptThread()
    return ScreenActor.assumeIsolated {
      let screen = HeadlessScreen(size: size, theme: theme)
      begin(screen)
      return screen.loop()
    }
  }

  public func quit(_ reason: ExitReason) { if self.reason == nil { self.reason = reason } }

  public func requestTick(after delay: Duration) {
    let instant = ContinuousClock.now + delay
    nextTick = nextTick.map { min($0, instant) } ?? instant
  }

  public func watch(folder: String, changed: @escaping @ScreenActor () -> Void) -> Bool {
    let descriptor = acr_watch_folder(folder)
    guard descriptor >= 0 else { return false }
    watches.append((descriptor, changed))
    return true
  }

  /// Nobody else writes on it.
  public func redraw() {}

  /// There is no clipboard.
  public func copy(_ text: String) {}

  private func loop() -> ExitReason {
    defer { for descriptor in [signals] + watches.map(\.descriptor) { close(descriptor) } }
    while true {
      _ = ScreenActor.executor.runJobs()
      if let reason { return reason }
      whenShown?(layers.draw(size: size))
      wait()
    }
  }

  /// Waits until something is ready or a tick is due, and handles it.
  private func wait() {
    let descriptors = [ScreenActor.executor.wakeUp, signals] + watches.map(\.descriptor)
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&polled, nfds_t(polled.count), Screen.milliseconds(until: nextTick)) >= 0 else { return }
    if let tick = nextTick, tick <= .now {
      nextTick = nil
      layers.dispatch(.tick)
    }
    if polled[1].revents != 0 { takeSignals() }
    let ready = watches.indices.filter { polled[$0 + 2].revents != 0 }.map { watches[$0] }
    for watch in ready where acr_drain(watch.descriptor) != 0 { watch.changed() }
  }

  private func takeSignals() {
    while true {
      switch acr_next_signal(signals) {
      case ...0: return
      case SIGHUP: quit(.hangUp)
      case let number where [SIGINT, SIGTERM, SIGQUIT].contains(number): quit(.signal(number))
      default: break
      }
    }
  }
}
