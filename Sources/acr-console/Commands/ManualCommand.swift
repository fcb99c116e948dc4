import ArgumentParser
import SecureBuild

struct PrintManual: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "man",
      Phrase("Print the man page.", "输出手册页。"),
      more: Phrase(
        "To read it: acr-console man | man -l -. To install it: mkdir -p ~/.local/share/man/man1, then acr-console man > ~/.local/share/man/man1/acr-console.1.",
        "阅读：acr-console man | man -l -。安装：先执行 mkdir -p ~/.local/share/man/man1，再执行 acr-console man > ~/.local/share/man/man1/acr-console.1。"
      ))
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let page = ManualPage(of: try CommandDescription.root(), language: invocation.language, keys: ConsoleKeys.all)
    try StandardStream.output.write(page.text)
  }
}
