import Foundation
import Testing

@Suite("Settings and themes by commands")
struct SettingsAndThemeTests {
  @Test("settings show each value and where it comes from")
  func settings() async throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      "# mine\ntheme = \"light\"\nescape_delay_ms = 100\n", to: "\(sandbox.configuration)/settings.toml")
    let shown = try await sandbox.run("settings show --format json --language zh").object
    let settings = try #require(shown["Settings"] as? [[String: Any]])
    let sources = Dictionary(
      uniqueKeysWithValues: settings.map { ($0["Name"] as? String ?? "", $0["Source"] as? String) })
    #expect(
      sources.filter { !$0.key.contains(".") }
        == [
          "language": "OPTION", "theme": "FILE", "mouse": "BUILT_IN", "escape_delay_ms": "FILE",
          "credential_helper": "BUILT_IN",
        ])
    #expect(sources.count > 40 && sources["keys.check"] == "BUILT_IN")
    #expect(settings.first { $0["Name"] as? String == "theme" }?["Line"] as? Int == 2)
    #expect(settings.first { $0["Name"] as? String == "escape_delay_ms" }?["Value"] as? Int == 100)
    #expect(settings.first { $0["Name"] as? String == "escape_delay_ms" }?["Default"] as? String == "25")
  }

  @Test("settings say what each does and what it may be, in both languages", arguments: ["en", "zh"])
  func explained(_ language: String) async throws {
    let sandbox = try Sandbox()
    let table = try await sandbox.run("settings show --language \(language)").output
    for name in ["language", "theme", "mouse", "escape_delay_ms", "credential_helper", "keys"] {
      #expect(table.contains("\n\(name)\n    "))
    }
    #expect(table.contains(language == "en" ? "a number from 0 to 5000" : "0 到 5000"))
    let shown = try await sandbox.run("settings show --format json --language \(language)").object
    for setting in try #require(shown["Settings"] as? [[String: Any]]) {
      #expect((setting["Description"] as? String)?.isEmpty == false && (setting["Values"] as? String)?.isEmpty == false)
    }
  }

  @Test("keys of one's own are read with their lines, as texts and lists of texts")
  func keys() async throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      "theme = \"light\"\n\n[keys]\nback = \"X\"\n# two\nquit = [\"Q\", \"ctrl-y\"]\nhelp = []\n",
      to: "\(sandbox.configuration)/settings.toml")
    let shown = try await sandbox.run("settings show --format json").object
    #expect((shown["Problems"] as? [Any])?.isEmpty == true)
    let keys = try #require(shown["Settings"] as? [[String: Any]]).filter {
      ($0["Name"] as? String)?.hasPrefix("keys.") == true && $0["Source"] as? String == "FILE"
    }
    #expect(keys.map { $0["Name"] as? String } == ["keys.back", "keys.help", "keys.quit"])
    #expect(keys.map { $0["Value"] as? [String] } == [["X"], [], ["Q", "Ctrl-Y"]])
    #expect(keys.map { $0["Default"] as? String } == ["q, Backspace", "?, F1", "Q"])
    #expect(keys.map { $0["Line"] as? Int } == [4, 7, 6])
    #expect(try await sandbox.run("settings show").output.contains("Q, Ctrl-Y"))
  }

  @Test(
    "what is wrong in the settings file is named with its line, and the rest holds",
    arguments: [
      ("theme = \"light\"\nmouse = \"yes\"\n", 2), ("escape_delay_ms = -1\n", 1), ("language = \"fr\"\n", 1),
      ("theme = \"light\"\n\ncolour = 1\n", 3), ("theme = \"light\nmouse = true\n", 1), ("theme = 5\n", 1),
      ("mouse = true\ncredential_helper = \"!pass show x\"\n", 2), ("credential_helper = \"\"\n", 1),
      ("keys = 5\n", 1), ("[keys]\nquit = 5\n", 2), ("[keys]\nback = \"X\"\nquit = [\"q\", 5]\n", 3),
      ("[keys]\n\nquit = \"\"\n", 3), ("theme = \"dark\"\nkeys.quit = true\n", 2), ("[keys.quit]\nx = 1\n", 1),
      ("theme = \"dark\"\n\n[keys]\ndance = \"x\"\n", 4), ("[keys]\ncheck = \"m\"\n", 2),
      ("[keys]\ncheck = \"Hyper-x\"\n", 2),
    ])
  func faults(_ text: String, _ line: Int) async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.configuration)/settings.toml"
    try sandbox.write(text, to: file)
    let shown = try await sandbox.run("settings show --format json")
    let problem = try #require((shown.object["Problems"] as? [[String: Any]])?.first)
    #expect(shown.status == 0 && problem["Line"] as? Int == line && problem["File"] as? String == file)
    #expect(try await sandbox.run("settings show").error.contains("\(file):\(line): "))
    let chinese = try await sandbox.run("settings show --language zh")
    #expect(chinese.error.contains("\(file):\(line)："), "\(chinese)")
    #expect(try await sandbox.run("region list").status == 0)
  }

  @Test("four themes are built in, and files of one's own join or replace them")
  func themes() async throws {
    let sandbox = try Sandbox()
    #expect(
      try await sandbox.run("theme list --format json").array.map { $0["Name"] as? String }
        == ["dark", "light", "high-contrast", "console"])
    let mine = "\(sandbox.configuration)/themes/mine.toml"
    try sandbox.write("inherits = \"dark\"\n[roles]\nbar = { fg = \"#ffffff\" }\n", to: mine)
    let bad = "\(sandbox.configuration)/themes/bad.toml"
    try sandbox.write("[roles]\nbar = { fg = \"mauve\" }\n", to: bad)
    let listed = try await sandbox.run("theme list --format json").array
    let own = try #require(listed.first { $0["Name"] as? String == "mine" })
    #expect(own["Source"] as? String == "FILE" && own["File"] as? String == mine)
    let broken = try #require(listed.first { $0["Name"] as? String == "bad" })
    #expect((broken["Problems"] as? [[String: Any]])?.first?["Line"] as? Int == 2)
    let shown = try await sandbox.run("theme show bad --format json")
    #expect(shown.status == 1 && shown.code == "InvalidTheme" && shown.error.contains("bad.toml:2"))
    #expect(try await sandbox.run("theme show mine").status == 0)
  }

  @Test("a preview has colours on a terminal and none elsewhere")
  func preview() async throws {
    let sandbox = try Sandbox()
    #expect(
      try await !sandbox.run("theme show dark", environment: ["TERM": "xterm-256color"]).output.contains("\u{1b}"))
    let roles = try #require(try await sandbox.run("theme show dark --format json").object["Roles"] as? [[String: Any]])
    #expect(roles.contains { $0["Role"] as? String == "table.selected" })
    for (environment, isColoured) in [
      (["TERM": "xterm-256color"], true), (["TERM": "xterm-256color", "NO_COLOR": "1"], false),
    ] {
      let terminal = try RawTerminal()
      try sandbox.start(["theme", "show", "dark"], on: terminal, environment: environment)
      #expect(try await terminal.ended() == .exited(0))
      #expect(terminal.text.contains("38;5;") == isColoured)
    }
  }

  @Test("a theme in the settings that isn't there is named with its line")
  func missingTheme() async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.configuration)/settings.toml"
    try sandbox.write("mouse = true\ntheme = \"mauve\"\n", to: file)
    let shown = try await sandbox.run("settings show --format json")
    let problem = try #require((shown.object["Problems"] as? [[String: Any]])?.first)
    #expect(shown.status == 0 && problem["Line"] as? Int == 2)
    #expect((problem["Message"] as? String)?.contains("high-contrast") == true)
    #expect(try await sandbox.run("settings show").error.contains("\(file):2: there is no theme “mauve”"))
    try sandbox.write("", to: "\(sandbox.configuration)/themes/mauve.toml")
    #expect(try await sandbox.run("settings show").error == "")
  }

  @Test("a preview tells the contrast of each role with as many colours as there are")
  func contrast() async throws {
    let sandbox = try Sandbox()
    let shown = try await sandbox.run("theme show high-contrast --format json").object
    let roles = try #require(shown["Roles"] as? [[String: Any]])
    let page = try #require(roles.first { $0["Role"] as? String == "page" }?["Contrast"] as? [String: String])
    #expect(page == ["Direct": "20.8", "Indexed256": "21.0", "Indexed16": "21.0", "Indexed8": "16.6"])
    let text = try await sandbox.run("theme show dark").output
    #expect(text.contains("table.selected") && text.contains("24 bit") && !text.contains("!  "))
    try sandbox.write(
      "inherits = \"dark\"\n[roles]\nhint = { fg = \"#202428\" }\n", to: "\(sandbox.configuration)/themes/faint.toml")
    let faint = try await sandbox.run("theme show faint").output.split(separator: "\n").first { $0.contains(" hint ") }
    #expect(faint?.contains("1.1!") == true)
  }
}
