extension Key {
  /// The key that types this character; nil for none that a program gets to see.
  init?(typed scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x0d, 0x0a: self = .enter
    case 0x09: self = .tab
    case 0x08, 0x7f: self = .backspace
    case 0x00: self = .control(" ")
    case 0x01...0x1a: self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
    case 0x1b: self = .escape
    case 0x1c...0x1f: self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40)))
    case 0x20..<0x7f: self = .character(Character(scalar))
    default:
      guard CellWidth.ofPrintable(scalar) != nil else { return nil }
      self = .character(Character(scalar))
    }
  }
}
