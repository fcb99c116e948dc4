import FlatFiles
import SecureBuild
import TerminalUI
import Testing

@testable import Console

@Suite("The networks' things in the console") struct InventoryPageTests {
  typealias Variant = (size: Size, language: Language)

  private static func inventory(_ workspace: Workspace) throws {
    try Worlds.withLink(workspace)
    let vpc = try workspace.state().vpcs()[0].id
    let group = try workspace.addToInventory(
      InventoryDraft(.securityGroup, id: "sg-gitlab", [.securityGroupName: ["gitlab"], .vpcId: [vpc]]))
    for (id, peer, port, policy) in [
      ("sgr-1", "100.104.0.0/16", "80/80", "Accept"), ("sgr-2", "0.0.0.0/0", "1/65535", "Drop"),
    ] {
      _ = try workspace.addToInventory(
        InventoryDraft(
          .securityGroupRule, id: id,
          [.securityGroupId: [group.id], .portRange: [port], .peer: [peer], .policy: [policy]]))
    }
    _ = try workspace.addToInventory(
      InventoryDraft(
        .dataCentre, id: "idc-north",
        [
          .idcName: ["North"], .cidrBlocks: ["10.200.0.0/16", "10.201.0.0/16"],
          .routes: ["100.104.0.0/16=gw-1", "192.168.0.0/16=gw-1"],
        ]))
  }

  @Test("kinds, a kind's entries, and what writes one down", arguments: Golden.variants)
  func pages(_ variant: Variant) async throws {
    try await onScreen {
      let story = try Story(.own, size: variant.size, language: variant.language, prepare: Self.inventory)
      story.settle()
      story.press(.character("g"), .character("n"), .character("i"))
      Golden.check(story.screen, "dialog-kind", variant)
      story.press(.escape)
      story.app.go(to: .inventory(.securityGroupRule))
      Golden.check(story.screen, "inventory-rules", variant)
      story.type("c")
      Golden.check(story.screen, "dialog-inventory-rule", variant)
      story.press(.escape)
      story.app.go(to: .inventory(.dataCentre))
      Golden.check(story.screen, "inventory-idc", variant)
      story.press(.enter)
      Golden.check(story.screen, "dialog-inventory-idc", variant)
    }
  }

  @Test("a rule's action, direction and priority show wherever its range does, and what has no room stands below")
  func rules() async throws {
    try await onScreen {
      let story = try Story(.own, prepare: Self.inventory)
      story.app.go(to: .inventory(.securityGroupRule))
      story.press(.down)
      #expect(story.text.contains("▸ sgr-2"))
      let accept = try #require(story.screen.first { $0.contains("sgr-1") })
      let drop = try #require(story.screen.first { $0.contains("sgr-2") })
      #expect(accept.contains(/in +✓ Accept +80\/80 +1 +100\.104\.0\.0\/16/))
      #expect(drop.contains(/in +✗ Drop +1\/65535 +1 +0\.0\.0\.0\/0/))
      #expect(story.text.contains("Security Group: sg-gitlab · Protocol: TCP · Known: planned"))
      story.resize(to: Size(width: 120, height: 40))
      for title in ["Direction", "Action", "Priority", "Port Range", "Authorization Object"] {
        #expect(story.screen[4].contains(title))
      }
      story.resize(to: Size(width: 40, height: 12))
      #expect(story.text.contains("✗ Drop"))
    }
  }

  @Test("what an entry has no column for at this width stands in full below")
  func details() async throws {
    try await onScreen {
      let story = try Story(.own, prepare: Self.inventory)
      story.app.go(to: .inventory(.dataCentre))
      #expect(story.text.contains("10.200.0.0/16 10.201.0.0/16"))
      #expect(story.text.contains("Routes of the Gateway: 100.104.0.0/16=gw-1"))
    }
  }

