import SecureBuild

/// One column of a table for people, or one line of what a single thing is shown as.
struct Column<Row>: Sendable {
  let title: Phrase
  /// The cells that it takes at most in a list; what is longer is cut in its middle.
  let width: Int
  let cell: @Sendable (Row, Language) -> String

  /// - Parameter width: `.max` for what is of no use when it is cut: a path, a list.
  init(_ title: Phrase, width: Int = 60, _ cell: @escaping @Sendable (Row, Language) -> String) {
    self.title = title
    self.width = width
    self.cell = cell
  }
}

/// What commands can show: in columns for people, as JSON for scripts.
protocol Presentable: Sendable {
  /// Its columns in a list.
  static var columns: [Column<Self>] { get }
  /// Its lines when it is shown alone; its columns unless there is more to say.
  static var details: [Column<Self>] { get }
  /// The same, where it depends on what it is.
  var lines: [Column<Self>] { get }
  func json(_ language: Language) -> JSONText
}

extension Presentable {
  static var details: [Column<Self>] { columns }
  var lines: [Column<Self>] { Self.details }
}
