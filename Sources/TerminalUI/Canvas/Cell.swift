/// One cell of a canvas: a scalar with at most two combining marks on it, a role and a paper, in one word. No heap, so
/// that a screen of cells is filled and compared as fast as memory.
public struct Cell: Sendable, Equatable {
  /// The base in the lowest 21 bits, two marks of 17 bits each, the role's place and the paper in the highest 8. No base
  /// is the second cell of a wide character.
  ///
  /// Text with an ink of its own has its colours in place of the second mark, and its attributes in place of a role's
  /// number, behind all of these.
  private var word: UInt64

  private static let text: UInt64 = 0x00ff_ffff_ffff_ffff
  /// The base and the first mark.
  private static let shortText: UInt64 = 0x3f_ffff_ffff
  private static let base: UInt64 = 0x1f_ffff
  private static let mark: UInt64 = 0x1_ffff
  /// The first number that is no role's.
  private static let inked = 96

  private var number: Int { Int(truncatingIfNeeded: word >> 56 & 0x7f) }
  private var isInked: Bool { number >= Self.inked }

  /// What it is; text with an ink of its own is text.
  public var role: Role { isInked ? .text : Role.all[number] }

  /// The look that its text brings; nil where the role says how it looks.
  public var ink: Ink? {
    guard isInked else { return nil }
    return Ink(colorBits: word >> 38, attributes: Style.Attributes(rawValue: number - Self.inked))
  }

  /// What it is drawn on.
  public var paper: Paper { word >> 63 == 0 ? .page : .dialog }

  /// The place of role and paper among the looks of a palette; beyond all of these for an ink, each its own.
  var lookIndex: Int { Int(truncatingIfNeeded: isInked ? word >> 38 : word >> 56) }

  /// The ink and the paper of a look that is no role's.
  static func ink(at look: Int) -> (ink: Ink, paper: Paper) {
    let attributes = Style.Attributes(rawValue: look >> 18 & 0x1f)
    return (Ink(colorBits: UInt64(truncatingIfNeeded: look), attributes: attributes), look >> 25 == 0 ? .page : .dialog)
  }

  /// Another role and paper for the same text.
  mutating func dress(_ role: Role, on paper: Paper) {
    word = word & (isInked ? Self.shortText : Self.text) | Self.bits(of: role, on: paper)
  }

  /// Whether it is the second cell of a wide character.
  public var isContinuation: Bool { word & Self.base == 0 }

  /// The grapheme it shows; empty in the second cell of a wide one.
  public var text: String {
    var scalars = String.UnicodeScalarView()
    for place in 0..<3 { if let scalar = Unicode.Scalar(scalar(place)), scalar.value != 0 { scalars.append(scalar) } }
    return String(scalars)
  }

  /// - Parameter text: one character; marks past the second are dropped.
  public init(_ text: String, _ role: Role, on paper: Paper = .page) {
    var scalars = text.unicodeScalars.makeIterator()
    self.init(scalars.next()?.value ?? 0, role, on: paper)
    while let mark = scalars.next() { combine(mark) }
  }

  @inline(__always)
  init(_ scalar: UInt32, _ role: Role, on paper: Paper = .page) {
    word = UInt64(scalar) | Self.bits(of: role, on: paper)
  }

  /// Text with an ink of its own; one that looks like any text is text.
  init(_ scalar: UInt32, _ ink: Ink, on paper: Paper) {
    let number = ink.isPlain ? Role.text.index : Self.inked + ink.attributes.rawValue & 0x1f
    word = UInt64(scalar) | ink.colorBits << 38 | UInt64(truncatingIfNeeded: number | paper.bit) << 56
  }

  /// Puts a combining mark on it; past the second, or one of the rare planes, they are dropped.
  mutating func combine(_ mark: Unicode.Scalar) {
    guard mark.value <= Self.mark else { return }
    if scalar(1) == 0 {
      word |= UInt64(mark.value) << 21
    } else if !isInked, scalar(2) == 0 {
      word |= UInt64(mark.value) << 38
    }
  }

  /// Makes it a blank of its role.
  mutating func clear() { word = word & ~(isInked ? Self.shortText : Self.text) | 0x20 }

  /// The scalar at a place: 0 for the base, then the marks; 0 where there is none.
  func scalar(_ place: Int) -> UInt32 {
    switch place {
    case 0: UInt32(truncatingIfNeeded: word & Self.base)
    case 1: UInt32(truncatingIfNeeded: word >> 21 & Self.mark)
    default: isInked ? 0 : UInt32(truncatingIfNeeded: word >> 38 & Self.mark)
    }
  }

  private static func bits(of role: Role, on paper: Paper) -> UInt64 {
    UInt64(truncatingIfNeeded: role.index | paper.bit) << 56
  }

  public static let blank = Cell(0x20, .page)
  static func continuation(_ role: Role, on paper: Paper) -> Cell { Cell(0, role, on: paper) }
}

extension Role {
  /// Its place among all roles: what an enumeration without payloads is in memory.
  var index: Int { withUnsafeBytes(of: self) { Int($0[0]) } }

  /// All by their places.
  static let all = Array(allCases)
}
