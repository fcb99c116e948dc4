import TerminalUI
import Testing

@testable import Console

@Suite("The palette", .serialized)
struct PaletteTests {
  @Test(
    "matches letters in their order, the beginnings of words before others",
    arguments: [
      ("cs", "Code Source", [0, 5]), ("src", "Code Source", [5, 8, 9]), ("so", "Code Source", [5, 6]),
      ("vpc", "VPC networks", [0, 1, 2]), ("安全", "托管安全组", [2, 3]), ("", "anything", []),
    ])
  func places(wanted: String, text: String, places: [Int]) { #expect(FuzzyMatch(wanted, in: text)?.places == places) }

  @Test(
    "doesn't match what isn't there", arguments: [("xyz", "Code Source"), ("sc", "Code"), ("eedoc", "Code Source")])
  func none(wanted: String, text: String) { #expect(FuzzyMatch(wanted, in: text) == nil) }

  @Test(
    "goes to places by short names and by names in either language",
    arguments: [
      ("sg", "Managed security group"), ("gitlab", "Sign-in"), ("link", "Link management"),
      ("ws", "Workspaces on this host"),
      ("概览", "To the first secure build"), ("activity", "When"), ("专有网络", "Range"),
      ("build-staging", "build-staging › Overview"),
    ])
  func goes(typed: String, seen: String) async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      story.press(.character(":"))
      await story.see("Go to a place, or do something")
      story.type(typed)
      story.press(.enter)
      await story.seeNo("Go to a place, or do something")
      await story.see(seen)
    }
  }

  @Test("shows the key that does the same, and why something can't be done")
  func shows() async throws {
    try await onScreen {
      let story = try Story(nil, size: Size(width: 120, height: 40))
      story.press(.character(":"))
      story.type("go-over")
      await story.see("First choose an instance.")
      await story.see("g o")
      story.press(.enter)
      await story.see("✗ First choose an instance.")
    }
  }

  @Test(
    "finds what is done in other places, and says where",
    arguments: [
      ("run-book", "What a person must do for a link", "Only in a path."),
      ("unbind", "Unbind", "Only in Code Source (s)."),
      ("解绑", "Unbind", "Only in Code Source (s)."),
      ("build now", "Build now", "Only in a repository, Build records (g b)"),
      ("hint", "The next hint of the lesson", "Lessons are for training workspaces."),
      ("wrap", "Wrap long lines of a log", "Only in a build."),
    ])
  func elsewhere(typed: String, title: String, reason: String) async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      let palette = PaletteDialog(app: story.app)
      for character in typed { _ = palette.type(.key(.character(character))) }
      let entry = try #require(palette.found.first { $0.entry.title.en.hasPrefix(title) }?.entry)
      #expect(entry.whyNot?.en.hasPrefix(reason) == true, "\(entry.whyNot?.en ?? "")")
      story.type(":" + typed)
      await story.see(title)
    }
  }

  @Test("puts what can be done here before what is done elsewhere, and finds places by the singular")
  func order() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      for (text, title) in [("build", "Build records"), ("repository", "Repositories"), ("namespace", "Repositories")] {
        let palette = PaletteDialog(app: story.app)
        for character in text { _ = palette.type(.key(.character(character))) }
        #expect(palette.titles.first == title, "\(text)")
      }
    }
  }

  @Test("finds every action of the page and every place")
  func complete() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.app.go(to: .codeSource(instance: Worlds.instance))
      for action in story.app.actions where ![.palette, .open, .navigation].contains(action.command) {
        for text in [action.label.en, action.label.zh, action.command.rawValue] {
          let palette = PaletteDialog(app: story.app)
          for character in text { _ = palette.type(.key(.character(character))) }
          #expect(palette.titles.contains(action.label.en), "\(text)")
        }
      }
    }
  }

  @Test("gives a name that is typed whole before those that only resemble it")
  func exact() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      for (text, title) in [("sg", "Managed security group"), ("ws", "Workspace"), ("link", "link management")] {
        let palette = PaletteDialog(app: story.app)
        for character in text { _ = palette.type(.key(.character(character))) }
        #expect(palette.titles.first == title)
      }
    }
  }
}

extension PaletteDialog {
  var titles: [String] { found.map(\.entry.title.en) }
}
