import Console
import SecureBuild

/// The man page in mdoc(7). Commands and options come from the parser, settings from the settings, so that the page
/// can't fall behind them.
struct ManualPage {
  private let root: CommandDescription
  let language: Language
  private let keys: [KeyLine]
  /// The options that every command takes: described once.
  private let common: Set<String>
  private var roff = Roff()

  /// - Parameter keys: the console's, in the order in which they are to stand there.
  init(of root: CommandDescription, language: Language, keys: [KeyLine]) {
    self.root = root
    self.language = language
    self.keys = keys
    common = ["-workspace", "-language", "-format", "-version", "-help"]
    head()
    commands()
    commonOptions()
    consoleKeys()
    settings()
    environment()
    files()
    exitStatus()
    examples()
    tail()
  }

  var text: String { roff.source }

  // MARK: Parts

  private mutating func head() {
    roff.macro("Dd", Release.date)
    roff.macro("Dt", "ACR-CONSOLE", "1")
    roff.macro("Os")
    // By their conventional names, whatever the language: programs look for them.
    roff.macro("Sh", "NAME")
    roff.macro("Nm", "acr-console")
    roff.macro("Nd", Phrase("VPC secure build from the terminal", "在终端中完成 VPC 安全构建")(language))
    roff.macro("Sh", "SYNOPSIS")
    roff.macro("Nm")
    for option in root.options where !Self.isBuiltIn(option) { roff.macro("Op", Self.synopsis(of: option)) }
    roff.macro("Nm")
    roff.macro("Ar", "command")
    roff.macro("Op", "Ar", "argument", "...")
    section(Phrase("DESCRIPTION", "描述"))
    say(root.abstract ?? "")
    say(Phrase("This is version \(Release.version).", "本页对应版本 \(Release.version)。"))
    paragraph()
    say(
      Phrase(
        "Everything that is shown tells how it is known: planned (written down here), computed (follows by a rule), tried (from this host, when and by whom), or confirmed (by a person in the vendor's console). This program neither makes nor sees anything in the vendor's cloud.",
        "所显示的一切都标明依据：规划（在此登记）、推算（由规则得出）、实测（何时、由谁、从本机检查）或确认（由人在厂商控制台看到）。本程序不会在厂商云上创建或读取任何内容。"))
  }

  private mutating func commands() {
    section(Phrase("COMMANDS", "命令"))
    for command in root.commands where command.commandName != "help" { describe(command) }
    roff.macro("Ss", root.commandName, "help")
    say(
      Phrase(
        "The help of a command: `acr-console help link create`, or `acr-console link create --help`.",
        "查看命令帮助：`acr-console help link create` 或 `acr-console link create --help`。"))
  }

  private mutating func describe(_ command: CommandDescription) {
    roff.macro("Ss", Roff.name(command.name))
    say(command.abstract ?? "")
    let options = command.options.filter { !common.contains($0.id) }
    let language = language
    list(options) { option in
      (Self.names(of: option), Self.description(of: option, language))
    }
    if let members = command.discussion {
      paragraph()
      say(members)
    }
    for inner in command.commands { describe(inner) }
  }

  private mutating func commonOptions() {
    section(Phrase("OPTIONS", "选项"))
    say(Phrase("Every command takes these.", "所有命令均可使用以下选项。"))
    let language = language
    list(root.options) { option in
      (Self.names(of: option), Self.description(of: option, language))
    }
  }

  private mutating func consoleKeys() {
    section(Phrase("KEYS", "按键"))
    say(
      Phrase(
        "Of the console, which opens without a command, as they come. A key of one place is shown at its bottom; the key ? shows all. The table [keys] of the settings gives an action other keys, by its name.",
        "不带命令时打开的控制台的默认按键。各处的按键显示在其底部，按 ? 可查看全部。可在设置的 [keys] 表中按操作名称指定其他按键。"))
    let language = language
    list(keys) { line in
      let action = line.action.map { Phrase("Action: \($0).", "操作：\($0)。")(language) }
      return ("Sy \(Roff.argument(line.keys))", [line.meaning(language) + Phrase(".", "。")(language), action ?? ""])
    }
  }

