import Console
import SecureBuild

/// One setting as it is shown, by its name in the file.
struct SettingLine: Presentable {
  let setting: SettingName
  /// What stands after the setting's name: an action of the table `[keys]`.
  var part: String?
  let value: JSONText
  let source: SettingSource
  let file: String

  private var name: String { setting.rawValue + (part.map { ".\($0)" } ?? "") }

  static func lines(of settings: Settings, file: String) -> [SettingLine] {
    SettingName.allCases.flatMap { setting -> [SettingLine] in
      func line(_ value: JSONText, _ source: SettingSource) -> [SettingLine] {
        [SettingLine(setting: setting, value: value, source: source, file: file)]
      }
      switch setting {
      case .language: return line(.string(settings.language.value.rawValue), settings.language.source)
      case .theme: return line(.string(settings.theme.value), settings.theme.source)
      case .mouse: return line(.bool(settings.mouse.value), settings.mouse.source)
      case .escapeDelay: return line(.number(settings.escapeDelay.value), settings.escapeDelay.source)
      case .keys:
        guard !settings.keys.isEmpty else { return line(.array([]), .builtIn) }
        return settings.keys.map { key in
          SettingLine(
            setting: setting, part: key.command, value: .array(key.keys.map { .string($0) }),
            source: .file(line: key.line), file: file)
        }
      }
    }
  }

  /// What holds where nothing else is said; nil where that isn't one value.
  static func builtIn(_ setting: SettingName) -> String? {
    switch setting {
    case .language: Settings.BuiltIn.language.value.rawValue
    case .theme: Settings.BuiltIn.theme.value
    case .mouse: String(Settings.BuiltIn.mouse.value)
    case .escapeDelay: String(Settings.BuiltIn.escapeDelay.value)
    case .keys: nil
    }
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Setting", "设置")) { line, _ in line.name },
      Column(Phrase("Value", "值")) { line, _ in line.value.plain },
      Column(Phrase("Default", "默认")) { line, _ in builtIn(line.setting) ?? "" },
      Column(Phrase("From", "来源")) { line, language in
        switch line.source {
        case .builtIn: Phrase("built in", "内置")(language)
        case .environment(let name): Phrase("the variable \(name)", "环境变量 \(name)")(language)
        case .file(let number): "\(line.file):\(number)"
        case .option(let name): Phrase("the option \(name)", "选项 \(name)")(language)
        }
      },
    ]
  }

  func json(_ language: Language) -> JSONText {
    let base: JSONText = ["Name": .string(name), "Value": value]
    let from: JSONText =
      switch source {
      case .builtIn: ["Source": "BUILT_IN"]
      case .environment(let name): ["Source": "ENVIRONMENT", "Variable": .string(name)]
      case .file(let line): ["Source": "FILE", "Line": .number(line)]
      case .option(let name): ["Source": "OPTION", "Option": .string(name)]
      }
    return base.adding(from).adding([
      "Default": .optional(Self.builtIn(setting)), "Values": .string(setting.values(language)),
      "Description": .string(setting.meaning(language)),
    ])
  }
}

extension JSONText {
  /// A simple value as a person reads it, or several with commas.
  fileprivate var plain: String {
    switch self {
    case .string(let text): text
    case .bool(let value): String(value)
    case .number(let value): String(value)
    case .array(let items): items.map(\.plain).joined(separator: ", ")
    case .null, .object: ""
    }
  }
}
