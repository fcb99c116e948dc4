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
    let started = acr_start() != 0
    acr_put_dispositions_back()
    precondition(started, "ncurses doesn't know this terminal, which was checked before")
    raw()
    noecho()
    nonl()
    set_escdelay(settings.escapeDelay)
    // Keys that wait don't stop a drawing half way: what is drawn is drawn whole.
    typeahead(-1)
    keys = newpad(1, 1)
    keypad(keys, true)
    nodelay(keys, true)
    defineKeys()
    palette.start(monochrome: settings.monochrome)
    tcgetattr(0, &during)
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
      mousemask(acr_mouse_pressed, nil)
      mouseinterval(0)
    }
    send(Self.pasteOn)
    curs_set(0)
    isCursorShown = false
  }

  /// Gives it back as it was.
  func leave() {
    if settings.mouse { mousemask(0, nil) }
    send(Self.pasteOff)
    curs_set(1)
    endwin()
    tcsetattr(0, TCSANOW, &before)
    acr_forget_restore()
    acr_release_errors()
  }

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

  /// Whether terminfo knows this terminal, and it is one with a cursor to move.
  nonisolated static func isUsable(_ term: String) -> Bool {
    var status: Int32 = 0
    return setupterm(term, 1, &status) == 0 && status == 1 && capability("cup") != nil
  }

  private func send(_ sequence: String) {
    var bytes = Array(sequence.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
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

  /// Takes the terminal's new size; one that reports none keeps the size it had.
  func resize() -> Size {
    var window = winsize()
    if ioctl(1, UInt(TIOCGWINSZ), &window) == 0 {
      let rows = window.ws_row > 0 ? Int32(window.ws_row) : getmaxy(acr_stdscr())
      let columns = window.ws_col > 0 ? Int32(window.ws_col) : getmaxx(acr_stdscr())
      resizeterm(min(rows, Int32(Self.largest.height)), min(columns, Int32(Self.largest.width)))
    }
    redrawAll()
    return size
  }

  /// The next drawing repaints everything.
  func redrawAll() {
    shown = nil
    clearok(acr_stdscr(), true)
  }

  func use(_ theme: Theme) {
    palette.use(theme)
    shown = nil
  }
}
