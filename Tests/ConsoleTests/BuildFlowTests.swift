import Foundation
import SecureBuild
import TerminalUI
import Testing

@testable import Console

/// From a bound GitLab to an image, as users walk it, in memory.
@Suite("Builds", .serialized)
struct BuildFlowTests {
  @ScreenActor
  private func story(
    size: Size = Size(width: 100, height: 32), _ prepare: @escaping (Workspace) throws -> Void = Worlds.withRepositories
  ) throws -> Story {
    let story = try Story(size: size, prepare: prepare)
    story.settle()
    return story
  }

  @Test("From nothing to a build that was asked for, by keys alone: repository, project, rule, build now")
  func wholeFlow() async throws {
    try await onScreen {
      let story = try story(Worlds.bound)
      story.press(.enter, .character("g"), .character("r"))
      await story.see("No repository yet")
      story.press(.character("c"))
      story.type("team")
      story.press(.tab)
      story.type("web")
      story.press(.tab, .tab)
      story.type("The shop's front")
      story.press(.tab, .enter)
      await story.see("250")
      story.type("team/w")
      story.press(.enter)
      await story.see("team/web  main")
      story.press(.control("s"))
      await story.see("No rule yet")
      #expect(try story.app.reading?.repository(Worlds.repository).source?.projectId == 250)
      story.press(.character("c"), .tab, .enter)
      await story.see("feature/login")
      story.type("main")
      story.press(.enter)
      await story.see("✓ FROM debian:12 (line 1): by a mirror")
      story.press(.control("s"))
      await story.see("● now")
      story.press(.character("B"))
      await story.see("Pending")
      await story.see("Waits for its turn")
      let live = try story.builder().builds.live()
      #expect(live.map(\.request.ref) == ["main"])
      #expect(live.first?.request.by == "lin@bastion")
    }
  }

  @Test("A running build is followed: stages, log and end show by themselves")
  func follows() async throws {
    try await onScreen {
      let story = try story()
      let build = try PlayedBuild(try story.builder(), rule: Worlds.rule)
      story.go(to: .build(id: build.id, instance: Worlds.instance))
      await story.see("Pending")
      try build.playToBuild()
      await story.see("▸ Build")
      await story.see("following")
      await story.see("STEP 3/3: RUN mvn -q package")
      await story.see("── ✓ Clone")
      #expect(story.text.contains("Receiving objects: 100% (42/42), done."))
      #expect(!story.text.contains("Receiving objects:  10%"))
      #expect(story.text.contains("192.168.10.30 (Maven)"))
      try build.log("\u{1b}[32mdone\u{1b}[0m\n")
      await story.see("done")
      try build.tell(.ended(.success, nil), after: 0)
      build.letGo()
      await story.see("✓ Success")
      #expect(!story.text.contains("following"))
    }
  }

  @Test("A log of one line has one line")
  func oneLine() async throws {
    try await onScreen {
      let story = try story()
      let build = try PlayedBuild(try story.builder(), rule: Worlds.rule)
      build.take()
      try build.tell(.started)
      try build.begin(.prepare, after: 0)
      try build.log("network closed\n")
      story.go(to: .build(id: build.id, instance: Worlds.instance))
      await story.see("following · 1 line")
      #expect(!story.text.contains("1 lines"))
      build.letGo()
    }
  }

  @Test("A build whose runner died says so")
  func orphan() async throws {
    try await onScreen {
      let story = try story()
      let build = try PlayedBuild(try story.builder(), rule: Worlds.rule)
      try build.playToBuild()
      story.go(to: .builds(instance: Worlds.instance))
      await story.see("◐ Building")
      build.letGo()
      await story.see("✗ Runner died")
      story.press(.enter)
      await story.see("→ The next runner ends it")
    }
  }

  @Test("Cancelling asks once; what only waits is cancelled at once")
  func cancels() async throws {
    try await onScreen {
      let story = try story()
      let build = try PlayedBuild(try story.builder(), rule: Worlds.rule)
      story.go(to: .build(id: build.id, instance: Worlds.instance))
      await story.see("Waits for its turn")
      story.press(.character("x"))
      await story.see("Let it run")
      story.press(.enter)
      await story.seeNo("Let it run")
      story.press(.character("x"), .character("y"))
      await story.see("– Cancelled")
      story.press(.character("x"))
      await story.see("This build is over")
    }
  }

