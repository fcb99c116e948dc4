import TerminalUI
import Testing

@testable import Console

@Suite("The mouse", .serialized)
struct MouseTests {
  @Test("selects, opens with a second click, and goes by the navigation")
  func places() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      story.click("build-staging")
      await story.see("▸ build-staging")
      story.click("build-staging", .doubleClick)
      await story.see("build-staging › Overview")
      story.click("Code Source")
      await story.see("Not bound")
      story.click("VPC networks")
      await story.see("192.168.0.0/16")
    }
  }

  @Test("sorts by the title that is clicked, and the other way round by a second click")
  func sorts() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      _ = story.screen
      story.click("Name ")
      await story.see("Name ▲")
      story.click("Name ▲")
      await story.see("Name ▼")
    }
  }

  @Test("presses the buttons of a question")
  func question() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      _ = story.screen
      story.press(.character("d"))
      await story.see("Delete build-prod")
      story.click("Cancel")
      await story.seeNo("Nothing changes at the vendor's")
      story.press(.character("d"))
      await story.see("▸ Cancel ◂")
      story.click("Delete    ")
      await story.see("Deleted build-prod.")
    }
  }

  @Test("fills a form: fields, radio options, lists and buttons")
  func form() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      story.press(.character("c"))
      await story.see("Add an instance")
      story.click("Name*")
      story.click("(build-prod)")
      story.type("by-mouse")
      story.click("○ Standard")
      await story.see("● Standard")
      story.click("▾")
      await story.see("close the list")
      story.click("▸  Running")
      await story.seeNo("close the list")
      story.click("  Add  ")
      await story.see("Added by-mouse")
    }
  }

  @Test("chooses a region, and a line of the palette")
  func lists() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      story.press(.character("r"))
      await story.see("Zone table of")
      story.click("eu-central-1")
      await story.see("eu-build")
      story.press(.character(":"))
      story.type("activ")
      await story.see("g a")
      story.click("Activity   ")
      await story.see("Made the workspace")
    }
  }

  @Test("beside a list that one types to search chooses nothing of it")
  func beside() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.character(":"))
      await story.see("› ")
      let row = story.screen.firstIndex { $0.contains("filter") } ?? 0
      story.point(Mouse(.click, at: Point(x: 0, y: row)))
      await story.see("Go to a place, or do something")
    }
  }

  @Test("never reaches what is behind a dialog")
  func modal() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      _ = story.screen
      story.press(.character("d"))
      story.click("VPC networks")
      await story.see("Delete build-prod")
    }
  }
}
