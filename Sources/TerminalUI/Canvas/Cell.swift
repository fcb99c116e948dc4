/// One cell of a canvas.
public struct Cell: Sendable, Equatable {
  /// The grapheme cluster it shows; empty in the second cell of a wide one.
  public var text: String
  public var role: Role
  /// Whether it is the second cell of a wide character.
  public var isContinuation: Bool { text.isEmpty }

  public init(_ text: String, _ role: Role) {
    self.text = text
    self.role = role
  }

  public static let blank = Cell(" ", .page)
}
