import TOMLKit

extension SettingsFile {
  /// Reads the table `[build]`: whole numbers. Anything else is a problem of its own line.
  static func build(
    _ table: TOMLTable, headed header: Int, in lines: [Substring], of path: String
  ) -> (values: [BuildSettingName: Setting<Int>], problems: [SettingsProblem]) {
    var values: [BuildSettingName: Setting<Int>] = [:]
    var problems: [SettingsProblem] = []
    for key in table.keys {
      let line = line(of: key, in: .build, after: header, lines)
      let what: SettingsProblem.What
      if let name = BuildSettingName(rawValue: key) {
        if let number = table[key]?.int, name.range.contains(number) {
          values[name] = Setting(number, from: .file(line: line))
          continue
        }
        what = .notInRange("\(SettingName.build.rawValue).\(key)", name.range)
      } else {
        what = .unknownKeyOf(.build, key, BuildSettingName.allCases.map(\.rawValue))
      }
      problems.append(SettingsProblem(file: path, line: line, what: what))
    }
    return (values, problems)
  }
}
