import FlatFiles
import Foundation
import SecureBuild
import TerminalUI
import Testing

@testable import Console

/// Forms that come back as they were left.
@Suite("A half-filled form") struct HalfFilledFormTests {
  @Test("A half-filled form outlives a dropped line, without its token")
  func keptForm() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.enter, .character("s"), .character("b"), .tab, .tab)
      story.type("https://half")
      story.press(.tab, .tab)
      story.paste("glpat-HalfFilledSecret")
      story.app.keepForms()
      #expect(try story.files(containing: "HalfFilledSecret").isEmpty)
      #expect(try story.files(containing: "https://half").count == 1)
      story.restart()
      story.press(.enter, .character("s"), .character("b"))
      await story.see("https://half")
      await story.see("without its token")
    }
  }

  @Test("A half-filled form for the Internet comes back without the link that it has no use for")
  func keptInternet() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.enter, .character("s"), .character("b"), .right, .tab)
      story.type("https://half")
      story.app.keepForms()
      story.restart()
      story.press(.enter, .character("s"), .character("b"))
      await story.see("● Internet")
      await story.see("https://half")
      #expect(!story.text.contains("Link Information"))
    }
  }

  @Test("A half-filled link comes back with its vSwitch, which its VPC offers")
  func keptVSwitch() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .character("m"), .character("c"), .tab, .tab, .tab, .enter, .enter, .tab, .enter, .enter)
      await story.see("vsw-local-0000000001")
      story.app.keepForms()
      story.restart()
      story.press(.enter, .character("m"), .character("c"))
      await story.see("vpc-local-0000000001")
      await story.see("vsw-local-0000000001")
    }
  }

  @Test("What is wrong in a half-filled form is said as soon as it is back, what is missing isn't yet")
  func keptMistakes() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .character("m"), .character("c"))
      story.type("10.0.0.300")
      story.press(.tab, .tab)
      story.type("999.1 ")
      story.app.keepForms()
      story.restart()
      story.press(.enter, .character("m"), .character("c"))
      await story.see("“10.0.0.300” is not an IPv4 address.")
      await story.see("“999.1” is not a host name.")
      #expect(!story.text.contains("This field is needed."))
    }
  }

  @Test("A wrong value that is brought back by undoing is said to be wrong")
  func undoneMistake() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .character("m"), .character("c"), .tab, .tab)
      story.type("999.1 ")
      story.press(.tab)
      await story.see("“999.1” is not a host name.")
      story.press(.backTab, .backspace)
      await story.seeNo("999.1")
      story.press(.control("_"), .tab)
      await story.see("“999.1” is not a host name.")
    }
  }
}