  @Test("Cancelling one that runs asks its runner, and says that it was asked")
  func cancelsRunning() async throws {
    try await onScreen {
      let story = try story()
      let build = try PlayedBuild(try story.builder(), rule: Worlds.rule)
      try build.playToBuild()
      story.go(to: .build(id: build.id, instance: Worlds.instance))
      await story.see("▸ Build")
      story.press(.character("x"), .character("y"))
      await story.see("◐ Being cancelled")
      build.letGo()
    }
  }

  @Test("What was refused leads to the link's dialog with the address filled in")
  func refused() async throws {
    try await onScreen {
      let story = try story()
      let build = try PlayedBuild(try story.builder(), rule: Worlds.rule)
      try build.playToFailure()
      story.go(to: .build(id: build.id, instance: Worlds.instance))
      await story.see("3 connections to 10.0.0.9:443/tcp refused by the managed group")
      await story.see("Step 3 of the Dockerfile failed")
      story.press(.character("a"))
      await story.see("Edit link")
      await story.see("10.0.0.9 ×")
      #expect(!story.text.contains("9.9.9.9"))
      story.press(.control("s"))
      await story.see("is saved")
      #expect(try story.app.reading?.links(of: Worlds.instance).first?.allowedIps.count == 3)
    }
  }

  @Test("A record is built again, the same commit and rule")
  func again() async throws {
    try await onScreen {
      let story = try story()
      let build = try PlayedBuild(try story.builder(), rule: Worlds.rule)
      try build.playToSuccess()
      story.go(to: .build(id: build.id, instance: Worlds.instance))
      await story.see("✓ Success")
      story.press(.character("B"))
      await story.see("Pending")
      await story.see("again")
      let live = try story.builder().builds.live()
      #expect(live.first?.request.commitId == PlayedBuild.commit)
    }
  }

  @Test("Build now is off with the reason: an expression, a version that a push names")
  func notNow() async throws {
    try await onScreen {
      let story = try story()
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      story.press(.down, .character("B"))
      await story.see("is an expression")
      story.press(.down, .character("B"))
      await story.see("carries the time or commit")
      #expect(try story.builder().builds.live().isEmpty)
    }
  }

  @Test("A machine that lacks a part starts nothing and says what to install")
  func lacking() async throws {
    try await onScreen {
      let story = try story()
      story.world.lacks([
        MissingPart(
          name: "nft", why: Phrase("The program isn't installed.", "未安装该程序。"),
          mend: Phrase("apt-get install nftables", "apt-get install nftables"))
      ])
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      await story.see("Missing: nft")
      story.press(.character("B"))
      await story.see("→ apt-get install nftables")
      #expect(try story.builder().builds.live().isEmpty)
      story.press(.enter)
      story.world.lacks([])
      story.press(.character("B"))
      await story.see("Pending")
    }
  }

  @Test("The navigation marks the list that a repository and a build are in")
  func marked() async throws {
    try await onScreen {
      let story = try story()
      let build = try PlayedBuild(try story.builder(), rule: Worlds.rule)
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      await story.see("▌     Image repos")
      story.go(to: .build(id: build.id, instance: Worlds.instance))
      await story.see("▌     Builds")
      story.press(.tab)
      await story.see("▸     Builds")
    }
  }

  @Test("The list of builds shows what another process asks for and ends, and goes on to older ones")
  func list() async throws {
    try await onScreen {
      let story = try story()
      story.go(to: .builds(instance: Worlds.instance))
      await story.see("Nothing was built yet")
      let workspace = try story.builder()
      let build = try PlayedBuild(workspace, rule: Worlds.rule)
      story.filesChanged()
      await story.see("○ Pending")
      try build.playToSuccess()
      story.filesChanged()
      await story.see("✓ Success")
      for _ in 0..<230 { try workspace.builds.enqueue(try workspace.buildRequest(rule: Worlds.rule)) }
      story.filesChanged()
      await story.until { story.app.builds?.records.count == 200 }
      story.press(.end)
      await story.until { story.app.builds?.records.count == 231 }
      story.press(.end)
      await story.see("✓ Success")
    }
  }

