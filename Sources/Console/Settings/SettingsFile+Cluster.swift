import TOMLKit

extension SettingsFile {
  /// Reads the table `[kubernetes]`. What a value can't be is a problem of its own line.
  static func cluster(
    _ table: TOMLTable, headed header: Int, in lines: [Substring], of path: String
  ) -> (values: [ClusterSettingName: Setting<ClusterSettings.Value>], problems: [SettingsProblem]) {
    var values: [ClusterSettingName: Setting<ClusterSettings.Value>] = [:]
    var problems: [SettingsProblem] = []
    for key in table.keys {
      let line = line(of: key, in: .kubernetes, after: header, lines)
      guard let name = ClusterSettingName(rawValue: key) else {
        let names = ClusterSettingName.allCases.map(\.rawValue)
        problems.append(SettingsProblem(file: path, line: line, what: .unknownKeyOf(.kubernetes, key, names)))
        continue
      }
      if let value = table[key].flatMap({ value($0, of: name) }) {
        values[name] = Setting(value, from: .file(line: line))
      } else {
        let full = "\(SettingName.kubernetes.rawValue).\(key)"
        problems.append(SettingsProblem(file: path, line: line, what: .notSuch(full, name.values)))
      }
    }
    return (values, problems)
  }

  /// Nil where it can't be that.
  private static func value(
    _ value: any TOMLValueConvertible, of name: ClusterSettingName
  ) -> ClusterSettings.Value? {
    switch name {
    case .context: value.string.flatMap { isName($0) ? .text($0) : nil }
    case .namespace: value.string.flatMap { isNamespace($0) ? .text($0) : nil }
    case .image: value.string.flatMap { isName($0) && !$0.contains(" ") ? .text($0) : nil }
    case .seccompProfile: value.string.flatMap { isBelow($0) ? .text($0) : nil }
    case .userNamespaces: value.bool.map { .flag($0) }
    case .patience: value.int.flatMap { ClusterSettingName.patienceRange.contains($0) ? .number($0) : nil }
    case .nodeSelector:
      texts(value).flatMap { $0.allSatisfy { ClusterSettings.label($0) != nil } ? .texts($0) : nil }
    }
  }

  /// Something, and nothing that would break out of its line.
  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
  }

  /// As Kubernetes has it (a DNS label).
  private static func isNamespace(_ text: String) -> Bool {
    (1...63).contains(text.utf8.count) && text.first != "-" && text.last != "-"
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }

  /// A path that leads down.
  private static func isBelow(_ path: String) -> Bool {
    isName(path) && !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
  }
}
