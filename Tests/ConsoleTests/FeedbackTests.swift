import FlatFiles
import Foundation
import SecureBuild
import TerminalUI
import Testing

@testable import Console

@Suite("What the console says", .serialized)
struct FeedbackTests {
  @Test("shows what runs, for how long, and how to stop it, once it has taken a moment")
  func progress() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.world.gitLab.hold(true)
      story.press(.enter, .character("b"))
      await story.fillBinding()
      await story.see("◐ Asking GitLab … 0.")
      await story.see("Esc stops it")
      story.press(.escape)
      await story.seeNo("Asking GitLab … ")
      await story.see("Cancelled")
    }
  }

  @Test("takes no focus with a sentence: the next key goes where it would")
  func toast() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      _ = story.screen
      story.press(.character("y"))
      await story.see("Copied cri-local-0000000001.")
      story.press(.down)
      await story.see("▸ build-staging")
      await story.seeNo("Copied")
    }
  }

  @Test("takes a sentence away in its time, also where another tick comes before it")
  func toastGoes() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.settle()
      story.press(.character("y"))
      await story.see("Copied")
      // One that something else asked for.
      story.app.tick()
      story.app.tick()
      #expect(story.isTickPending)
    }
  }

  @Test("tells what the store set aside once what the action says has been read")
  func setAside() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      let journal = try #require(FileHandle(forWritingAtPath: "\(story.folder)/journal.1.jsonl"))
      try journal.seekToEnd()
      try journal.write(contentsOf: Data("{\"torn".utf8))
      let workspace = try #require(story.app.workspace)
      _ = try workspace.deleteLink(try #require(try workspace.state().links().first).id)
      story.app.showLatest()
      story.app.say(Phrase("The link is gone.", "链路已删除。"))
      await story.see("✓ The link is gone.")
      await story.seeNo("history/torn")
      story.app.toast = nil
      await story.see("history/torn.1.")
      story.app.toast = nil
      await story.seeNo("history/torn")
    }
  }

  @Test("copies what is selected")
  func copies() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.down, .character("y"), .character("g"), .character("n"), .down, .character("y"))
      story.press(.character("g"), .character("w"))
      await story.see("/srv/gone")
      story.press(.character("y"))
      #expect(story.copied == ["cri-local-0000000002", "vsw-local-0000000001", "~/.local/share/acr-console"])
    }
  }

  @Test("offers a form that was left half filled at the next start, and one key goes on with it")
  func resumes() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .character("m"), .character("c"))
      story.type("10.20.30.40")
      story.app.keepForms()
      story.restart()
      await story.see("“Create a link” of build-prod was left half filled: g f goes on with it.")
      story.press(.character("g"), .character("f"))
      await story.see("10.20.30.40")
    }
  }

  @Test("says why an action can't be done, instead of nothing")
  func whyNot() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .character("s"), .character("R"))
      await story.see("No GitLab account is bound here (b binds one).")
      story.press(.character("u"))
      await story.see("No GitLab account is bound here (b binds one).")
    }
  }

  @Test(
    "says of a key that works elsewhere where that is, and of others nothing",
    arguments: [
      ("P", "“The path from a build to GitLab, hop by hop”. Only in"),
      ("R", "Only in Code Source (s), Workspace (g w)"),
      ("B", "Only in a repository, Build records (g b)"), ("x", "Only in Build records (g b), a build."),
      ("w", "Only in a path, a run-book. “Wrap long lines"), ("gv", "Only in a training workspace."),
    ])
  func elsewhere(typed: String, said: String) async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 140, height: 24), prepare: Worlds.plain)
      story.settle()
      story.type(typed)
      await story.see("✗ Not here: “")
      await story.see(said)
      let before = story.screen
      story.type("X")
      await story.seeNo("Not here")
      #expect(before != story.screen)
      story.press(.tab)
      story.type(typed)
      await story.see(said)
      story.press(.enter)
      for slip in ["X", "%", "gz", "5"] {
        story.type(slip)
        #expect(story.app.toast == nil, "\(slip)")
      }
    }
  }

  @Test("says of the coach's keys that no lesson runs")
  func noLesson() async throws {
    try await onScreen {
      let story = try Story(.training, prepare: Worlds.plain)
      story.press(.function(4))
      await story.see("No lesson runs: g t has them.")
      story.press(.function(6))
      await story.see("“Put the coach away, or show it”. No lesson runs")
    }
  }

  @Test("of a link that another process changed meanwhile: what it added stands beside what was typed, and is saved")
  func stale() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.withLink)
      story.press(.enter, .character("m"), .character("e"), .tab)
      story.type("192.168.10.40=mine,")
      let other = try story.launchAgain()
      _ = try other.editLink(Worlds.link, LinkChange(allow: [AllowedIpDraft("192.168.10.50=theirs")]))
      story.press(.control("s"))
      await story.see("192.168.10.50=theirs")
      await story.see("changed")
      story.press(.control("s"))
      await story.see("is saved")
      let link = try #require(try other.state().links(of: Worlds.instance).first)
      #expect(Set(link.allowedIps.map(\.label)) == ["Maven", "npm", "mine", "theirs"])
    }
  }

  @Test("of an instance that another process deleted: that it is gone, whatever page of it is open")
  func deleted() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .character("s"))
      await story.see("Not bound")
      _ = try story.launchAgain().deleteInstance(Worlds.instance)
      story.filesChanged()
      await story.see("is here no more")
      story.press(.escape, .escape)
      await story.see("build-staging")
    }
  }

  @Test("says for as long as it is so that another workspace is where this one was")
  func replaced() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      await story.see("build-prod")
      try FileManager.default.moveItem(atPath: story.folder, toPath: story.folder + ".aside")
      defer { try? FileManager.default.removeItem(atPath: story.folder + ".aside") }
      _ = try Store.create(
        at: story.folder, WorkspaceHeader(id: "ws-other", kind: "training", created: "2026-11-24T20:00:00.000Z"),
        by: "eve@bastion", as: "workspace init", at: "2026-11-24T20:00:00.000Z"
      ) { _ in }
      story.filesChanged()
      await story.see("✗ Another workspace is in")
      story.press(.character("c"))
      story.type("mine")
      story.press(.control("s"))
      await story.see("Nothing was written to it")
      #expect(try story.launchAgain().state().instances().isEmpty)
    }
  }

  @Test("keeps what another console has kept")
  func twoConsoles() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      let before = story.app
      story.restart()
      before.open(LinkDialog(app: before, creatingFor: Worlds.instance))
      for character in "10.20.30.40" { before.display.layers.dispatch(.key(.character(character))) }
      before.keepForms()
      story.app.choose(region: "eu-central-1")
      #expect(try story.files(containing: "10.20.30.40").count == 1)
    }
  }

  @Test("a shown token is hidden again when its field is left")
  func masks() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.enter, .character("b"), .tab, .tab, .tab, .tab)
      story.paste("glpat-ShownForAMoment")
      story.press(.control("r"))
      await story.see("glpat-ShownForAMoment")
      story.press(.tab)
      await story.seeNo("glpat-ShownForAMoment")
    }
  }

  @Test("shows a dialog's own keys")
  func help() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.enter, .character("m"), .character("?"))
      await story.see("sort by the next column")
      #expect(!story.text.contains("Go to"))
      story.press(.end)
      await story.see("draw the screen anew")
      story.press(.character("?"))
      await story.seeNo("sort by the next column")
      story.press(.character("c"), .function(1))
      await story.see("show or hide a token")
    }
  }

  @Test("tells all of what keys do, in any window", arguments: SmallWindowTests.variants + Golden.variants)
  func wholeHelp(_ variant: SmallWindowTests.Variant) async throws {
    try await onScreen {
      let story = try Story(size: variant.size, language: variant.language, prepare: Worlds.plain)
      story.press(.character("?"))
      var seen = ""
      for _ in 0..<20 {
        seen += story.text
        story.press(.pageDown)
      }
      #expect(!seen.contains("…"))
      #expect(seen.contains("Ctrl-W  Ctrl-U  Ctrl-K"))
      // It may go on in the next row.
      let words = seen.filter { !" \n│▲▼".contains($0) }
      #expect(words.contains(variant.language == .english ? "tostart" : "至行首"))
    }
  }

  @Test("shows another workspace in place of this one, and says what is wrong with one that can't be")
  func workspaces() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.character("g"), .character("w"))
      await story.see("/srv/gone")
      story.press(.down, .enter)
      await story.see("✗ missing")
      story.press(.character("R"))
      await story.see("✓ All files are sound")
    }
  }
}

