import BuildEngine
import Console
import SecureBuild

/// One setting as it is shown, by its name in the file; each action of the table `[keys]` is one.
struct SettingLine: Presentable {
  let name: String
  let value: JSONText
  let source: SettingSource
  let file: String
  /// What holds where nothing else is said.
  let builtIn: String
  let meaning: Phrase
  let values: Phrase

  static func lines(of invocation: Invocation) -> [SettingLine] {
    let settings = invocation.settings
    let file = invocation.settingsFile.path
    func line(_ setting: SettingName, _ value: JSONText, _ source: SettingSource) -> SettingLine {
      SettingLine(
        name: setting.rawValue, value: value, source: source, file: file, builtIn: builtIn(setting) ?? "",
        meaning: setting.meaning, values: setting.values)
    }
    return SettingName.allCases.flatMap { setting -> [SettingLine] in
      switch setting {
      case .language: [line(setting, .string(settings.language.value.rawValue), settings.language.source)]
      case .theme: [line(setting, .string(settings.theme.value), settings.theme.source)]
      case .mouse: [line(setting, .bool(settings.mouse.value), settings.mouse.source)]
      case .escapeDelay: [line(setting, .number(settings.escapeDelay.value), settings.escapeDelay.source)]
      case .credentialHelper:
        [
          line(
            setting, settings.credentialHelper.map { .string($0.value) } ?? .null,
            settings.credentialHelper?.source ?? .builtIn)
        ]
      case .keys: keys(of: invocation)
      case .build: build(of: invocation)
      case .kubernetes: kubernetes(of: invocation)
      }
    }
  }

  private static func keys(of invocation: Invocation) -> [SettingLine] {
    let lines = Dictionary(invocation.settings.keys.map { ($0.command, $0.line) }) { $1 }
    let initial = Dictionary(
      Console.Command.keys(by: Keymap()).map { ($0.command, $0.keys.joined(separator: ", ")) }
    ) { $1 }
    return Console.Command.keys(by: invocation.keys.keymap).map { command, keys, isDefault in
      let line = isDefault ? nil : lines[command.rawValue]
      return SettingLine(
        name: "\(SettingName.keys.rawValue).\(command.rawValue)", value: .array(keys.map { .string($0) }),
        source: line.map { .file(line: $0) } ?? .builtIn, file: invocation.settingsFile.path,
        builtIn: initial[command] ?? "", meaning: command.title, values: SettingName.keys.values)
    }
  }

  private static func build(of invocation: Invocation) -> [SettingLine] {
    BuildSettingName.allCases.map { name in
      let setting = invocation.settings.build[name]
      return SettingLine(
        name: "\(SettingName.build.rawValue).\(name.rawValue)", value: .number(setting.value), source: setting.source,
        file: invocation.settingsFile.path, builtIn: String(name.builtIn), meaning: name.meaning,
        values: SettingName.values(name.range))
    }
  }

  private static func kubernetes(of invocation: Invocation) -> [SettingLine] {
    ClusterSettingName.allCases.map { name in
      let setting = invocation.settings.kubernetes[name]
      let initial = builtIn(name)
      return SettingLine(
        name: "\(SettingName.kubernetes.rawValue).\(name.rawValue)",
        value: setting.map { JSONText($0.value) } ?? initial,
        source: setting?.source ?? .builtIn, file: invocation.settingsFile.path, builtIn: initial.plain,
        meaning: name.meaning, values: name.values)
    }
  }

  /// What the engine has where nothing is set; null where that is left to `kubectl`.
  static func builtIn(_ name: ClusterSettingName) -> JSONText {
    let initial = KubernetesSettings()
    return switch name {
    case .context, .namespace, .seccompProfile: .null
    case .image: .string(initial.image)
    case .nodeSelector: .array([])
    case .userNamespaces: .bool(initial.userNamespaces)
    case .patience: .number(initial.patience)
    }
  }

  /// What a setting is where nothing else is said; nil where that isn't one value.
  static func builtIn(_ setting: SettingName) -> String? {
    switch setting {
    case .language: Settings.BuiltIn.language.value.rawValue
    case .theme: Settings.BuiltIn.theme.value
    case .mouse: String(Settings.BuiltIn.mouse.value)
    case .escapeDelay: String(Settings.BuiltIn.escapeDelay.value)
    case .credentialHelper, .keys, .build, .kubernetes: nil
    }
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Setting", "设置")) { line, _ in line.name },
      Column(Phrase("Value", "值"), width: .max) { line, _ in line.value.plain },
      Column(Phrase("Default", "默认")) { line, _ in line.builtIn },
      Column(Phrase("From", "来源"), width: .max) { line, language in
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
      "Default": .string(builtIn), "Values": .string(values(language)),
      "Description": .string(meaning(language)),
    ])
  }
}

extension JSONText {
  fileprivate init(_ value: ClusterSettings.Value) {
    self =
      switch value {
      case .text(let text): .string(text)
      case .texts(let texts): .array(texts.map { .string($0) })
      case .flag(let flag): .bool(flag)
      case .number(let number): .number(number)
      }
  }

  /// A simple value as a person reads it, or several with commas.
  var plain: String {
    switch self {
    case .string(let text): text
    case .bool(let value): String(value)
    case .number(let value): String(value)
    case .digits(let value): value
    case .array(let items): items.map(\.plain).joined(separator: ", ")
    case .null, .object: ""
    }
  }
}
