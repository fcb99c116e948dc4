import BuildEngine
import Console
import Glibc
import SecureBuild
import TerminalUI
import Themes
import Training

/// The screen: what the program does without a command.
enum OpenConsole {
  /// Runs it on the main thread and ends the process.
  static func run(_ invocation: Invocation) -> Never {
    if let problem = TerminalProblem.check() {
      let refusal = Refusal(problem)
      invocation.output.report(refusal)
      exit(refusal.code.exitStatus)
    }
    // Before any thread starts: all inherit it.
    Signals.blockForScreen()
    let end = ConsoleProgram.run(launch(invocation))
    tellBuilds(of: end)
    exit(status(of: end.reason))
  }

  /// Says where the screen was that builds go on, to whoever quit it: they might be taken for ended with it.
  static func tellBuilds(of end: ConsoleEnd) {
    guard end.reason == .quit, end.builds > 0 else { return }
    let isOne = end.builds == 1
    let isMeant = end.path == (try? WorkspacePath.chosen(nil))
    let place = isMeant ? Phrase("", "") : Phrase(" in \(end.path)", "（\(end.path)）")
    let command = "`acr-console build list\(isMeant ? "" : " --workspace DIR")`"
    let sentence = Phrase(
      "\(end.builds) \(isOne ? "build goes" : "builds go") on\(place.en): \(command) shows \(isOne ? "it" : "them").",
      "\(end.builds) 个构建仍在继续\(place.zh)：可用 \(command) 查看。")
    try? StandardStream.output.write(Printable.text(sentence(end.language)) + "\n")
  }

  /// What a process ends with whose screen has ended so.
  static func status(of reason: ExitReason) -> Int32 {
    switch reason {
    case .quit: 0
    case .hangUp: 128 + SIGHUP
    case .signal(let number): 128 + number
    }
  }

  /// What the console starts with.
  static func launch(_ invocation: Invocation) -> ConsoleLaunch {
    let settings = invocation.settings
    let themes = ThemeCommands.catalogue
    let (theme, themeNotice) = theme(settings.theme.value, themes)
    let path = invocation.path
    let (keymap, keyProblems) = invocation.keys
    // It would be a screen of question marks.
    let whyNoChinese = NarrowCharset.check().map(\.whyNoChinese)
    let language = whyNoChinese == nil ? settings.language.value : .english
    let languageNotice = language == settings.language.value ? nil : whyNoChinese
    return ConsoleLaunch(
      language: language, whyNoChinese: whyNoChinese, themes: themes, theme: theme,
      screen: ScreenSettings(
        escapeDelay: settings.escapeDelay.source == .builtIn ? nil : Int32(settings.escapeDelay.value),
        mouse: settings.mouse.value,
        monochrome: ProcessEnvironment["NO_COLOR"] != nil),
      path: path, memory: ProcessEnvironment.folder("XDG_STATE_HOME", orHome: ".local/state") + "/console.json",
      settings: invocation.settingsFile.path,
      open: { path, patiently in
        let workspace = try Workspace.open(
          at: path, opening: patiently ? .patient : .never, surroundings: Invocation.surroundings)
        KnownWorkspaces().remember(path)
        return workspace
      },
      create: { path, kind in
        _ = try NewWorkspace.make(kind, at: path)
        KnownWorkspaces().remember(path)
        return try Workspace.open(at: path, surroundings: Invocation.surroundings)
      },
      workspaces: { path in WorkspacePlace.all(current: path).map(\.choice) },
      health: { path in
        try WorkspaceHealth(of: path, waiting: .patient).sentences
      },
      missingParts: { engine, network in await invocation.engines[engine]?.missingParts(for: network) ?? [] },
      clusterNeeds: ClusterRequirement.all.map(\.text), keymap: keymap, lessons: .here,
      notice: notice(
        invocation.settingsFile.problems(among: themes.names).map(\.sentence) + keyProblems.map(\.sentence)
          + [themeNotice, languageNotice].compactMap { $0 }))
  }

  /// The first of what is wrong, and how to see the others.
  private static func notice(_ sentences: [Phrase]) -> Phrase? {
    guard let first = sentences.first, sentences.count > 1 else { return sentences.first }
    let others = sentences.count - 1
    return first
      + Phrase(
        "(and \(others) more: `acr-console settings show`)", "（另有 \(others) 处，见 `acr-console settings show`）")
  }

  /// The theme of that name, or the built-in one and why.
  private static func theme(_ name: String, _ themes: ThemeCatalogue) -> (Theme, Phrase?) {
    let wanted = themes.theme(named: name)
    if let theme = wanted.theme { return (theme, nil) }
    let why = wanted.problems.first?.sentence ?? Phrase("There is no theme “\(name)”.", "没有名为“\(name)”的主题。")
    let builtIn = ThemeCatalogue(builtIn: Themes.builtIn)
    for name in builtIn.names { if let theme = builtIn.theme(named: name).theme { return (theme, why) } }
    return (Theme(name: name, styles: [:]), why)
  }
}

extension NarrowCharset {
  /// Why the console is in English.
  var whyNoChinese: Phrase {
    let named = setting.map { Phrase($0, $0) } ?? Phrase("LANG is not set", "未设置 LANG")
    return Phrase(
      "This locale can't show Chinese (\(named.en)): it isn't UTF-8.", "当前区域设置（\(named.zh)）不是 UTF-8，无法显示中文。")
  }
}

extension Refusal {
  /// Why the screen can't be shown here.
  init(_ problem: TerminalProblem) {
    let plain = Phrase(
      "Use `acr-console --plain`, which needs no cursor, or the commands: `acr-console help`.",
      "可使用无需光标的 `acr-console --plain`，或使用命令：`acr-console help`。")
    let start = Phrase(
      "Start it in a terminal, or use the commands: `acr-console help`.", "请在终端中启动，或使用命令：`acr-console help`。")
    let (message, mend): (Phrase, Phrase) =
      switch problem {
      case .inputIsNoTerminal: (Phrase("Standard input is no terminal.", "标准输入不是终端。"), start)
      case .outputIsNoTerminal: (Phrase("Standard output is no terminal.", "标准输出不是终端。"), start)
      case .noTerm: (Phrase("TERM is not set.", "未设置 TERM。"), Self.trying("xterm-256color"))
      case .unknown(let term, let substitute):
        (Phrase("TERM=\(term) is unknown here.", "本机不识别 TERM=\(term)。"), substitute.map(Self.trying) ?? plain)
      case .withoutCursor(let term):
        (
          Phrase("The terminal “\(term)” (TERM) can't move its cursor.", "终端“\(term)”（TERM）无法移动光标。"), plain
        )
      }
    self.init(.noTerminal, message: message, mend: mend)
  }

  private static func trying(_ term: String) -> Phrase {
    Phrase(
      "Try `TERM=\(term) acr-console`, or `acr-console --plain`.",
      "可尝试 `TERM=\(term) acr-console`，或使用 `acr-console --plain`。")
  }
}
