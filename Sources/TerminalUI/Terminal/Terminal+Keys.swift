import CNcurses
import Glibc

extension Terminal {
  /// Names to ncurses what its terminal descriptions lack. Its numbers for keys end below these.
  func defineKeys() {
    define_key("\u{1b}[200~", Self.pasteBegins)
    define_key("\u{1b}[201~", Self.pasteEnds)
    define_key("\u{1b}[Z", KEY_BTAB)
  }

  private static let pasteBegins: Int32 = 0o1000 + 200
  private static let pasteEnds: Int32 = 0o1000 + 201

  /// The next event that is there; nil when all are taken.
  func nextEvent() -> Event? {
    while pending.isEmpty {
      guard let code = nextCode() else {
        pending = decoder.nothingMore().compactMap(event)
        break
      }
      pending = decoder.take(code).compactMap(event)
    }
    return pending.isEmpty ? nil : pending.removeFirst()
  }

  /// Whether a paste waits for its end: then `endPaste` is due when nothing comes for a while.
  var isPasting: Bool { decoder.isPasting }

  /// A paste whose end mark was lost is taken as it is.
  func endPaste() { pending += decoder.endPaste().compactMap(event) }

  private func nextCode() -> KeyDecoder.Code? {
    guard let keys else { return nil }
    var code: wint_t = 0
    switch wget_wch(keys, &code) {
    case acr_err: return nil
    case acr_key_code: return named(Int32(bitPattern: code))
    default: return Unicode.Scalar(code).flatMap { isUTF8 || $0.isASCII ? .scalar($0) : nil } ?? .other
    }
  }

  private func named(_ code: Int32) -> KeyDecoder.Code {
    switch code {
    case Self.pasteBegins: .pasteBegins
    case Self.pasteEnds: .pasteEnds
    case KEY_MOUSE: mousePress().map { .press($0) } ?? .other
    case KEY_F0...KEY_F0 + 24: .key(.function(Int(code - KEY_F0)))
    default: Self.keys[code].map { .key($0) } ?? .other
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
    return mouse.bstate & acr_button1 != 0 ? .button(at) : nil
  }

  private func event(_ input: KeyDecoder.Input) -> Event? {
    switch input {
    case .key(let key): return .key(key)
    case .paste(let text): return .paste(text)
    case .press(.wheelUp(let at)): return .mouse(Mouse(.wheelUp, at: at))
    case .press(.wheelDown(let at)): return .mouse(Mouse(.wheelDown, at: at))
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
