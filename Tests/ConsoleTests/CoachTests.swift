import FlatFiles
import SecureBuild
import TerminalUI
import Testing
import Training

@testable import Console

@Suite("Lessons and their coach") struct CoachTests {
  typealias Variant = (size: Size, language: Language)

  private static func begun(_ workspace: Workspace) throws {
    _ = try Lessons(in: workspace).start(try LessonCatalogue().lesson("ecs").lesson)
  }

  private static func link(_ workspace: Workspace) throws {
    _ = try workspace.createLink(
      LinkDraft(
        instanceId: "cri-9zq3hx0v2k7mfa1c", gitLabIntranetIp: "192.168.10.20", vpcId: "vpc-bp1a4v9q6o1ycs3kb8gxe",
        vSwitchId: "vsw-bp1e5d0h2u7mfr9pl6zoi"))
  }

  @Test(
    "the list, the coach beside or below the page, hints, and a dialog that leaves it uncovered",
    arguments: Golden.variants)
  func pages(_ variant: Variant) async throws {
    try await onScreen {
      let story = try Story(.training, hasWorld: true, size: variant.size, language: variant.language)
      story.settle()
      story.press(.character("g"), .character("t"))
      await story.see(variant.language == .chinese ? "第一条链路" : "First link and account")
      Golden.check(story.screen, "lessons", variant)
      story.press(.enter)
      await story.see(variant.language == .chinese ? "需要：" : "needs ")
      await story.until { story.app.work == nil }
      Golden.check(story.screen, "lesson-begun", variant)
      story.press(.function(4))
      await story.see(variant.language == .chinese ? "还有 2 条" : "hint (2 more)")
      // The hint shows a moment before its note is done, and a form has no keys meanwhile.
      await story.until { story.app.work == nil }
      story.type("s")
      story.type("m")
      story.type("c")
      Golden.check(story.screen, "lesson-dialog", variant)
      story.press(.function(6))
      await story.seeNo(variant.language == .chinese ? "还有 2 条" : "hint (2 more)")
    }
  }

  @Test("in a window without room for the coach its keys say so, and no hint is counted", arguments: Language.allCases)
  func noRoom(language: Language) async throws {
    try await onScreen {
      let story = try Story(
        .training, hasWorld: true, size: Size(width: 40, height: 12), language: language, prepare: Self.begun)
      story.settle()
      await story.until { story.app.lesson != nil }
      for key in [Key.function(4), .function(6)] {
        story.press(key)
        await story.see(language == .chinese ? "无法显示教练" : "no room for the coach")
        #expect(story.app.work == nil && !story.app.isCoachAway)
        story.press(.down)
      }
      story.resize(to: Size(width: 80, height: 24))
      await story.see(language == .chinese ? "还有 3 条" : "hint (3 more)")
      story.press(.function(4))
      await story.see(language == .chinese ? "还有 2 条" : "hint (2 more)")
    }
  }

  @Test("a step that counts is told, whoever made it count")
  func told() async throws {
    try await onScreen {
      let story = try Story(.training, hasWorld: true, prepare: Self.begun)
      story.settle()
      await story.see("needs a link of build-prod to GitLab at 192.168.10.20")
      try Self.link(try #require(story.app.workspace))
      story.filesChanged()
      await story.see("Bind the account")
      await story.see("needs an account at gitlab.corp.example")
    }
  }

  @Test("a key that helps is said in the words of its page")
  func keysThatHelp() async throws {
    try await onScreen {
      let story = try Story(.training, hasWorld: true, size: Size(width: 120, height: 40)) { workspace in
        _ = try Lessons(in: workspace).start(try LessonCatalogue().lesson("inbound-shadowed").lesson)
        try Self.link(workspace)
      }
      story.settle()
      await story.see("i Choose what to show")
    }
  }

  @Test("an own workspace has no coach, and its list says why there are no lessons")
  func own() async throws {
    try await onScreen {
      let story = try Story(.own)
      story.settle()
      story.press(.character("g"), .character("t"))
      #expect(story.text.contains("Lessons are for training workspaces."))
      story.press(.function(4))
      #expect(story.app.lesson == nil)
    }
  }

  @Test(
    "of any size nothing is drawn over anything, and the page keeps its room",
    arguments: [(40, 12), (60, 15), (80, 24), (109, 30), (110, 30), (200, 50)])
  func sizes(width: Int, height: Int) async throws {
    try await onScreen {
      let story = try Story(.training, hasWorld: true, prepare: Self.begun)
      story.settle()
      await story.see("needs a link")
      story.resize(to: Size(width: width, height: height))
      #expect(story.canvas.flaws.isEmpty)
      let (coach, rest) = CoachPanel.split(Size(width: width, height: height), rows: 8)
      #expect(rest.width >= 72 || rest.width == width)
      #expect(coach.width * coach.height + rest.width * rest.height <= width * height)
    }
  }
}