  @Test("A log is searched as one types, from one match to the next; Esc goes back to where one was")
  func search() async throws {
    try await onScreen {
      let story = try story(size: Size(width: 80, height: 24))
      let build = try PlayedBuild(try story.builder(), rule: Worlds.rule)
      try build.playToBuild()
      try build.log((0..<20_000).map { "line \($0)\n" }.joined())
      story.go(to: .build(id: build.id, instance: Worlds.instance))
      await story.see("line 19999")
      story.press(.character("/"))
      story.type("line 123")
      await story.see("111 lines match")
      await story.see("1/111")
      story.press(.enter, .character("n"))
      await story.see("2/111")
      await story.see("line 1230")
      story.press(.character("N"), .character("N"))
      await story.see("111/111")
      story.press(.escape, .character("/"))
      story.type("line 12345")
      await story.see("1/1 line matches")
      story.press(.escape)
      await story.seeNo("match")
      story.press(.character("G"))
      await story.see("following")
      story.press(.character("/"))
      story.type("line 77")
      await story.see("match")
      story.press(.escape)
      await story.see("line 19999")
      story.press(.up, .up)
      try build.log("more\n")
      await story.until { story.text.contains("1 new line") && !story.text.contains("1 new lines") }
      try build.log("and more\n")
      await story.see("2 new lines")
      build.letGo()
    }
  }

  @Test("The rule's form says at its field what GitLab says, and saves all the same")
  func check() async throws {
    try await onScreen {
      let story = try story()
      story.world.gitLab.set(dockerfile: "FROM corp/base:9\n")
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      story.press(.character("e"))
      await story.see("✗ FROM corp/base:9 (line 1): can't be had (registry.corp.example: manifest")
      await story.see("→ Bring it in with")
      story.press(.tab, .enter)
      story.type("nowhere")
      story.press(.enter)
      await story.see("GitLab has no branch “nowhere”")
      story.press(.control("s"))
      await story.see("is saved")
      #expect(try story.app.reading?.rule(Worlds.rule).pushName == "nowhere")
    }
  }

  @Test("GitLab that can't be asked is said in the list, and the project can be typed")
  func noAnswer() async throws {
    try await onScreen {
      let story = try story(Worlds.bound)
      story.world.gitLab.fail(by: .timedOut)
      story.go(to: .repositories(instance: Worlds.instance))
      story.press(.character("c"), .tab, .tab, .tab, .tab, .enter)
      await story.see("✗ ")
      story.type("other/project")
      story.press(.enter)
      await story.see("other/project")
      story.press(.escape)
      await story.see("Discard")
    }
  }

  @Test("A half-filled repository outlives a dropped line")
  func kept() async throws {
    try await onScreen {
      let story = try story(Worlds.bound)
      story.go(to: .repositories(instance: Worlds.instance))
      story.press(.character("c"), .tab)
      story.type("half-typed")
      story.app.keepForms()
      story.restart()
      await story.see("Create a repository")
      story.press(.character("g"), .character("f"))
      await story.see("half-typed")
    }
  }

  @Test("Deleting a repository with rules is refused with the mend; a rule goes after a question")
  func deletes() async throws {
    try await onScreen {
      let story = try story()
      story.go(to: .repositories(instance: Worlds.instance))
      story.press(.character("d"), .character("y"))
      await story.see("still has build rules")
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      story.press(.character("d"), .character("y"))
      await story.see("Deleted the rule main")
      await story.seeNo("● now")
    }
  }

  @Test("The registry's password is masked, stored apart and never shown again")
  func registry() async throws {
    try await onScreen {
      let story = try story()
      story.go(to: .repositories(instance: Worlds.instance))
      story.press(.character("p"), .right, .right, .tab)
      story.type("registry.corp.example:5000")
      story.press(.tab)
      story.type("builder")
      story.press(.tab)
      story.paste("hunter2-secret")
      #expect(!story.text.contains("hunter2"))
      story.press(.control("s"))
      await story.see("registry.corp.example:5000 as builder")
      #expect(try story.files(containing: "hunter2-secret").count == 1)
      story.press(.character("p"))
      await story.see("the stored one is used")
    }
  }

  @Test("Seconds go by only while a build runs and is in view")
  func ticks() async throws {
    try await onScreen {
      let story = try story()
      let build = try PlayedBuild(try story.builder(), rule: Worlds.rule)
      try build.playToBuild()
      story.go(to: .build(id: build.id, instance: Worlds.instance))
      await story.see("▸ Build")
      #expect(story.isTickPending)
      try build.tell(.ended(.success, nil))
      build.letGo()
      await story.see("✓ Success")
      await story.until { !story.isTickPending }
    }
  }
}
