import SecureBuild
import TerminalUI
import Testing

@testable import Console

/// What has to show first where there is little room.
@Suite("Small windows", .serialized)
struct SmallWindowTests {
  typealias Variant = (size: Size, language: Language)

  static let variants: [Variant] = [Size(width: 40, height: 12), Size(width: 60, height: 15)].flatMap { size in
    Language.allCases.map { (size, $0) }
  }

  @ScreenActor
  private func story(_ variant: Variant, _ prepare: (Workspace) throws -> Void = Worlds.withLink) throws -> Story {
    let story = try Story(size: variant.size, language: variant.language, prepare: prepare)
    story.settle()
    return story
  }

  @Test("A check that failed begins with the reason and the mend, and scrolls to every hop", arguments: variants)
  func failedCheck(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      await story.bind()
      story.world.gitLab.fail(by: .insufficientScope(needed: ["api"]))
      story.type("R")
      await story.see("→")
      Golden.check(story.timelessScreen, "dialog-check-failed", variant)
      story.press(.end)
      await story.see("▲")
      Golden.check(story.timelessScreen, "dialog-check-failed-end", variant)
      story.press(.pageUp, .pageUp)
      await story.see("✗")
      story.point(Mouse(.wheelDown, at: Point(x: 10, y: 5)))
      await story.see("▲")
    }
  }

  @Test("A check that passed says so", arguments: variants)
  func passedCheck(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      await story.bind()
      story.type("R")
      await story.see(variant.language == .english ? "Every hop passed" : "全部通过")
      Golden.check(story.timelessScreen, "dialog-check-passed", variant)
    }
  }

  @Test("A refused binding says why, then what to do, then what the vendor says", arguments: variants)
  func refusedBinding(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      story.press(.enter, .character("s"), .character("b"))
      story.world.gitLab.fail(by: .insufficientScope(needed: ["api"]))
      await story.fillBinding()
      await story.see("✗")
      Golden.check(story.screen, "dialog-bind-refused", variant)
    }
  }

  @Test("An error at a field shows whole while the field has the focus", arguments: variants)
  func errorAtField(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant, Worlds.plain)
      story.press(.enter, .character("m"), .character("c"))
      story.type("100.104.3.4")
      story.press(.tab)
      story.type("10.0.0.300=Maven ")
      story.press(.control("s"))
      Golden.check(story.screen, "dialog-link-errors", variant)
    }
  }

  @Test("Labels stand whole, so that no two read alike", arguments: variants)
  func labels(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant, Worlds.plain)
      story.press(.enter, .character("m"), .character("c"))
      let labels =
        variant.language == .english
        ? ["GitLab intranet IP*", "Other IPs to allow", "Host names", "Existing VPC*", "Existing vSwitch*"]
        : ["GitLab内网IP地址*", "其它需放行 IP", "主机名", "选择已有专有网络*", "选择已有交换机*"]
      for label in labels {
        #expect(story.text.contains("▸ \(label)"))
        story.press(.tab)
      }
    }
  }

  @Test("The first start offers both workspaces, whatever its path", arguments: variants)
  func welcome(_ variant: Variant) async throws {
    try await onScreen {
      let story = try Story(nil, size: variant.size, language: variant.language)
      Golden.check(story.screen, "welcome", variant)
      let offers = variant.language == .english ? ["practise", "begin your own"] : ["开始演练", "自有工作区"]
      for (key, offer) in zip(["Enter", "o"], offers) {
        #expect(story.screen.contains { $0.hasPrefix("  \(key)") && $0.contains(offer) })
      }
    }
  }

  @Test("An open list leaves the line of keys free", arguments: variants)
  func openList(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant, Worlds.plain)
      story.press(.enter, .character("m"), .character("c"), .tab, .tab, .tab, .enter)
      Golden.check(story.screen, "dialog-link-vpcs", variant)
      #expect(story.screen.last?.contains("Enter") == true)
    }
  }

  @Test("An empty list says all of what to do", arguments: variants + Golden.variants)
  func emptyList(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant) { workspace in
        _ = try workspace.createInstance(
          name: "build", region: "cn-hangzhou", specification: "Enterprise_Basic", status: "RUNNING")
      }
      story.press(.enter, .character("m"), .character("c"), .tab, .tab, .tab, .enter)
      #expect(story.text.contains(variant.language == .english ? "None is known here" : "没有可选项"))
      #expect(story.text.contains(variant.language == .english ? "one." : "记。"))
    }
  }

  @Test("The checklist keeps four lines and says why", arguments: variants)
  func overview(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      story.press(.enter, .down, .down)
      Golden.check(story.screen, "overview", variant)
    }
  }

  @Test("Facts of a binding come before the other platforms", arguments: variants)
  func codeSource(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      await story.bind()
      Golden.check(story.screen, "code-source-bound", variant)
    }
  }

  @Test("The managed group's rules come before what is said of it", arguments: variants)
  func securityGroup(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      story.press(.enter, .character("g"), .character("s"))
      Golden.check(story.screen, "security-group-planned", variant)
      #expect(story.text.contains("192.168.10.20/32"))
    }
  }

  @Test("The list of workspaces keeps its rows", arguments: variants)
  func workspaces(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      story.press(.character("g"), .character("w"))
      await story.see("/srv/gone")
      Golden.check(story.screen, "workspace", variant)
    }
  }

  @Test("Columns go before they can't be read any more", arguments: variants)
  func lists(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      Golden.check(story.screen, "instances", variant)
      story.press(.enter, .character("m"))
      Golden.check(story.screen, "dialog-links", variant)
      #expect(story.text.contains(variant.language == .english ? "○ free" : "○ 未使用"))
    }
  }

  @Test("The line of keys keeps what a page is for before the way back, and all keys' own", arguments: variants)
  func primary(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      let isEnglish = variant.language == .english
      story.press(.enter, .end)
      let overview = try #require(story.screen.last)
      for hint in isEnglish ? ["Enter go there", "Esc back", "? keys"] : ["Enter 前往", "Esc 返回", "? 按键"] {
        #expect(overview.contains(hint), "\(overview)")
      }
      story.press(.character("s"), .character("b"))
      let form = try #require(story.screen.last)
      for hint in isEnglish ? ["Ctrl-S OK", "Esc close"] : ["Ctrl-S 确定", "Esc 关闭"] {
        #expect(form.contains(hint), "\(form)")
      }
    }
  }

  @Test("The list of regions stays in its frame, with whole IDs and the zones of each", arguments: variants)
  func regions(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(variant)
      story.type("r")
      Golden.check(story.screen, "regions", variant)
      let rows = story.screen.filter { $0.contains("cn-") }
      #expect(rows.count > 3)
      for row in rows {
        #expect(row.hasSuffix("  │"))
        #expect(row.contains(variant.language == .english ? /\s[0-9] zones/ : /\s[0-9] 个可用区/))
      }
      #expect(story.text.contains("cn-zhangjiakou "))
    }
  }

  @Test("The top bar drops the path, then the region, then the language; the instance stays", arguments: [40, 60, 80])
  func topBar(width: Int) async throws {
    try await onScreen {
      let size = Size(width: width, height: 24)
      let story = try Story(size: size) { workspace in
        _ = try workspace.createInstance(
          name: "an-instance-of-a-very-long-name", region: "cn-hangzhou", specification: "Enterprise_Advanced",
          status: "RUNNING")
      }
      story.settle()
      story.press(.enter)
      let bar = try #require(story.screen.first)
      #expect(bar.contains("an-instanc…long-name"))
      #expect(bar.contains(" EN") == (width > 44))
      #expect(bar.contains("cn-hangzhou") == (width > 59))
      #expect(!bar.contains(" … "))
    }
  }
}

extension Story {
  /// The screen with every time that something took as none: they are never the same.
  fileprivate var timelessScreen: [String] {
    screen.map { line in
      line.replacing(/[0-9]+ ms/) { match in
        String(repeating: " ", count: match.output.count - 4) + "0 ms"
      }
    }
  }
}
