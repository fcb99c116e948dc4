import SecureBuild
import TerminalUI
import Testing

@testable import Console

/// Repositories, rules, records and builds as they are drawn, in every size and both languages.
@Suite("Golden screens of builds", .serialized)
struct BuildScreenTests {
  typealias Variant = (size: Size, language: Language)

  static let variants: [Variant] = Golden.variants + SmallWindowTests.variants

  @ScreenActor
  private func story(
    _ variant: Variant, _ kind: WorkspaceKind = .own,
    _ prepare: @escaping (Workspace) throws -> Void = Worlds.withRepositories
  ) throws -> Story {
    let story = try Story(kind, size: variant.size, language: variant.language, prepare: prepare)
    story.settle()
    return story
  }

  @Test("Repositories: none, and some with their last builds", arguments: variants)
  func repositories(_ variant: Variant) async throws {
    try await onScreen {
      let empty = try story(variant, .own, Worlds.plain)
      empty.go(to: .repositories(instance: Worlds.instance))
      Golden.check(empty.screen, "repositories-empty", variant)
      let story = try story(variant) { workspace in
        try Worlds.withRepositories(workspace)
        try PlayedBuild(workspace, rule: Worlds.rule).playToSuccess()
      }
      story.go(to: .repositories(instance: Worlds.instance))
      await story.see("✓")
      Golden.check(story.screen, "repositories", variant)
    }
  }

  @Test("One repository with its rules and last builds", arguments: variants)
  func repository(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant) { workspace in
        try Worlds.withRepositories(workspace)
        try PlayedBuild(workspace, rule: Worlds.rule).playToFailure()
      }
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      await story.until { story.app.builds?.isLoaded == true }
      Golden.check(story.screen, "repository", variant)
      story.press(.end)
      Golden.check(story.screen, "repository-builds", variant)
    }
  }

  @Test("A rule's sheet says what GitLab says", arguments: variants)
  func rule(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      story.press(.enter)
      await story.until {
        story.text.contains("✓ FROM debian:12") || variant.size.height < 20 && story.text.contains("▼")
      }
      Golden.check(story.screen, "dialog-rule-sheet", variant)
      story.press(.character("K"))
      Golden.check(story.screen, "dialog-cluster", variant)
    }
  }

  @Test("Forms of a repository, a rule and the registry", arguments: variants)
  func forms(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      story.go(to: .repositories(instance: Worlds.instance))
      story.press(.character("c"))
      Golden.check(story.screen, "dialog-repository", variant)
      story.press(.escape, .character("p"))
      Golden.check(story.screen, "dialog-registry", variant)
      story.press(.right, .right)
      Golden.check(story.screen, "dialog-registry-server", variant)
      story.press(.escape, .character("y"))
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      story.press(.character("c"))
      Golden.check(story.screen, "dialog-rule", variant)
    }
  }

  @Test("The list of projects as GitLab has them", arguments: variants)
  func projects(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      story.go(to: .repositories(instance: Worlds.instance))
      story.press(.character("c"), .tab, .tab, .tab, .tab, .enter)
      await story.see("250")
      story.type("web")
      await story.see("team/web")
      Golden.check(story.screen, "dialog-repository-projects", variant)
    }
  }

  @Test("What the source check says while a rule is typed", arguments: variants)
  func sourceCheck(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      story.world.gitLab.set(dockerfile: "FROM debian:12\nFROM corp/base:9\nRUN <<EOF\nmake\nEOF\n")
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      story.press(.character("e"))
      await story.see("✗")
      Golden.check(story.screen, "dialog-rule-check", variant)
    }
  }

  @Test("Build records, one of each kind", arguments: variants)
  func records(_ variant: Variant) async throws {
    try await onScreen {
      var live: PlayedBuild?
      let story = try story(variant) { workspace in
        try Worlds.withRepositories(workspace)
        try PlayedBuild(workspace, rule: Worlds.rule).playToSuccess()
        try PlayedBuild(workspace, rule: Worlds.rule).playToFailure()
        let orphan = try PlayedBuild(workspace, rule: Worlds.rule)
        try orphan.playToBuild()
        orphan.letGo()
        live = try PlayedBuild(workspace, rule: Worlds.rule)
        try live?.playToBuild()
        _ = try PlayedBuild(workspace, rule: Worlds.rule)
      }
      story.go(to: .builds(instance: Worlds.instance))
      await story.see("○")
      Golden.check(story.screen, "builds", variant)
      live?.letGo()
    }
  }

  @Test("A build that runs, one that succeeded and one that was refused something", arguments: variants)
  func build(_ variant: Variant) async throws {
    try await onScreen {
      var builds: [PlayedBuild] = []
      let story = try story(variant, .training) { workspace in
        try Worlds.withRepositories(workspace)
        for _ in 0..<3 { builds.append(try PlayedBuild(workspace, rule: Worlds.rule)) }
        try builds[0].playToBuild()
        try builds[1].playToSuccess()
        try builds[2].playToFailure()
      }
      for (name, build) in zip(["running", "success", "failed"], builds) {
        story.go(to: .build(id: build.id, instance: Worlds.instance))
        // Its lines are counted, and the stages stand among them.
        await story.seeWholeLog()
        if variant.size.width >= 80 { await story.see("──") }
        Golden.check(story.screen, "build-\(name)", variant)
      }
      story.press(.character("z"))
      Golden.check(story.screen, "build-log", variant)
      story.press(.character("/"))
      story.type("step")
      await story.see("1/3 ")
      // All of it was searched.
      await story.seeNo("1/3 …")
      Golden.check(story.screen, "build-log-search", variant)
      builds[0].letGo()
    }
  }

  @Test("What this machine lacks is said before a build is started", arguments: variants)
  func missing(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      story.world.lacks([
        MissingPart(
          name: "nft", why: Phrase("The program isn't installed.", "未安装该程序。"),
          mend: Phrase("apt-get install nftables", "apt-get install nftables")),
        MissingPart(
          name: "user namespaces", why: Phrase("The kernel doesn't let a user make them.", "内核不允许用户创建用户命名空间。"),
          mend: Phrase("sysctl kernel.unprivileged_userns_clone=1", "sysctl kernel.unprivileged_userns_clone=1")),
      ])
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      await story.see("⚠")
      Golden.check(story.screen, "repository-missing", variant)
      story.press(.character("B"))
      await story.see("nftables")
      Golden.check(story.screen, "dialog-missing", variant)
    }
  }
}
