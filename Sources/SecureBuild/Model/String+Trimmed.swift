extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }

  /// Without C0 and C1 control characters and DEL.
  var withoutControls: String { String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isControl })) }
}

extension Unicode.Scalar {
  /// C0, DEL and C1.
  var isControl: Bool { value < 0x20 || (0x7f...0x9f).contains(value) }
}
