import SecureBuild
import TerminalUI
import Testing

@testable import Console

/// Every page and dialog as it is drawn, in two sizes and both languages.
@Suite("Golden screens", .serialized)
struct GoldenScreenTests {
  typealias Variant = (size: Size, language: Language)

  @ScreenActor
  private func story(
    _ kind: WorkspaceKind? = .own, _ variant: Variant, _ prepare: (Workspace) throws -> Void = Worlds.plain
  ) throws -> Story {
    let story = try Story(kind, size: variant.size, language: variant.language, prepare: prepare)
    story.settle()
    return story
  }

  @Test("Instances of an own workspace", arguments: Golden.variants)
  func instances(_ variant: Variant) async throws {
    try await onScreen {
      Golden.check(try story(.own, variant).screen, "instances", variant)
    }
  }

  @Test("Instances of a training workspace say so", arguments: Golden.variants)
  func trainingInstances(_ variant: Variant) async throws {
    try await onScreen {
      Golden.check(try story(.training, variant).screen, "instances-training", variant)
    }
  }

  @Test("A start without a workspace offers to make one and takes no focus", arguments: Golden.variants)
  func welcome(_ variant: Variant) async throws {
    try await onScreen {
      Golden.check(try story(nil, variant).screen, "welcome", variant)
    }
  }

  @Test("A region without instances says what to do", arguments: Golden.variants)
  func emptyRegion(_ variant: Variant) async throws {
    try await onScreen {
      Golden.check(try story(.own, variant, { _ in }).screen, "instances-empty", variant)
    }
  }

  @Test("Filtered instances", arguments: Golden.variants)
  func filter(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant)
      story.type("/build")
      Golden.check(story.screen, "instances-filter", variant)
    }
  }

  @Test("The region picker", arguments: Golden.variants)
  func regions(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant)
      story.type("r")
      Golden.check(story.screen, "regions", variant)
    }
  }

  @Test("Overview with its checklist", arguments: Golden.variants)
  func overview(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant, Worlds.withLink)
      story.press(.enter)
      Golden.check(story.screen, "overview", variant)
    }
  }

  @Test("Code source, not bound", arguments: Golden.variants)
  func codeSource(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant)
      story.press(.enter, .character("s"))
      Golden.check(story.screen, "code-source", variant)
    }
  }

  @Test("Code source, bound", arguments: Golden.variants)
  func bound(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant, Worlds.withLink)
      await story.bind()
      Golden.check(story.screen, "code-source-bound", variant)
    }
  }

  @Test("The managed security group, planned", arguments: Golden.variants)
  func plannedGroup(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant, Worlds.withLink)
      story.press(.enter, .character("s"), .character("g"), .character("s"))
      Golden.check(story.screen, "security-group-planned", variant)
    }
  }

  @Test("The managed security group of a bound code source", arguments: Golden.variants)
  func group(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.training, variant, Worlds.withLink)
      await story.bind()
      story.press(.character("g"), .character("s"))
      Golden.check(story.screen, "security-group-active", variant)
    }
  }

  @Test("VPC networks", arguments: Golden.variants)
  func networks(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant)
      story.press(.tab, .down, .enter)
      Golden.check(story.screen, "networks", variant)
    }
  }

  @Test("Dialogs that write things down", arguments: Golden.variants)
  func writingDown(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant)
      story.type("c")
      Golden.check(story.screen, "dialog-instance", variant)
      story.press(.escape, .tab, .down, .enter, .character("c"))
      Golden.check(story.screen, "dialog-vpc", variant)
      story.press(.escape, .character("v"))
      Golden.check(story.screen, "dialog-vswitch", variant)
    }
  }

  @Test("Link management, empty and with a link", arguments: Golden.variants)
  func links(_ variant: Variant) async throws {
    try await onScreen {
      let empty = try story(.own, variant)
      empty.press(.enter, .character("m"))
      Golden.check(empty.screen, "dialog-links-empty", variant)
      let story = try story(.own, variant, Worlds.withLink)
      story.press(.enter, .character("m"))
      Golden.check(story.screen, "dialog-links", variant)
    }
  }

  @Test("Creating a link: what is wrong stands at its field", arguments: Golden.variants)
  func linkErrors(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant)
      story.press(.enter, .character("m"), .character("c"))
      story.type("100.104.3.4")
      story.press(.tab)
      story.type("10.0.0.300=Maven ")
      story.press(.control("s"))
      Golden.check(story.screen, "dialog-link-errors", variant)
    }
  }

  @Test("Editing a link", arguments: Golden.variants)
  func editLink(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant, Worlds.withLink)
      story.press(.enter, .character("m"), .character("e"))
      Golden.check(story.screen, "dialog-link-edit", variant)
    }
  }

  @Test("The vSwitch picker marks the zones that carry the mode", arguments: Golden.variants)
  func picker(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant)
      story.press(.enter, .character("m"), .character("c"), .tab, .tab, .tab, .enter, .enter, .tab, .enter)
      Golden.check(story.screen, "dialog-link-vswitches", variant)
    }
  }

  @Test("Private GitLab, empty and refused", arguments: Golden.variants)
  func privateGitLab(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant, Worlds.withLink)
      story.press(.enter, .character("s"), .character("b"))
      Golden.check(story.screen, "dialog-bind", variant)
      story.world.gitLab.fail(by: .insufficientScope(needed: ["api"]))
      await story.fillBinding()
      await story.see("api")
      await story.see(variant.language == .english ? "vendor's console says" : "厂商控制台提示")
      Golden.check(story.screen, "dialog-bind-refused", variant)
    }
  }

  @Test("Questions, keys and themes", arguments: Golden.variants)
  func others(_ variant: Variant) async throws {
    try await onScreen {
      let story = try story(.own, variant, Worlds.withLink)
      story.type("d")
      Golden.check(story.screen, "dialog-delete", variant)
      story.press(.escape, .character("?"))
      Golden.check(story.screen, "dialog-keys", variant)
      story.press(.escape, .character("T"))
      Golden.check(story.screen, "dialog-theme", variant)
      story.press(.escape)
      await story.bind()
      story.type("u")
      Golden.check(story.screen, "dialog-unbind", variant)
    }
  }

  @Test("The palette, empty and with a search", arguments: Golden.variants)
  func palette(size: Size, language: Language) async throws {
    try await onScreen {
      let story = try Story(size: size, language: language, prepare: Worlds.withLink)
      story.press(.enter, .character(":"))
      await story.see("›")
      Golden.check(story.screen, "palette", (size, language))
      story.type("co")
      Golden.check(story.screen, "palette-search", (size, language))
    }
  }

  @Test("What g can go on with", arguments: Golden.variants)
  func continuations(size: Size, language: Language) async throws {
    try await onScreen {
      let story = try Story(size: size, language: language, prepare: Worlds.plain)
      story.press(.character("g"))
      Golden.check(story.screen, "go", (size, language))
    }
  }

  @Test("Activity and workspace", arguments: Golden.variants)
  func activity(size: Size, language: Language) async throws {
    try await onScreen {
      let story = try Story(size: size, language: language, prepare: Worlds.withLink)
      story.press(.character("g"), .character("a"))
      await story.see("2026-11-24 20:15")
      Golden.check(story.screen, "activity", (size, language))
      story.press(.character("g"), .character("w"))
      await story.see("/srv/gone")
      Golden.check(story.screen, "workspace", (size, language))
    }
  }
}
