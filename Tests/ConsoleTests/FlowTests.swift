import FlatFiles
import Foundation
import SecureBuild
import TerminalUI
import Testing

@testable import Console

/// The flow as users walk it, in memory.
@Suite("The flow", .serialized)
struct FlowTests {
  @Test("From the instance list to Bound and to the managed group, by keys alone")
  func wholeFlow() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .character("s"))
      await story.see("Not bound")
      story.press(.character("m"), .character("c"))
      story.type("192.168.10.20")
      story.press(.tab)
      story.type("192.168.10.30=Maven,")
      story.press(.tab)
      story.type("gitlab.corp.example=192.168.10.20 ")
      story.press(.tab, .enter, .enter, .tab, .enter, .enter)
      await story.see("192.168.10.30/32 (Maven)")
      story.press(.control("s"))
      await story.see("link-local-0000000001")
      story.press(.escape, .character("b"))
      await story.fillBinding()
      await story.see("● Bound")
      await story.see("Tried and passed 2026-11-24 20:15")
      await story.see("Not confirmed in the vendor's console")
      story.press(.character("g"), .character("s"))
      await story.see("192.168.10.20/32")
      await story.see("Expected")
    }
  }

  @Test("It opens on Instances with the table focused and no dialog in the way")
  func opening() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.settle()
      #expect(story.text.contains("▸ build-prod"))
      story.press(.down, .down)
      #expect(story.text.contains("▸ archive"))
    }
  }

  @Test("It opens on the region with most instances, then on the region used last")
  func region() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      await story.see("cn-hangzhou")
      story.press(.character("r"))
      story.type("frank")
      story.press(.enter)
      await story.see("eu-build")
      story.restart()
      await story.see("eu-build")
    }
  }

  @Test("What is wrong with one field alone is said there, and once")
  func saidOnce() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.enter, .character("s"), .character("b"), .tab, .tab)
      story.type("http://gitlab.corp.example")
      story.press(.tab)
      story.type("dev")
      story.press(.tab)
      story.type(FakeGitLab.token)
      story.press(.tab)
      story.type("/nowhere/ca.pem")
      story.press(.control("s"))
      await story.see("✗ ")
      await story.until { story.app.work == nil }
      #expect(story.text.components(separatedBy: "✗ ").count == 2, "\(story.text)")
    }
  }

  @Test(
    "A refused token says so at its field, with the vendor's sentence first; nothing is saved and nothing typed is lost"
  )
  func refused() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.enter, .character("s"), .character("b"))
      await story.fillBinding(token: "glpat-wrong")
      await story.see("The vendor's console says")
      await story.see("does not know this token")
      await story.see("http://gitlab.corp.example")
      #expect(!story.text.contains("glpat-wrong"))
      #expect(try story.app.reading?.codeSource(of: Worlds.instance).binding == nil)
    }
  }

  @Test("Esc stops a try, keeps every field and saves nothing")
  func cancelled() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.world.gitLab.hold(true)
      story.press(.enter, .character("s"), .character("b"))
      await story.fillBinding()
      await story.see("GitLab API")
      story.press(.escape)
      await story.see("Private Token")
      await story.see("http://gitlab.corp.example")
      #expect(try story.app.reading?.codeSource(of: Worlds.instance).binding == nil)
      story.world.gitLab.hold(false)
      story.press(.control("s"))
      await story.see("● Bound")
    }
  }

  @Test("The screen answers keys while a try runs")
  func responsive() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.world.gitLab.hold(true)
      story.press(.enter, .character("s"), .character("b"))
      await story.fillBinding()
      await story.see("◐ GitLab API")
      await story.see("✓ Connect")
      await story.see("Esc stops it")
      story.press(.escape)
      await story.see("Private Token")
    }
  }

  @Test("Esc on a form that was changed asks once before it is lost")
  func discard() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.enter, .character("s"), .character("b"), .tab, .tab)
      story.type("https://typed")
      story.press(.escape)
      await story.see("Discard what you typed")
      story.press(.escape)
      await story.see("https://typed")
      story.press(.escape, .character("y"))
      await story.seeNo("https://typed")
    }
  }

  @Test("An unchanged form closes at once")
  func unchanged() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.enter, .character("s"), .character("b"), .escape)
      await story.seeNo("Private Token")
    }
  }

  @Test("A draft keeps every field and says that it isn't bound")
  func draft() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.enter, .character("s"), .character("b"), .tab, .tab)
      story.type("https://gitlab.corp.example/gitlab")
      story.press(.tab)
      story.type("dev")
      story.press(.tab, .tab, .tab, .tab, .enter)
      await story.see("○ Not bound")
      await story.see("A draft, never tried; no token is stored.")
      await story.see("https://gitlab.corp.example/gitlab")
    }
  }

  @Test(
    "A draft that was tried isn't said never to have been, in either language", arguments: [Language.english, .chinese])
  func triedDraft(_ language: Language) async throws {
    try await onScreen {
      let story = try Story(language: language) { workspace in
        try Worlds.withLink(workspace)
        _ = try workspace.saveDraft(
          BindingDraft(
            instanceId: Worlds.instance, linkId: Worlds.link, address: "http://gitlab.corp.example", username: "dev",
            token: Token(FakeGitLab.token)))
      }
      story.world.gitLab.fail(by: .serverError(status: 502))
      story.press(.enter, .character("s"))
      await story.see(language == .chinese ? "从未实测" : "never tried")
      story.press(.character("R"))
      await story.see("502")
      // The try has been noted once it can be made again.
      await story.see(language == .chinese ? "R 再次检查" : "R again")
      story.press(.escape)
      await story.see(language == .chinese ? "草稿，未绑定" : "A draft, not bound; its token is stored.")
      await story.seeNo(language == .chinese ? "从未实测" : "never tried")
    }
  }

  @Test("Unbinding asks with what goes, Cancel first; the group goes too")
  func unbind() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      await story.bind()
      story.press(.character("u"))
      await story.see("sg-local-0000000001")
      story.press(.enter)
      await story.see("● Bound")
      story.press(.character("u"), .character("y"))
      await story.see("○ Not bound")
      #expect(try story.app.reading?.securityGroup(of: Worlds.instance)?.group == nil)
    }
  }

  @Test("A link that a binding uses can't be deleted, and the refusal says which")
  func linkInUse() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      await story.bind()
      story.press(.character("m"), .character("d"), .character("y"))
      await story.see("is used by the GitLab account")
    }
  }

  @Test("Allowed IPs are edited while bound, and the group's rules follow")
  func editWhileBound() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      await story.bind()
      story.press(.character("m"), .character("e"))
      await story.see("(fixed while bound)")
      story.type("10.1.2.3=Nexus ")
      story.press(.control("s"))
      await story.see("is saved")
      story.press(.escape, .character("g"), .character("s"))
      await story.see("10.1.2.3/32")
    }
  }

  @Test("What a person saw in the vendor's console is noted beside what was tried")
  func confirm() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      await story.bind()
      story.press(.character("v"), .character("y"))
      await story.see("Confirmed in the vendor's console 2026-11-24 20:15")
      await story.see("Tried and passed")
      story.press(.character("g"), .character("s"))
      await story.see("● Active")
    }
  }

  @Test("Checking again notes a GitLab that can't be reached and leaves it bound; a revoked token makes it invalid")
  func checkAgain() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      await story.bind()
      story.world.gitLab.fail(by: .serverError(status: 502))
      story.press(.character("R"))
      await story.see("502")
      // The try has been noted once it can be made again.
      await story.see("R again")
      story.press(.escape)
      await story.see("● Bound")
      await story.see("Last try failed at the hop")
      story.world.gitLab.fail(by: .revoked)
      story.press(.character("R"))
      await story.see("revoked")
      await story.see("R again")
      story.press(.escape)
      await story.see("✗ Invalid")
    }
  }

  @Test("An instance that isn't running takes no link and says why")
  func notRunning() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.down, .down, .enter, .character("m"))
      await story.see("only a running one")
      story.press(.character("c"))
      await story.seeNo("GitLab intranet IP")
    }
  }

  @Test("A first start makes a workspace by one key")
  func firstStart() async throws {
    try await onScreen {
      let story = try Story(nil)
      await story.see("Welcome")
      story.press(.character("o"))
      await story.see("OWN")
      await story.see("No instance in this region")
    }
  }

  @Test("The language changes where one is")
  func language() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .character("s"))
      await story.see("Code Source")
      story.press(.character("L"))
      await story.see("代码源")
      await story.see("未绑定")
    }
  }

  @Test("Where Chinese can't be shown the language stays, with the reason, and no hint offers another")
  func noChinese() async throws {
    try await onScreen {
      let why = Phrase("This locale can't show Chinese (LC_ALL=C).", "")
      let story = try Story(size: Size(width: 160, height: 24), whyNoChinese: why, prepare: Worlds.plain)
      #expect(story.screen.last?.contains("中文") == false)
      story.type("L")
      await story.see("✗ \(why.en)")
      #expect(story.app.language == .english)
      story.press(.enter)
      story.type("L")
      await story.see("✗ \(why.en)")
      story.type(":english")
      await story.see("— \(why.en)")
    }
  }

  @Test(
    "Another theme or language is said to last as long as the program, with the line that keeps it; a language once")
  func keeping() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.character("T"), .down)
      let theme = story.app.themeName
      #expect(theme != "dark")
      story.press(.enter)
      await story.see("→ To keep it, put theme = \"\(theme)\" into settings.toml.")
      #expect(!story.text.contains("✓ To keep"))
      story.press(.character("L"))
      await story.see("→ 如需保留，请在 settings.toml 中写入 language = \"zh\"。")
      story.press(.character("L"))
      #expect(story.app.toast == nil)
      // The theme that it was.
      story.press(.character("T"), .enter)
      #expect(story.app.toast == nil)
    }
  }

  @Test("What another process commits shows by itself")
  func otherProcess() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.settle()
      let other = try story.launchAgain()
      _ = try other.createInstance(name: "from-elsewhere", region: "cn-hangzhou", specification: "Enterprise_Basic")
      story.filesChanged()
      await story.see("from-elsewhere")
    }
  }

  @Test("Submitting with a list open says to choose first, and leaves the list open")
  func submitFromList() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .character("m"), .character("c"))
      story.type("192.168.10.20")
      story.press(.tab, .tab, .tab, .enter, .control("s"))
      await story.see("First choose (Enter) or close the list (Esc).")
      await story.see("┌─ / ─")
      #expect(!story.text.contains("This field is needed."))
      story.press(.enter)
      await story.seeNo("┌─ / ─")
      await story.see("vpc-local-0000000001")
    }
  }

  @Test("A token is marked as needed until one is stored")
  func neededToken() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.press(.enter, .character("s"), .character("b"))
      await story.see("Private Token*")
      await story.fillBinding()
      await story.see("● Bound")
      story.press(.character("b"))
      await story.see("the stored one is used")
      #expect(!story.text.contains("Private Token*"))
    }
  }

  @Test("The token is in no file but the secret that was written for it")
  func plantedToken() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      await story.bind()
      let holders = try story.files(containing: FakeGitLab.token)
      #expect(holders.count == 1)
      #expect(holders.allSatisfy { $0.contains("/secrets/") })
    }
  }

  @Test(
    "No size is too small or too large to draw", arguments: [(1, 1), (20, 5), (39, 11), (40, 12), (60, 16), (200, 60)])
  func sizes(_ width: Int, _ height: Int) async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      let keys: [[Key]] = [
        [], [.character("?")], [.escape, .character("r")], [.escape, .character("c")], [.escape, .enter],
        [.character("m")], [.character("c")], [.escape, .escape, .character("s")], [.character("b")],
        [.escape, .character("g"), .character("s")], [.character("T")],
      ]
      for step in keys {
        for key in step { story.press(key) }
        story.resize(to: Size(width: width, height: height))
        #expect(story.screen.count == height)
        story.resize(to: Size(width: 80, height: 24))
        #expect(story.screen.count == 24)
      }
    }
  }

  @Test("Names from outside can't spoof the screen")
  func hostileNames() async throws {
    try await onScreen {
      let story = try Story(
        size: Size(width: 120, height: 40),
        prepare: { workspace in
          var vpc = try workspace.addVpc(region: "cn-hangzhou", cidr: "10.0.0.0/8")
          // As a file edited by hand may have it: the rules refuse such a name.
          vpc.name = "a\u{202e}b\u{200b}c"
          _ = try workspace.store.commit(by: "x", as: "edit", at: "2026-11-24T20:00:00.000Z") { transaction in
            try transaction.put(.vpc, vpc.id, vpc)
          }
          _ = try workspace.createInstance(name: "x", region: "cn-hangzhou", specification: "Enterprise_Basic")
        })
      story.press(.tab, .down, .enter)
      await story.see(" abc ")
    }
  }
}
