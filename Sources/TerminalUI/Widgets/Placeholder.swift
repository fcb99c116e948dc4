/// What an empty field shows, in parentheses: it is told from a value by its shape, wherever colours tell little or
/// nothing.
enum Placeholder {
  /// - Parameter width: the cells that there are for it.
  static func text(_ placeholder: String, to width: Int) -> String {
    guard !placeholder.isEmpty, width > 3 else { return "" }
    return "(" + Truncated.text(Printable.text(placeholder), to: width - 2) + ")"
  }
}