  private mutating func settings() {
    section(Phrase("SETTINGS", "设置"))
    say(
      Phrase(
        "A file in TOML, settings.toml (see below), read at every start. An option goes before it, and it before the environment. `acr-console settings show` tells each value and where it comes from; what is wrong in the file is named with its line and left out.",
        "TOML 文件 settings.toml（见下文），每次启动时读取。选项优先于该文件，该文件优先于环境变量。`acr-console settings show` 显示各项的值及来源；文件中的错误会连同行号指出并忽略。"
      ))
    let language = language
    list(SettingName.allCases) { setting in
      let initial = SettingLine.builtIn(setting).map { Phrase("Default: \($0).", "默认：\($0)。")(language) }
      let values = setting.values(language)
      let value = Phrase("A value: \(values).", "取值：\(values)。")(language)
      return ("Ic \(Roff.argument(setting.rawValue))", [setting.meaning(language), value, initial ?? ""])
    }
    say(Phrase("In the table [build]:", "[build] 表中："))
    list(BuildSettingName.allCases) { setting in
      let range = SettingName.values(setting.range)(language)
      let value = Phrase("A value: \(range).", "取值：\(range)。")(language)
      let initial = Phrase("Default: \(setting.builtIn).", "默认：\(setting.builtIn)。")(language)
      return ("Ic \(Roff.argument(setting.rawValue))", [setting.meaning(language), value, initial])
    }
    say(Phrase("In the table [kubernetes]:", "[kubernetes] 表中："))
    list(ClusterSettingName.allCases) { setting in
      let values = setting.values(language)
      let builtIn = SettingLine.builtIn(setting).plain
      let initial = builtIn.isEmpty ? "" : Phrase("Default: \(builtIn).", "默认：\(builtIn)。")(language)
      return (
        "Ic \(Roff.argument(setting.rawValue))",
        [setting.meaning(language), Phrase("A value: \(values).", "取值：\(values)。")(language), initial]
      )
    }
  }

  private mutating func tail() {
    section(Phrase("DIAGNOSTICS", "诊断"))
    say(
      Phrase(
        "Results go to standard output, everything else to standard error. With --format json a refusal is an object on standard error: Code (stable), Field or Hop where it belongs to one, Vendor (what the vendor's console would say), Message, Mend.",
        "结果写到标准输出，其余写到标准错误。使用 --format json 时，拒绝原因是标准错误上的一个对象：Code（稳定不变）、Field 或 Hop（如有）、Vendor（厂商控制台的提示）、Message、Mend。"
      ))
  }

  // MARK: Pieces

  mutating func section(_ title: Phrase) { roff.macro("Sh", title(language)) }

  mutating func paragraph() { roff.macro("Pp") }

  mutating func say(_ phrase: Phrase) { say(phrase(language)) }

  mutating func say(_ text: String) { roff.text(text) }

  mutating func pre(_ lines: [String]) {
    roff.macro("Bd", "-literal", "-offset", "indent")
    for line in lines { roff.literal(line) }
    roff.macro("Ed")
  }

  /// A list of things by name. The name is mdoc already, the sentences are not.
  mutating func list<Item>(_ items: [Item], _ entry: (Item) -> (name: String, sentences: [String])) {
    guard !items.isEmpty else { return }
    roff.macro("Bl", "-tag", "-width", "Ds")
    for item in items {
      let (name, sentences) = entry(item)
      roff.macro("It", name)
      for sentence in sentences { roff.text(sentence) }
    }
    roff.macro("El")
  }

  // MARK: Options

  private static func isBuiltIn(_ option: ArgumentDescription) -> Bool { ["-version", "-help"].contains(option.id) }

  private static func value(of option: ArgumentDescription) -> String {
    option.isFlag ? "" : " Ar \(Roff.name(option.valueName ?? "value"))"
  }

  /// `Fl \-region Ar id`.
  private static func synopsis(of option: ArgumentDescription) -> String {
    "Fl \(Roff.name(option.id))\(value(of: option))"
  }

  /// `Fl y , Fl \-yes`; a positional argument by its value.
  private static func names(of option: ArgumentDescription) -> String {
    guard let names = option.names, !names.isEmpty else { return "Ar \(Roff.name(option.id))" }
    return names.map { "Fl \(Roff.name($0.flag))" }.joined(separator: " , ") + value(of: option)
  }

  private static func description(of option: ArgumentDescription, _ language: Language) -> [String] {
    var sentences = [builtInWords[option.id]?(language) ?? option.abstract ?? ""]
    if let values = option.allValues {
      let list = values.joined(separator: ", ")
      sentences.append(Phrase("One of: \(list).", "可选：\(list)。")(language))
    }
    if let initial = option.defaultValue {
      sentences.append(Phrase("Default: \(initial).", "默认：\(initial)。")(language))
    }
    if !option.isOptional { sentences.append(Phrase("Required.", "必填。")(language)) }
    let repeatable = Phrase("may be repeated", "可重复")(language)
    if option.isRepeating, !(option.abstract ?? "").contains(repeatable) {
      sentences.append(Phrase("May be repeated.", "可重复。")(language))
    }
    return sentences
  }

  /// The parser's own, which it has in English alone.
  private static let builtInWords = [
    "-version": Phrase("Show the version.", "显示版本。"), "-help": Phrase("Show help.", "显示帮助。"),
  ]
}
