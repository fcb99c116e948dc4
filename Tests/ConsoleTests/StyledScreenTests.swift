import SecureBuild
import Testing
import Themes

@testable import Console
@testable import TerminalUI

/// Telling screens with their looks, as each terminal gets them: a golden file a theme and number of colours.
@Suite("Screens with their looks", .serialized)
struct StyledScreenTests {
  /// A training workspace's instances, a form with an error and an open list in it, and a question in one of one's own.
  @ScreenActor
  private func canvases() throws -> [(title: String, canvas: Canvas)] {
    let training = try story(.training)
    let instances = training.canvas
    training.press(.enter, .character("m"), .character("c"))
    training.type("100.104.3.4")
    training.press(.tab)
    training.type("10.0.0.300=Maven 10.0.0.9 ")
    training.press(.tab, .tab, .enter, .enter, .tab, .enter)
    let form = training.canvas
    let own = try story(.own)
    own.type("d")
    return [("instances, training", instances), ("a form, training", form), ("a question, own", own.canvas)]
  }

  @ScreenActor
  private func story(_ kind: WorkspaceKind) throws -> Story {
    let story = try Story(kind, prepare: Worlds.plain)
    story.settle()
    return story
  }

  private func theme(_ name: String) throws -> Theme {
    try #require(ThemeCatalogue(builtIn: Themes.builtIn).theme(named: name).theme)
  }

  private static let depths: [(name: String, depth: ColorDepth)] = [
    ("direct", .direct), ("256", .indexed256), ("16", .indexed16), ("8", .indexed8), ("mono", .monochrome),
  ]

  @Test("are drawn with as many colours as the terminal has", arguments: Themes.builtIn.map(\.name))
  func colours(name: String) async throws {
    let theme = try theme(name)
    try await onScreen {
      let canvases = try canvases()
      for (suffix, depth) in Self.depths {
        let lines = canvases.flatMap { title, canvas in
          ["== \(title)"] + StyledScreen(canvas: canvas, theme: theme, depth: depth).lines
        }
        Golden.check(lines, file: "Styles/\(name).\(suffix).txt")
      }
    }
  }

  @Test("keep the colours of a log, as many as there are, each to be read", arguments: ["dark", "light"])
  func log(name: String) async throws {
    let theme = try theme(name)
    try await onScreen {
      var id = ""
      let story = try Story(.training, size: Size(width: 80, height: 30)) { workspace in
        try Worlds.withRepositories(workspace)
        let build = try PlayedBuild(workspace, rule: Worlds.rule)
        id = build.id
        try build.playToBuild()
        try build.log(
          "\u{1b}[38;5;208morange\u{1b}[0m \u{1b}[30;40mblack on black\u{1b}[0m \u{1b}[97;41mwhite on red\u{1b}[0m\n")
        try build.log(
          "\u{1b}[1mbold\u{1b}[0m \u{1b}[2mdim\u{1b}[0m \u{1b}[3mitalic\u{1b}[0m \u{1b}[4munderlined\u{1b}[0m \u{1b}[7mreversed\u{1b}[0m\n"
        )
        try build.tell(.ended(.success, nil), after: 0)
        build.letGo()
      }
      story.settle()
      story.go(to: .build(id: id, instance: Worlds.instance))
      await story.seeWholeLog()
      let canvas = story.canvas
      for (suffix, depth) in Self.depths {
        Golden.check(
          StyledScreen(canvas: canvas, theme: theme, depth: depth).lines, file: "Styles/log-\(name).\(suffix).txt")
      }
    }
  }

  @Test("are drawn in ASCII alone where the charset has no more, without colours")
  func ascii() async throws {
    let theme = try theme("dark")
    try await onScreen {
      let lines = try canvases().flatMap { title, canvas in
        ["== \(title)"] + StyledScreen(canvas: canvas, theme: theme, depth: .monochrome, isASCII: true).lines
      }
      #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
      Golden.check(lines, file: "Styles/ascii.mono.txt")
    }
  }

  /// By the frame's look alone, whatever the badge says.
  @Test(
    "of a training workspace can't be mistaken for one of one's own", arguments: Themes.builtIn.map(\.name),
    ColorDepth.allCases)
  func training(name: String, depth: ColorDepth) async throws {
    let theme = try theme(name)
    try await onScreen {
      let screens = try [WorkspaceKind.training, .own].map { kind in
        StyledScreen(canvas: try story(kind).canvas, theme: theme, depth: depth, isASCII: true)
      }
      let bars = screens.map { theme.reduced($0.canvas[1, 0].role, to: depth) }
      #expect(bars[0] != bars[1])
      let line = try #require((0..<80).first { screens[0].canvas[$0, 12].role == .frameTraining })
      let columns = screens.map { ASCIIFallback.scalars($0.canvas[line, 12].scalar(0), isWide: false).map(String.init) }
      #expect(columns == [["#"], ["|"]])
      #expect(
        theme.reduced(screens[0].canvas[line, 12].role, to: depth)
          != theme.reduced(screens[1].canvas[line, 12].role, to: depth))
    }
  }
}
