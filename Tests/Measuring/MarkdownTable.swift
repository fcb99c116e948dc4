/// Figures as people read them, and as a README takes them.
public enum MarkdownTable {
  /// The first column says what it is, the others are figures.
  public static func text(_ heads: [String], _ rows: [[String]]) -> String {
    let rules = heads.indices.map { $0 == 0 ? "---" : "---:" }
    return ([heads, rules] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// Rounded to so many digits after the point.
  public static func number(_ value: Double, _ digits: Int) -> String {
    guard digits > 0 else { return String(Int(value.rounded())) }
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    let rest = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: digits - rest.utf8.count) + rest
  }
}
