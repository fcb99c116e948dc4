import TOMLKit

extension SettingsFile {
  /// Reads the table `[keys]`: texts, and arrays of texts. Anything else is a problem of its own line.
  static func keys(
    _ table: TOMLTable, headed header: Int, in lines: [Substring], of path: String
  ) -> (keys: [KeySetting], problems: [SettingsProblem]) {
    var keys: [KeySetting] = []
    var problems: [SettingsProblem] = []
    for command in table.keys {
      let line = line(of: command, in: .keys, after: header, lines)
      if let texts = table[command].flatMap(texts) {
        keys.append(KeySetting(command: command, keys: texts, line: line))
      } else {
        problems.append(SettingsProblem(file: path, line: line, what: .notKeys(command)))
      }
    }
    return (keys.sorted { $0.line < $1.line }, problems)
  }

  /// Nil where it is anything but a text, or an array of texts, none of them empty.
  static func texts(_ value: any TOMLValueConvertible) -> [String]? {
    if let text = value.string { return text.isEmpty ? nil : [text] }
    guard let array = value.array else { return nil }
    var texts: [String] = []
    for item in array {
      guard let text = item.string, !text.isEmpty else { return nil }
      texts.append(text)
    }
    return texts
  }

  /// In the table's own lines, up to the next heading; else as a dotted key (`keys.quit = …`); else the table's line.
  static func line(of key: String, in table: SettingName, after header: Int, _ lines: [Substring]) -> Int {
    let own = lines.dropFirst(header).prefix { !$0.drop { $0 == " " || $0 == "\t" }.hasPrefix("[") }
    if let index = own.firstIndex(where: { begins($0, with: key) }) { return index + 1 }
    let dotted = lines.firstIndex { line in
      guard begins(line, with: table.rawValue), let dot = line.firstIndex(of: ".") else { return false }
      return begins(line[dot...].dropFirst(), with: key)
    }
    return dotted.map { $0 + 1 } ?? header
  }
}
