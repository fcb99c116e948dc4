import CNcurses
import CTerminal
import Glibc

/// ncurses, as the screen uses it: the one place that knows of it.
@ScreenActor
final class Terminal {
  let input: Int32 = 0
  let settings: ScreenSettings
  let isUTF8: Bool
  var palette = CursesPalette()
  /// What the terminal shows; nil when that isn't known.
  var shown: Canvas?
  /// Whether the next drawing begins with clearing the screen.
  var clears = true
  var isCursorShown = false
  /// A row on its way to ncurses.
  var row: [cchar_t] = []
  /// Keys are read from a pad that is never drawn: `wgetch` on `stdscr` refreshes by itself.
  private(set) var keys: UnsafeMutablePointer<WINDOW>?
  var decoder = KeyDecoder()
  var pending: [Event] = []
  var lastClick: (at: Point, time: ContinuousClock.Instant)?
  /// The terminal's settings before and with the screen.
  private var before = termios()
  private var during = termios()
  let line = OutputLine()
  /// What ncurses writes to: once the terminal is taken, a file in memory.
  private var sink: Int32 = -1
  private var written = [UInt8](repeating: 0, count: 65536)

  init(settings: ScreenSettings) {
    self.settings = settings
    isUTF8 = Locale.take()
  }

  // MARK: Taking the terminal, giving it back

  /// Takes the terminal for the first time.
  func start() {
    tcgetattr(0, &before)
    // ncurses takes signals that the loop wants.
    acr_keep_dispositions()
    sink = fcntl(1, F_DUPFD_CLOEXEC, 10)
    let started = acr_start(sink, isSizeSane ? 1 : 0) != 0
    acr_put_dispositions_back()
    precondition(started, "ncurses doesn't know this terminal, which was checked before")
    raw()
    noecho()
    nonl()
    let baud = Int(baudrate())
    line.use(baud: baud)
    set_escdelay(settings.escapeDelay ?? (OutputLine.isSlow(baud: baud) ? 100 : 25))
    // Keys that wait don't stop a drawing half way: what is drawn is drawn whole.
    typeahead(-1)
    keys = newpad(1, 1)
    keypad(keys, true)
    nodelay(keys, true)
    defineKeys()
    palette.start(monochrome: settings.monochrome)
    tcgetattr(0, &during)
    _ = acr_write_to_memory(sink)
    measure()
    take()
  }

  /// Takes it again after `leave`, or after others had it.
  func enter() {
    tcsetattr(0, TCSANOW, &during)
    refresh()
    take()
    redrawAll()
  }

  private func take() {
    armRestore()
    acr_hold_errors()
    if settings.mouse {
      mousemask(acr_mouse_taken, nil)
      mouseinterval(0)
      if hasMouse { send(Self.dragsOn) }
    }
    send(Self.pasteOn)
    curs_set(0)
    isCursorShown = false
  }

  /// Whether the terminal is one of those that ncurses asks to report the mouse.
  private var hasMouse: Bool { has_mouse() }

  /// Gives it back as it was.
  ///
  /// A line that is stuck isn't waited for: what it hasn't carried is lost then.
  func leave() {
    if !line.drain(within: Self.grace) { line.discard() }
    if settings.mouse {
      if hasMouse { send(Self.dragsOff) }
      mousemask(0, nil)
    }
    send(Self.pasteOff)
    curs_set(1)
    endwin()
    flush()
    _ = line.drain(within: Self.grace)
    tcsetattr(0, TCSANOW, &before)
    acr_forget_restore()
    acr_release_errors()
  }

  private static let grace = Duration.milliseconds(300)
  private static let dragsOn = "\u{1b}[?1002h"
  private static let dragsOff = "\u{1b}[?1002l"
  private static let pasteOn = "\u{1b}[?2004h"
  private static let pasteOff = "\u{1b}[?2004l"

  /// What gives the terminal back, for the handler of fatal signals.
  private func armRestore() {
    var bytes = Self.pasteOff + (settings.mouse ? "\u{1b}[?1000l\u{1b}[?1002l\u{1b}[?1006l" : "")
    for name in ["sgr0", "cnorm", "rmcup", "rmkx"] { bytes += Self.capability(name) ?? "" }
    let array = Array(bytes.utf8)
    _ = acr_restore_on_fatal(0, &before, array, array.count)
  }

  /// A string of the terminal's description.
  nonisolated private static func capability(_ name: String) -> String? {
    guard let text = tigetstr(name), Int(bitPattern: text) != -1 else { return nil }
    return String(cString: text)
  }

  /// What terminfo knows of a terminal; nil where it has nothing on it.
  nonisolated static func knowledge(of term: String) -> Knowledge? {
    var status: Int32 = 0
    // One that only prints is found, and refused by ncurses itself.
    guard setupterm(term, 1, &status) == 0 else { return status == 1 ? .withoutCursor : nil }
    return capability("cup") != nil ? .usable : .withoutCursor
  }

  enum Knowledge { case usable, withoutCursor }

  private func send(_ sequence: String) {
    flush()
    line.send(sequence.utf8)
  }

  /// Sends what ncurses has written.
  func flush() {
    while true {
      let count = acr_take_written(sink, &written, written.count)
      guard count > 0 else { return }
      line.send(written[..<count])
      if count < written.count { return }
    }
  }

  func copy(_ text: String) {
    send("\u{1b}]52;c;" + Base64.encode(Array(text.utf8)) + "\u{7}")
  }

  // MARK: Size

  /// Larger ones are taken for nonsense.
  private static let largest = Size(width: 1000, height: 500)

  var size: Size {
    Size(
      width: min(Int(getmaxx(acr_stdscr())), Self.largest.width),
      height: min(Int(getmaxy(acr_stdscr())), Self.largest.height))
  }

  /// Takes the terminal's new size.
  func resize() -> Size {
    measure()
    redrawAll()
    return size
  }

  private var told: winsize {
    var window = winsize()
    _ = ioctl(1, UInt(TIOCGWINSZ), &window)
    return window
  }

  /// ncurses would take memory for any size.
  private var isSizeSane: Bool { told.ws_row <= Self.largest.height && told.ws_col <= Self.largest.width }

  /// What the line says; else LINES and COLUMNS; else the size it had.
  private func measure() {
    let window = told
    func extent(_ told: UInt16, _ variable: String, _ before: Int32, _ largest: Int) -> Int32 {
      let named = getenv(variable).flatMap { Int32(String(cString: $0)) } ?? 0
      return min(told > 0 ? Int32(told) : named > 0 ? named : before, Int32(largest))
    }
    let rows = extent(window.ws_row, "LINES", getmaxy(acr_stdscr()), Self.largest.height)
    let columns = extent(window.ws_col, "COLUMNS", getmaxx(acr_stdscr()), Self.largest.width)
    resizeterm(rows, columns)
  }

  /// The next drawing repaints everything.
  func redrawAll() {
    shown = nil
    clears = true
    clearok(acr_stdscr(), true)
  }

  func use(_ theme: Theme) {
    palette.use(theme)
    redrawAll()
  }
}
