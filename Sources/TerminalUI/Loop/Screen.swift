import CTerminal
import Glibc

/// The loop: drains everything that is ready, lets the layers change their state, draws once.
///
/// Descriptors: standard input (keys), the executor's eventfd (results of tasks), a signalfd, and watches on folders.
@ScreenActor
public final class Screen {
  public let layers = LayerStack()
  /// How roles look; a change shows with the next draw.
  public var theme: Theme { didSet { terminal.use(theme) } }
  public private(set) var size: Size
  /// Called once before the terminal is given back.
  public var willEnd: (@ScreenActor (ExitReason) -> Void)?

  private let terminal: Terminal
  private let signals: Int32
  private var watches: [(descriptor: Int32, changed: @ScreenActor () -> Void)] = []
  private var nextTick: ContinuousClock.Instant?
  private var reason: ExitReason?

  private init(theme: Theme, settings: ScreenSettings) {
    self.theme = theme
    terminal = Terminal(settings: settings)
    terminal.enter()
    terminal.use(theme)
    size = terminal.size
    signals = acr_signalfd(Signals.taken, Signals.taken.count)
  }

  /// Runs the screen on the calling thread, the main thread, until it is quit.
  /// - Parameter begin: puts the first layers on the stack.
  /// - Returns: why it ended; the terminal is given back by then.
  nonisolated public static func run(
    theme: Theme, settings: ScreenSettings = ScreenSettings(), begin: @ScreenActor (Screen) -> Void
  ) -> ExitReason {
    ScreenActor.executor.adoptThread()
    return ScreenActor.assumeIsolated {
      let screen = Screen(theme: theme, settings: settings)
      begin(screen)
      return screen.loop()
    }
  }

  public func quit(_ reason: ExitReason) { if self.reason == nil { self.reason = reason } }

  /// Asks for one `Event.tick` after this time; the earliest asked for counts.
  public func requestTick(after delay: Duration) {
    let instant = ContinuousClock.now + delay
    nextTick = nextTick.map { min($0, instant) } ?? instant
  }

  /// Calls `changed` when files in the folder change. Nothing where it can't be watched: false.
  @discardableResult
  public func watch(folder: String, changed: @escaping @ScreenActor () -> Void) -> Bool {
    let descriptor = acr_watch_folder(folder)
    guard descriptor >= 0 else { return false }
    watches.append((descriptor, changed))
    return true
  }

  /// Puts text on the terminal's clipboard (OSC 52).
  public func copy(_ text: String) { terminal.copy(text) }

  private func loop() -> ExitReason {
    defer { close() }
    var dirty = true
    while true {
      if ScreenActor.executor.runJobs() { dirty = true }
      if let reason {
        willEnd?(reason)
        return reason
      }
      if dirty {
        draw()
        dirty = false
      }
      if waitForInput() { dirty = true }
    }
  }

  private func draw() {
    terminal.show(layers.draw(size: size))
  }

  /// Waits until something is ready, and handles all that is; whether anything was.
  private func waitForInput() -> Bool {
    var descriptors = [terminal.input, ScreenActor.executor.wakeUp, signals] + watches.map(\.descriptor)
    if descriptors[0] < 0 { descriptors[0] = -1 }
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let count = poll(&polled, nfds_t(polled.count), timeout())
    if count < 0 { return false }
    var any = false
    if let tick = nextTick, ContinuousClock.now >= tick {
      nextTick = nil
      layers.dispatch(.tick)
      any = true
    }
    if polled[2].revents != 0 { any = takeSignals() || any }
    if polled[0].revents != 0 { any = takeKeys(polled[0].revents) || any }
    for (index, watch) in watches.enumerated() where polled[index + 3].revents != 0 {
      if acr_drain(watch.descriptor) != 0 {
        watch.changed()
        any = true
      }
    }
    return any
  }

  /// Milliseconds to poll for: until the next tick, or for ever.
  private func timeout() -> Int32 {
    guard let nextTick else { return -1 }
    let left = nextTick - ContinuousClock.now
    let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
    return Int32(max(0, min(milliseconds + 1, 60_000)))
  }

  private func takeKeys(_ ready: Int16) -> Bool {
    var any = false
    while let event = terminal.nextEvent() {
      any = true
      if event == .key(.control("z")) {
        suspend()
      } else {
        layers.dispatch(event)
      }
      if reason != nil { return true }
    }
    if !any, ready & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 || terminal.inputEnded() { quit(.hangUp) }
    return any
  }

  private func takeSignals() -> Bool {
    var any = false
    while true {
      let number = acr_next_signal(signals)
      guard number > 0 else { return any }
      any = true
      switch number {
      case SIGWINCH:
        size = terminal.resize()
        layers.dispatch(.resize(size))
      case SIGTSTP: suspend()
      case SIGHUP: quit(.hangUp)
      case SIGINT: layers.dispatch(.key(.control("c")))
      default: quit(.signal(number))
      }
    }
  }

  /// Gives the terminal back and stops, as a shell expects of Ctrl-Z; goes on when continued.
  private func suspend() {
    // A session's leader has no shell to continue it.
    guard getsid(0) != getpid() else { return }
    terminal.leave()
    kill(0, SIGSTOP)
    terminal.enter()
    size = terminal.resize()
    terminal.redrawAll()
    layers.dispatch(.resize(size))
  }

  private func close() {
    terminal.leave()
    Glibc.close(signals)
    for watch in watches { Glibc.close(watch.descriptor) }
  }
}
