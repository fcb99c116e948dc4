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
  /// Called with every picture that the terminal was given.
  public var whenShown: (@ScreenActor (Canvas) -> Void)?

  private let terminal: Terminal
  private let signals: Int32
  private var watches: [(descriptor: Int32, changed: @ScreenActor () -> Void)] = []
  private var nextTick: ContinuousClock.Instant?
  private var reason: ExitReason?
  private var polled: [pollfd] = []
  private var change = Change.typed
  private var lastFrame: ContinuousClock.Instant?

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

  /// The next draw paints every cell again, whatever the terminal shows by now.
  public func redraw() {
    terminal.redrawAll()
    change(.typed)
  }

  /// Puts text on the terminal's clipboard (OSC 52).
  public func copy(_ text: String) { terminal.copy(text) }

  private func loop() -> ExitReason {
    defer { close() }
    while true {
      if ScreenActor.executor.runJobs() { change = max(change, .told) }
      if let reason {
        willEnd?(reason)
        return reason
      }
      if let due = frameDue, due <= .now { draw() }
      waitForInput()
    }
  }

  // MARK: Frames

  /// What has changed since the last frame.
  private enum Change: Int, Comparable {
    case nothing
    /// Tasks, files or the terminal's size: in a flood frames are limited to what eyes follow.
    case told
    /// Keys and the like: shown at once.
    case typed

    static func < (a: Change, b: Change) -> Bool { a.rawValue < b.rawValue }
  }

  /// Between frames that nobody typed for.
  private static let pause = Duration.milliseconds(16)

  /// When the next frame is to be drawn; nil while nothing has changed, or the line hasn't taken the last one.
  private var frameDue: ContinuousClock.Instant? {
    guard change != .nothing, terminal.line.isEmpty else { return nil }
    let free = terminal.line.free
    guard change == .told, let lastFrame else { return free }
    return max(free, lastFrame + Self.pause)
  }

  private func draw() {
    change = .nothing
    let canvas = layers.draw(size: size)
    terminal.show(canvas)
    lastFrame = .now
    whenShown?(canvas)
  }

  // MARK: Input

  /// Waits until something is ready or a frame is due, and handles all that is ready.
  private func waitForInput() {
    polled.removeAll(keepingCapacity: true)
    for descriptor in [terminal.input, ScreenActor.executor.wakeUp, signals] { poll(descriptor) }
    for watch in watches { poll(watch.descriptor) }
    if !terminal.line.isEmpty { poll(terminal.line.descriptor, POLLOUT) }
    let deadline = [nextTick, terminal.deadline, frameDue].compactMap { $0 }.min()
    guard Glibc.poll(&polled, nfds_t(polled.count), Self.milliseconds(until: deadline)) >= 0 else { return }
    if !terminal.line.isEmpty { terminal.line.flush() }
    let now = ContinuousClock.now
    if let tick = nextTick, now >= tick {
      nextTick = nil
      change(.typed)
      layers.dispatch(.tick)
    }
    if polled[2].revents != 0 { takeSignals() }
    if polled[0].revents != 0 || terminal.deadline.map({ now >= $0 }) == true { takeKeys(polled[0].revents) }
    // A watch may go while another's change is told.
    let ready = watches.indices.filter { polled[$0 + 3].revents != 0 }.map { watches[$0] }
    for watch in ready where acr_drain(watch.descriptor) != 0 {
      watch.changed()
      change(.told)
    }
  }

  private func change(_ kind: Change) { change = max(change, kind) }

  private func poll(_ descriptor: Int32, _ events: Int32 = POLLIN) {
    polled.append(pollfd(fd: descriptor, events: Int16(events), revents: 0))
  }

  /// For `poll`: -1 for ever.
  static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = (deadline - .now).components
    guard left.seconds > 0 || left.attoseconds > 0 else { return 0 }
    let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
    return Int32(min(milliseconds + 1, 60_000))
  }

  private func takeKeys(_ ready: Int16) {
    var any = false
    while let event = terminal.nextEvent() {
      any = true
      change(.typed)
      if event == .key(.control("z")) {
        suspend()
      } else {
        layers.dispatch(event)
      }
      if reason != nil { return }
    }
    if !any, ready & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 || (ready != 0 && terminal.inputEnded()) { quit(.hangUp) }
  }

  private func takeSignals() {
    var isResized = false
    while true {
      let number = acr_next_signal(signals)
      guard number > 0 else { break }
      change(number == SIGWINCH ? .told : .typed)
      switch number {
      // Of many sizes that have passed only the last one counts.
      case SIGWINCH: isResized = true
      case SIGTSTP: suspend()
      // Others may have had the terminal since it was stopped.
      case SIGCONT: resume()
      case SIGHUP: quit(.hangUp)
      case SIGINT: layers.dispatch(.key(.control("c")))
      default: quit(.signal(number))
      }
    }
    if isResized {
      size = terminal.resize()
      layers.dispatch(.resize(size))
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
