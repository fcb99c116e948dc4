import ArgumentParser
import Console
import SecureBuild
import TerminalUI
import Themes

struct ThemeCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "theme", Phrase("The console's themes.", "控制台界面的主题。"), subcommands: [ListThemes.self, ShowTheme.self])
  }

  static var catalogue: ThemeCatalogue {
    ThemeCatalogue(builtIn: Themes.builtIn, folder: Invocation.configurationFolder + "/themes")
  }
}

struct ListThemes: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List the themes built in and those of your own.", "列出内置主题和自定义主题。"),
      json: "[Name Source(BUILT_IN|FILE) File Current Problems[File Line Message]]")
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let catalogue = ThemeCommands.catalogue
    let themes = catalogue.names.map { ThemeView($0, in: catalogue, current: invocation.settings.theme.value) }
    try invocation.output.list(themes, orElse: Phrase("There are no themes.", "没有主题。"))
    for problem in themes.flatMap(\.problems) { invocation.output.say(problem.sentence) }
  }
}

struct ShowTheme: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "show", Phrase("Preview a theme, in colour on a terminal.", "预览主题，在终端中以彩色显示。"),
      json: """
        {Name Source File Current Problems[File Line Message] \
        Roles[Role Foreground Background Attributes Contrast{Direct Indexed256 Indexed16 Indexed8}]}
        """)
  }

  @Argument(help: ArgumentHelp(Phrase("The theme's name.", "主题名称。"), value: "name"), completion: .themes)
  var name: String
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let catalogue = ThemeCommands.catalogue
    guard catalogue.names.contains(name) else { throw Refusal.noSuchTheme(name, among: catalogue.names) }
    let view = ThemeView(name, in: catalogue, current: invocation.settings.theme.value)
    guard let theme = view.theme else { throw Refusal.brokenTheme(name, view.problems) }
    if invocation.output.format == .json {
      return try invocation.output.print(view.json(invocation.language).adding(["Roles": view.roles(of: theme)]))
    }
    let depth = StandardStream.output.isTerminal ? ColorDepth.ofEnvironment : nil
    try StandardStream.output.write(ThemePreview(theme: theme, depth: depth, language: invocation.language).text)
  }
}

extension Refusal {
  fileprivate static func noSuchTheme(_ name: String, among names: [String]) -> Refusal {
    Refusal(
      .invalidTheme, message: Phrase("There is no theme “\(name)”.", "没有名为“\(name)”的主题。"),
      mend: Phrase(
        "There are: \(names.joined(separator: ", ")).", "可用的主题：\(names.joined(separator: "、"))。"))
  }

  fileprivate static func brokenTheme(_ name: String, _ problems: [ThemeProblem]) -> Refusal {
    Refusal(
      .invalidTheme,
      message: Phrase(
        problems.map(\.sentence.en).joined(separator: "; ") + ".",
        problems.map(\.sentence.zh).joined(separator: "；") + "。"),
      mend: Phrase("Mend the file; until then a built-in theme is used.", "请修正该文件；在此之前使用内置主题。"))
  }
}
