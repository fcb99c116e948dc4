import CNcurses
import Glibc

extension Terminal {
  /// A function key, the mouse or a paste's edge.
  func event(code: Int32) -> Event? {
    if code == Self.pasteBegins {
      pasting = []
      return nil
    }
    if code == Self.pasteEnds {
      defer { pasting = nil }
      return pasting.map { .paste(Self.pasted($0)) }
    }
    if pasting != nil { return nil }
    if code == KEY_MOUSE { return mouseEvent() }
    if code >= KEY_F0, code <= KEY_F0 + 24 { return .key(.function(Int(code - KEY_F0))) }
    return Self.named[code].map { .key($0) }
  }

  private static let named: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home, KEY_END: .end,
    KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_BACKSPACE: .backspace, KEY_DC: .delete, KEY_IC: .insert,
    KEY_BTAB: .backTab, KEY_ENTER: .enter,
  ]

  /// A character, a control key, or Esc with what follows it at once.
  /// - Parameter next: the next code that is there already, if any.
  func event(character code: wint_t, next: () -> (code: wint_t, isKey: Bool)?) -> Event? {
    guard let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
    if pasting != nil {
      pasting?.append(contentsOf: Array(String(Character(scalar)).utf8))
      return nil
    }
    if scalar == "\u{1b}" {
      guard let following = next() else { return .key(.escape) }
      if following.isKey {
        if let event = event(code: Int32(bitPattern: following.code)) { pending.append(event) }
        return .key(.escape)
      }
      guard let second = Unicode.Scalar(UInt32(following.code)), second.value >= 0x20, second.value != 0x7f else {
        if let event = event(character: following.code, next: { nil }) { pending.append(event) }
        return .key(.escape)
      }
      return .key(.alt(Character(second)))
    }
    return .key(Self.key(of: scalar))
  }

  nonisolated static func key(of scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 0x0d, 0x0a: .enter
    case 0x09: .tab
    case 0x08, 0x7f: .backspace
    case 0x00: .control(" ")
    case 0x01...0x1a: .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
    case 0x1c...0x1f: .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40)))
    default: .character(Character(scalar))
    }
  }

  /// A paste without control characters but line ends and tabs.
  nonisolated static func pasted(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        kept.append("\n")
      } else if scalar == "\n" || scalar == "\t" || !(scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)) {
        kept.append(scalar)
      }
    }
    return String(kept)
  }

  private func mouseEvent() -> Event? {
    var mouse = MEVENT()
    guard getmouse(&mouse) == 0 else { return nil }
    let at = Point(x: Int(mouse.x), y: Int(mouse.y))
    if mouse.bstate & acr_wheel_up != 0 { return .mouse(Mouse(.wheelUp, at: at)) }
    if mouse.bstate & acr_wheel_down != 0 { return .mouse(Mouse(.wheelDown, at: at)) }
    guard mouse.bstate & acr_button1 != 0 else { return nil }
    let now = ContinuousClock.now
    let double = lastClick.map { $0.at == at && now - $0.time < .milliseconds(400) } ?? false
    lastClick = double ? nil : (at, now)
    return .mouse(Mouse(double ? .doubleClick : .click, at: at))
  }
}
