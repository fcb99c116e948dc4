import Glibc
import Testing

@testable import TerminalUI

@Suite("A theme file")
struct ThemeFileTests {
  private static let good = """
    inherits = "base"
    [palette]
    ink = "#102030"
    bar = "#ffffff"
    [roles]
    "page" = { fg = "ink", bg = "#000000" }
    bar = { fg = "ink", bg = "bar", attributes = ["bold", "underline"] }
    """

  @Test("gives roles colours from its palette, or as written, and attributes")
  func reads() {
    let file = ThemeFile(Self.good, name: "my.toml")
    #expect(file.problems.isEmpty)
    #expect(file.inherits == "base")
    #expect(
      file.styles[.page] == Style(foreground: RGB("#102030").map { ThemeColor($0) }, background: ThemeColor(.black)))
    #expect(file.styles[.bar]?.attributes == [.bold, .underline])
  }

  @Test(
    "names each fault with its line",
    arguments: [
      ("[palette]\nink = \"#12\"\n", 2, .badColour("#12")),
      ("[palette]\nink = [\"#102030\", \"mauve\"]\n", 2, .badName("mauve")),
      ("[palette]\nink = [\"blue\", \"#102030\"]\n", 2, .badColour("blue, #102030")),
      ("[palette]\nink = 7\n", 2, .badColour("")),
      ("[palette]\ncontrast = \"#000000\"\n", 1, nil), ("\ncontrast = 0\n", 2, .badContrast),
      ("contrast = \"high\"\n", 1, .badContrast),
      ("[palette]\nbar = \"#ffffff\"\n[roles]\nbar = { fg = \"ink\" }\n", 4, .badColour("ink")),
      ("[roles]\n\n\"page.typo\" = { fg = \"#000000\" }\n", 3, .unknownRole("page.typo")),
      ("[roles]\ntext = \"#000000\"\n", 2, .notAStyle("text")),
      ("[roles]\n\"text.muted\" = { fg = \"#000000\" }\ntext = { fgg = \"#000000\" }\n", 3, .notAStyle("fgg")),
      ("[roles]\ntext = { attributes = [\"blink\"] }\n", 2, .badAttribute("blink")),
    ] as [(String, Int, ThemeProblem.What?)])
  func faults(text: String, line: Int, what: ThemeProblem.What?) {
    let file = ThemeFile(text, name: "my.toml")
    #expect(file.problems == (what.map { [ThemeProblem(file: "my.toml", line: line, what: $0)] } ?? []))
  }

  @Test("names the colour to take where there are sixteen or eight, and the contrast that text keeps")
  func names() {
    let text = """
      contrast = 7
      [palette]
      ink = ["#102030", "bright-blue"]
      [roles]
      text = { fg = "ink", bg = ["#ffffff", "white"] }
      """
    let file = ThemeFile(text, name: "my.toml")
    #expect(file.problems.isEmpty)
    #expect(file.contrast == 7)
    #expect(file.styles[.text]?.foreground?.named == 12)
    #expect(file.styles[.text]?.background == ThemeColor(.white, named: 7))
  }

  @Test("that isn't TOML is said where")
  func syntax() throws {
    let problem = try #require(ThemeFile("[roles]\ntext = {\n", name: "my.toml").problems.first)
    #expect(problem.line >= 2)
    guard case .syntax = problem.what else {
      Issue.record("\(problem)")
      return
    }
  }
}

@Suite("The catalogue of themes")
struct ThemeCatalogueTests {
  /// A folder that is gone after `body`.
  private func inFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    var template = Array("/tmp/themes.XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer {
      for name in files.keys { unlink("\(folder)/\(name)") }
      rmdir(folder)
    }
    for (name, text) in files {
      let file = try #require(fopen("\(folder)/\(name)", "w"))
      fputs(text, file)
      fclose(file)
    }
    try body(folder)
  }

  private let base: [(name: String, bytes: [UInt8])] = [
    ("base", Array("[roles]\npage = { fg = \"#ffffff\", bg = \"#000000\" }\nbar = { fg = \"#ffffff\" }\n".utf8))
  ]

  @Test("joins and overrides the built-in ones by the files of a folder")
  func joins() throws {
    let files = [
      "mine.toml": "inherits = \"base\"\n[roles]\nbar = { fg = \"#ff0000\" }\n", "base.toml": "[roles]\n",
      ".hidden.toml": "", "notes.txt": "",
    ]
    try inFolder(files) { folder in
      let catalogue = ThemeCatalogue(builtIn: base, folder: folder)
      #expect(catalogue.names == ["base", "mine"])
      #expect(catalogue.theme(named: "mine").theme?.style(.bar).foreground?.rgb == RGB("#ff0000"))
      #expect(catalogue.theme(named: "base").theme?.style(.page) == Style())
    }
  }

  @Test("gives a theme what it inherits, and a role the look of what it is a part of")
  func inherits() throws {
    try inFolder(["mine.toml": "inherits = \"base\"\n"]) { folder in
      let theme = try #require(ThemeCatalogue(builtIn: base, folder: folder).theme(named: "mine").theme)
      #expect(theme.style(.page).background?.rgb == .black)
      #expect(theme.style(.barTraining).foreground?.rgb == .white)
      #expect(theme.style(.toast) == theme.style(.page))
    }
  }

  @Test("names a parent that isn't there, or that leads back", arguments: ["nothing", "mine", "other"])
  func parents(parent: String) throws {
    try inFolder(["mine.toml": "\ninherits = \"\(parent)\"\n", "other.toml": "inherits = \"mine\"\n"]) { folder in
      let read = ThemeCatalogue(builtIn: base, folder: folder).theme(named: "mine")
      #expect(read.theme == nil)
      #expect(
        read.problems.contains {
          if case .unknownParent = $0.what { $0.line <= 2 } else { false }
        })
    }
  }

  @Test("knows a folder that isn't there, a theme that isn't, and a file that can't be read")
  func missing() throws {
    let catalogue = ThemeCatalogue(builtIn: base, folder: "/nonexistent")
    #expect(catalogue.names == ["base"])
    #expect(catalogue.theme(named: "none").theme == nil)
    try inFolder([:]) { folder in
      mkdir("\(folder)/folder.toml", 0o700)
      defer { rmdir("\(folder)/folder.toml") }
      let read = ThemeCatalogue(builtIn: base, folder: folder).theme(named: "folder")
      #expect(read.problems.map(\.what) == [.unreadable])
    }
  }
}
