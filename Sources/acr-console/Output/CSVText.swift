/// A table as spreadsheets read it (RFC 4180).
enum CSVText {
  static func text(_ rows: [[String]]) -> String {
    rows.map { row in row.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func cell(_ text: String) -> String {
    // What a spreadsheet would take for a formula is made text.
    let safe = ["=", "+", "-", "@"].contains(text.prefix(1)) ? "'" + text : text
    guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
