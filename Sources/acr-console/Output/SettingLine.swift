import Console
import SecureBuild

/// One setting as it is shown, by its name in the file.
struct SettingLine: Presentable {
  let name: String
  let value: JSONText
  let source: SettingSource
  let file: String

  static func lines(of settings: Settings, file: String) -> [SettingLine] {
    [
      SettingLine(
        name: "language", value: .string(settings.language.value.rawValue), source: settings.language.source,
        file: file),
      SettingLine(name: "theme", value: .string(settings.theme.value), source: settings.theme.source, file: file),
      SettingLine(name: "mouse", value: .bool(settings.mouse.value), source: settings.mouse.source, file: file),
      SettingLine(
        name: "escape_delay_ms", value: .number(settings.escapeDelay.value), source: settings.escapeDelay.source,
        file: file),
    ]
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Setting", "设置")) { line, _ in line.name },
      Column(Phrase("Value", "值")) { line, _ in
        switch line.value {
        case .string(let text): text
        case .bool(let value): String(value)
        case .number(let value): String(value)
        default: ""
        }
      },
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
    return switch source {
    case .builtIn: base.adding(["Source": "BUILT_IN"])
    case .environment(let name): base.adding(["Source": "ENVIRONMENT", "Variable": .string(name)])
    case .file(let line): base.adding(["Source": "FILE", "Line": .number(line)])
    case .option(let name): base.adding(["Source": "OPTION", "Option": .string(name)])
    }
  }
}
