import CNcurses
import Glibc

extension Terminal {
  /// Names to ncurses what its terminal descriptions lack. Its numbers for keys end below these.
  func defineKeys() {
    define_key("\u{1b}[200~", Self.pasteBegins)
    define_key("\u{1b}[201~", Self.pasteEnds)
    define_key("\u{1b}[Z", KEY_BTAB)
    // Those it knows by names of its own, with Ctrl or Alt: words, as the decoder has them.
    for modifier in [3, 5] { for way in ["C", "D"] { define_key("\u{1b}[1;\(modifier)\(way)", 0) } }
  }

  private static let pasteBegins: Int32 = 0o1000 + 200
  private static let pasteEnds: Int32 = 0o1000 + 201

  /// The next event that is there; nil when all are taken.
  func nextEvent() -> Event? {
    while pending.isEmpty {
      guard let code = nextCode() else {
        take(decoder.nothingMore(at: .now))
        break
      }
      take(decoder.take(code, at: .now))
    }
    return pending.isEmpty ? nil : pending.removeFirst()
  }

  private func take(_ inputs: [KeyDecoder.Input]) {
    for input in inputs { if let event = event(input) { pending.append(event) } }
  }

  /// When what has begun to come is given up: then there may be an event though nothing has come.
  var deadline: ContinuousClock.Instant? { decoder.deadline }

  private func nextCode() -> KeyDecoder.Code? {
    guard let keys else { return nil }
    // Byte by byte: of a character that comes in pieces `wget_wch` would lose what has come.
    switch wgetch(keys) {
    case acr_err: return nil
    case let byte where byte < 0x100: return isUTF8 || byte < 0x80 ? .byte(UInt8(truncatingIfNeeded: byte)) : .other
    case let code: return named(code)
    }
  }

  private func named(_ code: Int32) -> KeyDecoder.Code {
    switch code {
    case Self.pasteBegins: .pasteBegins
    case Self.pasteEnds: .pasteEnds
    case KEY_MOUSE: mousePress().map { .press($0) } ?? .other
    case KEY_F0...KEY_F0 + 24: .key(.function(Int(code - KEY_F0)))
    default: if let key = Self.keys[code] { .key(key) } else { .other }
    }
  }

  private static let keys: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home, KEY_END: .end,
    KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_BACKSPACE: .backspace, KEY_DC: .delete, KEY_IC: .insert,
    KEY_BTAB: .backTab, KEY_ENTER: .enter,
  ]

  private func mousePress() -> KeyDecoder.MousePress? {
    var mouse = MEVENT()
    guard getmouse(&mouse) == 0 else { return nil }
    let at = Point(x: Int(mouse.x), y: Int(mouse.y))
    if mouse.bstate & acr_wheel_up != 0 { return .wheelUp(at) }
    if mouse.bstate & acr_wheel_down != 0 { return .wheelDown(at) }
    if mouse.bstate & acr_motion != 0 { return .drag(at) }
    return mouse.bstate & acr_button1 != 0 ? .button(at) : nil
  }

  private func event(_ input: KeyDecoder.Input) -> Event? {
    switch input {
    case .key(let key): return .key(key)
    case .paste(let text): return .paste(text)
    case .press(.wheelUp(let at)): return .mouse(Mouse(.wheelUp, at: at))
    case .press(.wheelDown(let at)): return .mouse(Mouse(.wheelDown, at: at))
    case .press(.drag(let at)): return .mouse(Mouse(.drag, at: at))
    case .press(.button(let at)):
      let now = ContinuousClock.now
      let isDouble = lastClick.map { $0.at == at && now - $0.time < .milliseconds(400) } ?? false
      lastClick = isDouble ? nil : (at, now)
      return .mouse(Mouse(isDouble ? .doubleClick : .click, at: at))
    }
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
