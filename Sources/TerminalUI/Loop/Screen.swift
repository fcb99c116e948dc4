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
  private var polled: [pollfd] = []

  private init(theme: Theme, settings: ScreenSettings) {
    self.theme = theme
    terminal = Terminal(settings: settings)
    terminal.start()
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

  /// Whether characters outside of ASCII can be shown; without, Chinese can't.
  public var isUnicode: Bool { terminal.isUTF8 }

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
    polled.removeAll(keepingCapacity: true)
    for descriptor in [terminal.input, ScreenActor.executor.wakeUp, signals] { poll(descriptor) }
    for watch in watches { poll(watch.descriptor) }
    let count = Glibc.poll(&polled, nfds_t(polled.count), timeout())
    if count < 0 { return false }
    var any = false
    if let tick = nextTick, ContinuousClock.now >= tick {
      nextTick = nil
      layers.dispatch(.tick)
      any = true
    }
    if polled[2].revents != 0 { any = takeSignals() || any }
    if polled[0].revents != 0 {
      any = takeKeys(polled[0].revents) || any
    } else if count == 0, terminal.isPasting {
      terminal.endPaste()
      any = takeKeys(0) || any
    }
    // A watch may go while another's change is told.
    let ready = watches.indices.filter { polled[$0 + 3].revents != 0 }.map { watches[$0] }
    for watch in ready where acr_drain(watch.descriptor) != 0 {
      watch.changed()
      any = true
    }
    return any
  }

  private func poll(_ descriptor: Int32) {
    polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
  }

  /// Milliseconds to poll for: until the next tick, until a paste without end is given up, or for ever.
  private func timeout() -> Int32 {
    let paste: Int32? = terminal.isPasting ? 1000 : nil
    guard let nextTick else { return paste ?? -1 }
    let left = nextTick - ContinuousClock.now
    let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
    return min(paste ?? .max, Int32(max(0, min(milliseconds + 1, 60_000))))
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
    if !any, ready & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 || (ready != 0 && terminal.inputEnded()) { quit(.hangUp) }
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
      // Others may have had the terminal since it was stopped.
      case SIGCONT: resume()
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
    acr_stop_group()
    resume()
  }

  /// Takes the terminal again, of whatever size it is by now.
  private func resume() {
    terminal.enter()
    size = terminal.resize()
    layers.dispatch(.resize(size))
  }

  private func close() {
    terminal.leave()
    Glibc.close(signals)
    for watch in watches { Glibc.close(watch.descriptor) }
  }
}
