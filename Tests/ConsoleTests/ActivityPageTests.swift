import SecureBuild
import TerminalUI
import Testing

@testable import Console

@Suite("The activity in the console", .serialized)
struct ActivityPageTests {
  @ScreenActor
  private func story() async throws -> Story {
    let story = try Story(prepare: Worlds.withLink)
    story.press(.character("g"), .character("a"))
    await story.see("2026-11-24 20:15")
    return story
  }

  @Test("tells below who it was, and all of what was done")
  func whole() async throws {
    try await onScreen {
      let story = try await story()
      #expect(!story.screen[4].contains("Who"))
      let details = story.screen.suffix(6).joined(separator: " ")
      for text in ["Who: lin@bastion", "Created the link", "192.168.10.31 (npm)", "About: Links"] {
        #expect(details.contains(text), "\(text)")
      }
    }
  }

  @Test("leads to the one instance that an entry is about, and says so")
  func leads() async throws {
    try await onScreen {
      let story = try await story()
      #expect(story.screen.last?.contains("Enter open") == true)
      story.press(.enter)
      #expect(story.app.page.place == .codeSource(instance: Worlds.instance))
      story.press(.escape, .down, .down, .down, .down, .enter)
      #expect(story.app.page.place == .overview(instance: "cri-local-0000000005"))
    }
  }

  @Test("leads nowhere from an entry that is about no instance, and says why")
  func nowhere() async throws {
    try await onScreen {
      let story = try await story()
      story.press(.end)
      await story.see("▸ 2026-11-24 20:00")
      #expect(story.screen.last?.contains("Enter") == false)
      story.press(.enter)
      #expect(story.app.page.place == .activity)
      #expect(story.text.contains("This entry is about no instance."))
    }
  }
}
