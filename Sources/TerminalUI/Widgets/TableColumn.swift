/// A column of a table.
public struct TableColumn: Sendable, Equatable {
  public let title: String
  /// What stands behind the title, whatever of that has to be cut: which way the table is sorted by it.
  private var mark = ""
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

  /// The same column with a mark behind its title.
  public func marked(_ mark: String) -> TableColumn {
    var column = self
    column.mark = mark
    return column
  }

  var titleWidth: Int { CellWidth.of(title) + CellWidth.of(mark) }

  func title(in width: Int) -> String { Truncated.text(title, to: width - CellWidth.of(mark)) + mark }
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
