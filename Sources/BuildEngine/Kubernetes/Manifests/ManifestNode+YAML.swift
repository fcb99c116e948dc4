extension ManifestNode {
  /// As YAML in blocks: for people. What could be read as anything but a text stands in quotes.
  var yaml: String {
    var lines: [String] = []
    write(to: &lines, indent: "")
    return lines.joined(separator: "\n") + "\n"
  }

  private func write(to lines: inout [String], indent: String) {
    switch self {
    case .map(let entries) where !entries.isEmpty:
      for entry in entries {
        entry.value.write(after: indent + Self.scalar(entry.key) + ":", to: &lines, indent: indent)
      }
    case .list(let nodes) where !nodes.isEmpty:
      for node in nodes { node.writeItem(to: &lines, indent: indent) }
    default: lines.append(indent + flow)
    }
  }

  /// Writes the value of a key, the key's own line included.
  private func write(after key: String, to lines: inout [String], indent: String) {
    switch self {
    case .map(let entries) where !entries.isEmpty:
      lines.append(key)
      write(to: &lines, indent: indent + "  ")
    case .list(let nodes) where !nodes.isEmpty:
      lines.append(key)
      write(to: &lines, indent: indent)
    case .text(let text) where Self.isBlock(text):
      lines.append(key + " |" + (text.hasSuffix("\n") ? "" : "-"))
      for line in (text.hasSuffix("\n") ? text.dropLast() : text[...]).split(
        separator: "\n", omittingEmptySubsequences: false)
      {
        lines.append(line.isEmpty ? "" : indent + "  " + line)
      }
    default: lines.append(key + " " + flow)
    }
  }

  /// Writes an item of a list: what is in it begins on the line of its dash.
  private func writeItem(to lines: inout [String], indent: String) {
    var inner: [String] = []
    write(to: &inner, indent: indent + "  ")
    guard let first = inner.first else { return }
    lines.append(indent + "- " + first.dropFirst(indent.count + 2))
    lines += inner.dropFirst()
  }

  /// On one line.
  private var flow: String {
    switch self {
    case .text(let text): Self.scalar(text)
    case .list(let nodes): nodes.isEmpty ? "[]" : json
    case .map(let entries): entries.isEmpty ? "{}" : json
    default: json
    }
  }

  /// Without quotes where no reader of any version can take it for anything but this text.
  private static func scalar(_ text: String) -> String {
    guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "/"),
      !words.contains(text.lowercased()),
      text.utf8.allSatisfy({ isLetter($0) || isDigit($0) || "-_./:@".utf8.contains($0) }), !text.hasSuffix(":")
    else { return quoted(text) }
    return text
  }

  private static let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// Whether a text of several lines can stand as it is.
  private static func isBlock(_ text: String) -> Bool {
    guard text.utf8.dropLast().contains(UInt8(ascii: "\n")), !text.hasSuffix("\n\n"),
      let first = text.unicodeScalars.first,
      first != " ", first != "\n", first != "\t"
    else { return false }
    return text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || isPrintable($0) }
  }
}