  @Test("every kind has a page and a form, whose fields are those of the kind", arguments: InventoryKind.allCases)
  func kinds(kind: InventoryKind) async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.app.go(to: .inventory(kind))
      for size in [(40, 12), (80, 24), (200, 50)] {
        story.resize(to: Size(width: size.0, height: size.1))
        #expect(story.canvas.flaws.isEmpty, "\(kind) \(size)")
      }
      story.type("c")
      let dialog = try #require(story.app.display.layers.layers.last as? InventoryDialog)
      #expect(
        Set(dialog.form.fields.map(\.id))
          == Set(kind.fields.map(\.id.rawValue) + (kind.takesId ? [Field.entryId.rawValue] : [])))
      // Nothing typed: what must be there is asked for, each at its field.
      story.press(.control("s"))
      #expect(!dialog.shown.isEmpty || !kind.fields.contains { $0.isRequired && $0.initial.isEmpty })
    }
  }

  @Test("an entry is written down, edited and deleted by keys")
  func life() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      story.app.go(to: .inventory(.dataCentre))
      story.type("c")
      story.type("10.220.0.0/16")
      story.press(.enter, .tab, .tab, .tab)
      story.type("East")
      story.press(.control("s"))
      await story.see("Added idc-")
      @ScreenActor func centres() throws -> [InventoryEntry] { try story.app.reading?.inventory(.dataCentre) ?? [] }
      let cidrs = try #require(InventoryKind.dataCentre.field(.cidrBlocks))
      let written = try #require(try centres().first)
      #expect(written.name == "East" && written.texts(cidrs) == ["10.220.0.0/16"] && written.known == .planned)
      story.type("e")
      story.press(.tab, .tab, .tab)
      story.type("ern")
      story.press(.control("s"))
      await story.see("Saved \(written.id).")
      #expect(try centres().map(\.name) == ["Eastern"])
      story.type("d")
      story.press(.character("y"))
      await story.see("Deleted \(written.id).")
      #expect(try centres().isEmpty)
    }
  }

  @Test("the checklist's line about pulling leads to the endpoints, and one written down there meets it")
  func pulling() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      @ScreenActor func line() throws -> Checklist.Line? {
        try story.app.reading?.overview(of: Worlds.instance).checklist.lines.last
      }
      story.press(.enter, .end, .enter)
      #expect(story.app.page.place == .inventory(.endpoint))
      #expect(try line()?.state == .unknown)
      story.type("c")
      let dialog = try #require(story.app.display.layers.layers.last as? InventoryDialog)
      dialog.form.type(Worlds.instance, into: .instanceId)
      dialog.form.type("Internet", into: .endpointType)
      dialog.form.type("true", into: .enable)
      dialog.form.type("false", into: .aclEnable)
      story.press(.control("s"))
      await story.see("Added ")
      #expect(try line()?.state == .met)
      story.press(.escape)
      #expect(story.app.page.place == .overview(instance: Worlds.instance))
    }
  }

  @Test("the kinds are counted as their pages show them, and an empty page says where there are others")
  func counts() async throws {
    try await onScreen {
      let story = try Story(.own, prepare: Self.inventory)
      story.settle()
      let reading = try #require(story.app.reading)
      for region in [nil, "cn-hangzhou", "eu-central-1"] {
        for kind in InventoryKind.allCases {
          #expect(reading.inventoryCount(kind, in: region) == (try reading.inventory(kind, in: region).count))
        }
        let networks = try reading.networks(in: region)
        #expect(reading.networkCount(in: region) == networks.reduce(0) { $0 + 1 + $1.vSwitches.count })
      }
      story.press(.character("g"), .character("n"), .character("i"))
      #expect(story.text.contains(/VPCs and vSwitches +3/) && story.text.contains(/Security group rule +2/))
      story.press(.escape)
      story.app.region = "eu-central-1"
      story.app.go(to: .inventory(.securityGroupRule))
      #expect(story.text.contains("None in Germany (Frankfurt); 2 in other regions"))
      #expect(story.screen.last?.contains("r region") == true)
      story.press(.character("i"))
      #expect(story.text.contains(/Security group rule +0/) && story.text.contains(/Data centre \(IDC\) +1/))
      story.press(.escape)
      story.app.go(to: .inventory(.route))
      #expect(story.text.contains("Nothing of this kind is known: Route."))
      #expect(story.screen.last?.contains("r region") == false)
    }
  }
}
