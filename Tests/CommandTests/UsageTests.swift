import Testing

@testable import acr_console

@Suite("Command lines that make no sense, in both languages")
struct UsageTests {
  /// A command line and what is said of it in Chinese; every sentence that the parser has.
  static let lines = [
    ("link create", "缺少参数 '--instance <id>'"), ("instance list --region", "缺少选项的值：'--region <id>'"),
    ("instance list --nonsense", "未知选项 '--nonsense'"), ("instance list -n", "未知选项 '-n'"),
    ("instance list --regon x", "未知选项 '--regon'。是否指 '--region'？"), ("region list a", "多余的参数 'a'"),
    ("region list a b", "2 个多余的参数：'a'、'b'"), ("link delete x --yes=1", "选项 '--yes' 不接受值，但给出了 '1'。"),
    ("link list --format xml", "值 'xml' 不适用于 '--format <format>'，可选：'table' 或 'json'。"),
    ("gitlab bind --instance x --network pigeon", "值 'pigeon' 不适用于 '--network <type>'，可选：'intranet' 或 'internet'。"),
    ("completions pwsh", "值 'pwsh' 不适用于 '<shell>'，可选：'bash'、'zsh' 或 'fish'。"),
    ("--generate-completion-script=pwsh", "无法为 'pwsh' 生成补全脚本。"), ("instance show a b", "多余的参数 'b'"),
    ("instance show a --instance b", "给出了两个 ID"),
    ("link edit ID --allow-ip X=Y", "未知选项 '--allow-ip'"), ("link edit --link ID --allow-ip X=Y", "未知选项 '--allow-ip'"),
    ("instance show", "缺少参数 '--instance <id>'"),
  ]

