/// A column of a table.
public struct TableColumn: Sendable, Equatable {
  public private(set) var title: String
  /// As wide as its content, between these.
  public let minimum: Int
  public let maximum: Int
  /// The least useful goes first when there is no room; 0 stays always.
  public let expendable: Int
  /// Where its texts lose what doesn't fit.
  public let cut: Truncation
  /// Whether its texts, a status or an address, say nothing when they are cut: it is as wide as they are while others can
  /// give way.
  public let isWhole: Bool

  public init(
    _ title: String, minimum: Int = 4, maximum: Int = 40, expendable: Int = 0, cut: Truncation = .middle,
    isWhole: Bool = false
  ) {
    self.title = title
    self.minimum = minimum
    self.maximum = maximum
    self.expendable = expendable
    self.cut = cut
    self.isWhole = isWhole
  }

  /// The same column under another title.
  public func titled(_ title: String) -> TableColumn {
    var column = self
    column.title = title
    return column
  }
}

/// What a table's cell shows: text, and a role where it isn't the row's own.
public struct TableCell: Sendable, Equatable {
  public let text: String
  public let role: Role?

  public init(_ text: String, _ role: Role? = nil) {
    self.text = text
    self.role = role
  }
}