@Suite("A form with faults", .serialized)
struct FaultyFormTests {
  @Test("names everything that is wrong at once, each at its field: address, name and token of an account")
  func account() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.withLink)
      story.press(.enter, .character("b"), .tab, .tab)
      story.type("git@host:x")
      story.press(.tab)
      story.type("a b")
      story.press(.tab)
      story.type("tok en")
      story.press(.control("s"))
      await story.see("3 fields need a look")
      await story.see("A token has no spaces")
    }
  }

  @Test("says of a host name without an address that it has none")
  func hostWithoutAddress() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      story.press(.enter, .character("m"), .character("c"), .tab, .tab)
      story.type("gitlab.corp.example,")
      await story.see("“gitlab.corp.example” has no address.")
    }
  }

  @Test("says what is wrong at its field after a pause, and everything on OK with a count")
  func validates() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      story.press(.character("g"), .character("n"), .character("v"))
      await story.see("Add a vSwitch")
      story.type("cn-hangzhou-h")
      story.press(.tab)
      story.type("192.168.10.0/24")
      await story.see("overlap")
      story.press(.tab)
      story.type("lots")
      story.press(.control("s"))
      await story.see("2 fields need a look")
      await story.see("“lots” is not a number.")
    }
  }

  @Test("keeps how many addresses are free, and the link's list shows it")
  func freeIps() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      story.press(.character("g"), .character("n"), .character("v"))
      story.type("cn-hangzhou-h")
      story.press(.tab)
      story.type("192.168.40.0/24")
      story.press(.tab)
      story.type("17")
      story.press(.control("s"))
      await story.see("vsw-local-0000000003")
      story.press(.character("q"), .character("m"), .character("c"), .tab, .tab, .tab, .enter, .enter, .tab, .enter)
      await story.see("free 17")
    }
  }
}
