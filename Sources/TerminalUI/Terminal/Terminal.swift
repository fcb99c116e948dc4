import CNcurses
import CTerminal
import Glibc

/// ncurses, as the screen uses it: the one place that knows of it.
@ScreenActor
final class Terminal {
  let input: Int32 = 0
  let settings: ScreenSettings
  let isUTF8: Bool
  private var palette = CursesPalette()
  private var shown: Canvas?
  /// Keys are read from a pad that is never drawn: `wgetch` on `stdscr` refreshes by itself.
  private var keys: UnsafeMutablePointer<WINDOW>?
  var pasting: [UInt8]?
  var lastClick: (at: Point, time: ContinuousClock.Instant)?
  var pending: [Event] = []

  init(settings: ScreenSettings) {
    self.settings = settings
    isUTF8 = Self.setLocale()
  }

  /// Takes the locale from the environment; whether its charset is UTF-8. Another one gets ASCII alone.
  private static func setLocale() -> Bool {
    setlocale(LC_ALL, "")
    return codesetIsUTF8
  }

  private static var codesetIsUTF8: Bool {
    let name = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } ?? ""
    return name.uppercased().replacing("-", with: "") == "UTF8"
  }

  nonisolated static func isKnown(_ term: String) -> Bool {
    var status: Int32 = 0
    return setupterm(term, 1, &status) == 0 && status == 1
  }

  // MARK: Taking the terminal, giving it back

  private var started = false

  func enter() {
    if started {
      tcsetattr(0, TCSANOW, &cursesSettings)
      refresh()
    } else {
      started = true
      tcgetattr(0, &savedSettings)
      initscr()
      raw()
      noecho()
      nonl()
      set_escdelay(settings.escapeDelay)
      keys = newpad(1, 1)
      keypad(keys, true)
      nodelay(keys, true)
      definePaste()
      palette.start(monochrome: settings.monochrome)
      tcgetattr(0, &cursesSettings)
    }
    if settings.mouse {
      mousemask(acr_mouse_pressed, nil)
      mouseinterval(0)
    }
    send(Self.pasteOn)
    curs_set(0)
    armRestore()
  }

  func leave() {
    acr_forget_restore()
    if settings.mouse { mousemask(0, nil) }
    send(Self.pasteOff)
    curs_set(1)
    endwin()
  }

  private static let pasteOn = "\u{1b}[?2004h"
  private static let pasteOff = "\u{1b}[?2004l"
  private var savedSettings = termios()
  private var cursesSettings = termios()

  private func definePaste() {
    define_key("\u{1b}[200~", Self.pasteBegins)
    define_key("\u{1b}[201~", Self.pasteEnds)
    define_key("\u{1b}[Z", KEY_BTAB)
  }

  static let pasteBegins: Int32 = 0o1000 + 200
  static let pasteEnds: Int32 = 0o1000 + 201

  /// What gives the terminal back, for the handler of fatal signals.
  private func armRestore() {
    var bytes = Self.pasteOff + (settings.mouse ? "\u{1b}[?1000l\u{1b}[?1002l\u{1b}[?1006l" : "")
    for name in ["sgr0", "cnorm", "rmcup", "rmkx"] {
      if let text = tigetstr(name), Int(bitPattern: text) != -1 { bytes += String(cString: text) }
    }
    // The settings to put back are those from before curses.
    var now = termios()
    tcgetattr(0, &now)
    tcsetattr(0, TCSANOW, &savedSettings)
    let array = Array(bytes.utf8)
    _ = acr_restore_on_fatal(0, array, array.count)
    tcsetattr(0, TCSANOW, &now)
  }

  private func send(_ sequence: String) {
    acr_flush()
    let bytes = Array(sequence.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
  }

  func copy(_ text: String) {
    send("\u{1b}]52;c;" + Base64.encode(Array(text.utf8)) + "\u{7}")
  }

  // MARK: Size

  var size: Size { Size(width: Int(getmaxx(acr_stdscr())), height: Int(getmaxy(acr_stdscr()))) }

  /// Takes the terminal's new size.
  func resize() -> Size {
    var window = winsize()
    if ioctl(1, UInt(TIOCGWINSZ), &window) == 0 {
      let rows = window.ws_row > 0 ? Int32(window.ws_row) : max(1, tigetnum("lines"))
      let columns = window.ws_col > 0 ? Int32(window.ws_col) : max(1, tigetnum("cols"))
      resizeterm(rows, columns)
    }
    shown = nil
    return size
  }

  func redrawAll() {
    shown = nil
    clearok(acr_stdscr(), true)
  }

  // MARK: Drawing

  func use(_ theme: Theme) {
    palette.use(theme)
    shown = nil
  }

  /// Flushes what differs from the canvas shown before.
  func show(_ canvas: Canvas) {
    curs_set(0)
    for y in 0..<canvas.size.height where !isShown(canvas, row: y) { draw(canvas, row: y) }
    shown = canvas
    if let cursor = canvas.cursor, cursor.x < canvas.size.width, cursor.y < canvas.size.height {
      wmove(acr_stdscr(), Int32(cursor.y), Int32(cursor.x))
      curs_set(1)
    }
    wrefresh(acr_stdscr())
  }

  private func isShown(_ canvas: Canvas, row y: Int) -> Bool {
    guard let shown, shown.size == canvas.size else { return false }
    let row = y * canvas.size.width..<(y + 1) * canvas.size.width
    return shown.cells[row] == canvas.cells[row]
  }

  private func draw(_ canvas: Canvas, row y: Int) {
    let width = canvas.size.width
    let cells = canvas.cells
    var x = 0
    wmove(acr_stdscr(), Int32(y), 0)
    while x < width {
      let role = cells[y * width + x].role
      var text = ""
      while x < width, cells[y * width + x].role == role {
        text += isUTF8 ? cells[y * width + x].text : ASCIIFallback.text(of: cells[y * width + x])
        x += 1
      }
      palette.select(role)
      waddnstr(acr_stdscr(), text, -1)
    }
  }

  // MARK: Keys

  /// The next event that is there; nil when all are taken.
  func nextEvent() -> Event? {
    if !pending.isEmpty { return pending.removeFirst() }
    guard let keys else { return nil }
    while true {
      var code: wint_t = 0
      let result = wget_wch(keys, &code)
      guard result != acr_err else { return nil }
      if result == acr_key_code, let event = event(code: Int32(bitPattern: code)) { return event }
      if result != acr_key_code, let event = event(character: code, next: { self.rawCharacter() }) { return event }
    }
  }

  private func rawCharacter() -> (code: wint_t, isKey: Bool)? {
    var code: wint_t = 0
    let result = wget_wch(keys, &code)
    return result == acr_err ? nil : (code, result == acr_key_code)
  }

  /// Whether standard input gave its end instead of keys.
  func inputEnded() -> Bool {
    var polled = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, 0) > 0 else { return false }
    if polled.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
    var waiting: Int32 = 0
    return ioctl(0, UInt(FIONREAD), &waiting) != 0 || waiting == 0
  }
}
