/// One cell of a canvas: a scalar with at most two combining marks on it, and a role. No heap, so that a screen of
/// cells is filled and compared as fast as memory.
public struct Cell: Sendable, Equatable {
  /// Up to three scalars of 21 bits, the base lowest; 0 in the second cell of a wide one.
  var bits: UInt64
  public var role: Role

  /// Whether it is the second cell of a wide character.
  public var isContinuation: Bool { bits == 0 }

  /// The grapheme it shows; empty in the second cell of a wide one.
  public var text: String {
    var scalars = String.UnicodeScalarView()
    var left = bits
    while left != 0 {
      if let scalar = Unicode.Scalar(UInt32(left & Self.mask)) { scalars.append(scalar) }
      left >>= 21
    }
    return String(scalars)
  }

  /// - Parameter text: one character; marks past the second are dropped.
  public init(_ text: String, _ role: Role) {
    bits = 0
    for (place, scalar) in text.unicodeScalars.prefix(3).enumerated() { bits |= UInt64(scalar.value) << (21 * place) }
    self.role = role
  }

  init(_ scalar: UInt32, _ role: Role) {
    bits = UInt64(scalar)
    self.role = role
  }

  /// Puts a combining mark on it; past the second they are dropped.
  mutating func combine(_ mark: Unicode.Scalar) {
    if bits >> 21 == 0 {
      bits |= UInt64(mark.value) << 21
    } else if bits >> 42 == 0 {
      bits |= UInt64(mark.value) << 42
    }
  }

  /// The scalar at a place, 0 to 2; 0 where there is none.
  func scalar(_ place: Int) -> UInt32 { UInt32(truncatingIfNeeded: bits >> (21 * UInt64(place)) & Self.mask) }

  private static let mask: UInt64 = 0x1f_ffff

  public static let blank = Cell(0x20, .page)
  static func continuation(_ role: Role) -> Cell { Cell(0, role) }
}