  @Test("the parser's errors are in Chinese where that is the language", arguments: lines)
  func errors(_ line: String, _ chinese: String) async throws {
    let sandbox = try Sandbox()
    let outcome = try await sandbox.run(line, environment: ["LANG": "zh_CN.UTF-8"])
    #expect(outcome.status == 64)
    #expect(outcome.error.contains(chinese), "\(outcome.error)")
    for word in [
      "Error", "Usage", "Help:", "Missing", "Unknown", "Unexpected", "The value", "The option", "See '", "Did you mean",
      "Please", "Can't", "Invalid", "more information",
    ] { #expect(!outcome.error.contains(word), "\(outcome.error)") }
    let english = try await sandbox.run(line)
    #expect(english.status == 64 && english.error.hasPrefix("Error: "))
    #expect(!english.error.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) })
  }

  @Test(
    "sentences that these commands can't provoke are known too",
    arguments: [
      ("Missing one of: '--a', '--b'", "缺少以下参数之一：'--a'、'--b'"), ("Missing required subcommand.", "缺少子命令。"),
      ("Value to be set with flag '--a' had already been set with flag '--b'", "选项 '--a' 要设置的值已由 选项 '--b' 设置"),
      ("Unknown option '-xy'\n   or: Missing value for '-x <v>' in '-xy'", "未知选项 '-xy'\n或：缺少选项的值：'-x <v>'（在 '-xy' 中）"),
      (
        "The value 'x' is invalid for '<v>'. Please provide one of the following:\n  - a\n  - b",
        "值 'x' 不适用于 '<v>'，可选：\n  - a\n  - b"
      ),
      ("The value 'x' is invalid for '--v <v>': too long", "值 'x' 不适用于 '--v <v>'：too long"),
      ("The value 'x' is invalid for '<v>'", "值 'x' 不适用于 '<v>'"), ("The value 'x' is invalid.", "值 'x' 无效。"),
      ("Command 'x' is not a parent of the current command.", "命令 'x' 不是当前命令的上级。"),
      (
        "Can't autodetect a supported shell.\nPlease use --generate-completion-script=<shell> with one of:\n    zsh bash fish",
        "无法识别当前 shell。\n请使用 --generate-completion-script=<shell>，可选：zsh bash fish"
      ),
      ("Invalid option: -%", "无效的选项：-%"), ("未知的错误", "未知的错误"),
    ])
  func words(_ english: String, _ chinese: String) { #expect(UsageWords.chinese(english) == chinese) }

  @Test(
    "help in Chinese has no English heading or note, and no line wider than the terminal",
    arguments: [
      "--help", "help", "link --help", "help link create", "gitlab bind --help", "completions -h", "train", "man -h",
    ])
  func help(_ line: String) async throws {
    let outcome = try await Sandbox().run(line, environment: ["LANG": "zh_CN.UTF-8", "COLUMNS": "64"])
    #expect(outcome.status == 0 && outcome.output.hasPrefix("概述："))
    for word in [
      "OVERVIEW", "USAGE", "OPTIONS", "ARGUMENTS", "COMMANDS", "values:", "default:", "Show ", "See '", "<subcommand>",
    ] {
      #expect(!outcome.output.contains(word), "\(word): \(outcome.output)")
    }
    for line in outcome.output.split(separator: "\n") {
      #expect(line.count(where: { $0.isASCII }) + 2 * line.count(where: { !$0.isASCII }) <= 64, "\(line)")
    }
  }

  @Test(
    "a word that is no command is said to be none, with those near to it",
    arguments: [
      ("help nonsense", "nonsense", ""), ("help link crate", "link crate", "acr-console link create"),
      ("help lnik", "lnik", "acr-console link"), ("lnik list", "lnik", "acr-console link"),
      ("link lst", "link lst", "acr-console link list"), ("--workspace link Link", "Link", "acr-console link"),
      ("help link create more", "link create more", ""), ("settings", "", ""), ("help link create", "", ""),
      ("network add vp", "network add vp", "acr-console network add vpc"), ("hlep", "hlep", "acr-console help"),
      ("--plain lnik", "lnik", "acr-console link"),
      ("--language=en help --help", "", ""), ("help instance show --version", "", ""),
    ])
  func words(_ line: String, _ word: String, _ near: String) async throws {
    let outcome = try await Sandbox().run(line)
    #expect(outcome.status == (word.isEmpty ? 0 : 64), "\(outcome.error)")
    guard !word.isEmpty else { return }
    #expect(outcome.output.isEmpty && outcome.error.contains("There is no command “\(word)”."))
    #expect(outcome.error.contains("Did you mean `\(near)`") == !near.isEmpty, "\(outcome.error)")
  }

  @Test("the version is one, and the page of the manual has it too")
  func version() async throws {
    let sandbox = try Sandbox()
    #expect(try await sandbox.run("--version").output == Release.version + "\n")
    #expect(try await sandbox.run("link list --version").output == Release.version + "\n")
    #expect(try await sandbox.run("man").output.contains("version \(Release.version)."))
  }

  @Test("a base folder that isn't absolute is ignored, and a slash at its end doesn't matter")
  func folders() async throws {
    let sandbox = try Sandbox()
    let relative = ["XDG_DATA_HOME": "data", "XDG_STATE_HOME": "./state", "XDG_CONFIG_HOME": "config"]
    #expect(try await sandbox.run("workspace init --own", environment: relative).status == 0)
    let files = sandbox.files().keys
    #expect(files.contains(".local/share/acr-console/workspace.json"))
    #expect(files.contains(".local/state/acr-console/workspaces"))
    #expect(files.allSatisfy { $0.hasPrefix(".local/") })
    let file = try await sandbox.run("settings show --format json", environment: relative).object["File"] as? String
    #expect(file == "\(sandbox.folder)/.config/acr-console/settings.toml")
    let slashed =
      try await sandbox.run(
        "settings show --format json", environment: ["XDG_CONFIG_HOME": "\(sandbox.folder)/config/"]
      ).object["File"] as? String
    #expect(slashed == "\(sandbox.configuration)/settings.toml")
  }
}
