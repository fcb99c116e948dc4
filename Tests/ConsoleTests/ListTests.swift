import SecureBuild
import TerminalUI
import Testing

@testable import Console

@Suite("A list", .serialized)
struct ListTests {
  @Test("is filtered as one types, with the count; the arrows move meanwhile, Enter keeps it, Esc clears it")
  func filter() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.character("/"))
      await story.see("Enter keep")
      story.type("BUILD")
      await story.see("2 / 4")
      await story.seeNo("archive")
      story.press(.down, .enter)
      await story.see("▸ build-staging")
      story.press(.escape)
      await story.see("archive")
      await story.see("▸ build-staging")
    }
  }

  @Test("says when nothing matches, and what to do")
  func nothing() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.character("/"))
      story.type("nope")
      await story.see("Nothing matches “nope”. Esc clears the filter.")
      await story.see("0 / 4")
    }
  }

  @Test("goes to the next match of the last filter and round again")
  func matches() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.character("/"))
      story.type("build")
      story.press(.enter, .escape)
      await story.see("archive")
      await story.see("▸ build-prod")
      story.press(.character("n"))
      await story.see("▸ build-staging")
      story.press(.character("n"))
      await story.see("▸ build-prod")
      story.press(.character("N"))
      await story.see("▸ build-staging")
    }
  }

  @Test("is sorted by one column after the other, either way, and shows which; the same row stays selected")
  func sorted() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.character("o"))
      await story.see("Name ▲")
      #expect(story.names == ["archive", "build-prod", "build-staging", "new-one"])
      await story.see("▸ build-prod")
      story.press(.character("O"))
      await story.see("Name ▼")
      #expect(story.names == ["new-one", "build-staging", "build-prod", "archive"])
      story.press(.character("o"))
      await story.see("Status ▲")
    }
  }

  @Test("of networks keeps a VPC with those of its vSwitches that match")
  func networks() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.character("g"), .character("n"))
      await story.see("Range")
      story.press(.character("/"))
      story.type("vsw-")
      await story.see("vsw-")
      await story.see("vpc-")
      story.type("nothing-like-it")
      await story.see("Nothing matches")
    }
  }

  @Test("of networks keeps their names, and tells the whole id of the selected one")
  func networkNames() async throws {
    try await onScreen {
      let story = try Story { workspace in
        _ = try workspace.createInstance(name: "build", region: "cn-hangzhou", specification: "Enterprise_Basic")
        _ = try workspace.addVpc(region: "cn-hangzhou", cidr: "192.168.0.0/16", name: "corporation")
        _ = try workspace.addVSwitch(
          vpc: Worlds.vpc, zone: "cn-hangzhou-i", cidr: "192.168.10.0/24", name: "build-network")
      }
      story.app.go(to: .networks)
      #expect(story.screen[4].contains("Name"))
      story.press(.down)
      #expect(story.text.contains("vsw-local-0000000001 · build-network · Known: planned"))
    }
  }

  @Test("shows in full below what a column had to cut")
  func whole() async throws {
    try await onScreen {
      let name = "a-name-that-is-so-long-that-no-column-takes-it"
      let story = try Story(prepare: { workspace in
        _ = try workspace.createInstance(name: name, region: "cn-hangzhou", specification: "Enterprise_Basic")
      })
      await story.see("…")
      await story.see(name.suffix(20).description)
      #expect(story.text.contains(name))
    }
  }

  @Test("tells below, under its title, what a column would say that has no room")
  func hidden() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.app.go(to: .networks)
      #expect(story.screen[4].contains("Zone") && !story.screen[4].contains("Known"))
      #expect(story.text.contains("Known: planned"))
      story.resize(to: Size(width: 120, height: 40))
      #expect(story.screen[4].contains("Known") && !story.text.contains("Known: planned"))
    }
  }

  @Test("takes the rows that the table leaves for a text that needs them, and says where it goes on")
  func longDetail() async throws {
    try await onScreen {
      let name = (1...18).map { "word\($0)" }.joined(separator: " ")
      let story = try Story { workspace in
        _ = try workspace.createInstance(name: "build", region: "cn-hangzhou", specification: "Enterprise_Basic")
        for number in 1...9 {
          _ = try workspace.addVpc(region: "cn-hangzhou", cidr: "10.\(number).0.0/16", name: name)
        }
      }
      story.app.go(to: .networks)
      #expect(story.text.contains("word16"))
      story.resize(to: Size(width: 60, height: 15))
      #expect(!story.text.contains("word16"))
      #expect(story.screen.dropLast().last?.hasSuffix("…") == true)
    }
  }

  @Test("is sorted by no column that can't be seen")
  func shownOrder() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.settle()
      var marked: Set<Substring> = []
      for _ in 0..<4 {
        _ = story.screen
        story.press(.character("o"))
        marked.formUnion(story.screen[4].matches(of: /[A-Z]\w+ ▲/).map(\.output))
      }
      #expect(marked == ["Name ▲", "Status ▲", "ID ▲", "Edition ▲"])
      story.press(.character("o"))
      #expect(!story.text.contains("▲"))
      story.resize(to: Size(width: 120, height: 40))
      #expect(story.screen[4].contains("Created"))
      for _ in 0..<5 { story.press(.character("o")) }
      #expect(story.text.contains("Created ▲"))
    }
  }

  @Test("goes to its ends, and by pages")
  func ends() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.character("G"))
      await story.see("▸ new-one")
      story.press(.character("g"), .character("g"))
      await story.see("▸ build-prod")
      story.press(.pageDown)
      await story.see("▸ new-one")
      story.press(.pageUp)
      await story.see("▸ build-prod")
    }
  }

  @Test("gets the keys that the navigation has no use for, and the focus with them")
  func fromNavigation() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.tab, .character("/"))
      await story.see("Enter keep")
      story.type("arch")
      await story.see("1 / 4")
    }
  }

  @Test("g and another key go to places, and the footer says which")
  func goes() async throws {
    try await onScreen {
      let story = try Story(size: Size(width: 120, height: 40), prepare: Worlds.plain)
      story.press(.character("g"))
      await story.see("i Instances")
      await story.see("g first row")
      story.press(.escape)
      await story.seeNo("i Instances")
      story.press(.character("g"), .character("w"))
      await story.see("Workspaces on this host")
      story.press(.control("o"))
      await story.see("Instance ID")
    }
  }
}

extension Story {
  /// The names in the list of instances, from the top.
  fileprivate var names: [String] {
    screen.dropFirst(5).compactMap { line in
      line.split(separator: "│", maxSplits: 1).last.map { $0.drop { " ▸".contains($0) }.prefix { $0 != " " } }
        .map(String.init)
    }.filter { !$0.isEmpty && $0.first?.isLetter == true }.prefix(4).map { $0 }
  }
}
