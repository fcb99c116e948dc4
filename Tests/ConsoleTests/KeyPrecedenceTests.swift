import TerminalUI
import Testing
import Training

@testable import Console

/// Text field → picker → running work → filter → dialog → page: walked with one surface that wants every key at every
/// step, which then gives them up one after the other.
@Suite("The precedence of keys", .serialized)
struct KeyPrecedenceTests {
  @Test("is the order in which DESIGN has it")
  func order() {
    #expect(KeyHolder.allCases == [.textField, .picker, .work, .filter, .dialog, .page])
  }

  @Test("gives Esc and a letter to the first who wants them")
  func walk() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      let greedy = Greedy(app: story.app)
      story.app.open(greedy)
      story.world.gitLab.hold(true)
      let release = story.app.hang()

      var esc: [String] = []
      var letter: [String] = []
      while let holder = greedy.wants.first {
        story.press(.escape)
        esc.append(greedy.took.isEmpty ? "work" : greedy.took.joined())
        greedy.took = []
        story.press(.character("x"))
        letter.append(greedy.took.joined())
        greedy.took = []
        greedy.wants.removeFirst()
        if holder == .work {
          release()
          await story.until { story.app.work == nil }
        }
      }
      #expect(esc == ["textField", "picker", "work", "filter", "dialog"])
      // While work runs a dialog that waits for it gets no letters; a filter never gets any but in its text field.
      #expect(letter == ["textField", "picker", "", "dialog", "dialog"])
    }
  }

  @Test("leaves Esc to the page where nobody else wants it: back")
  func page() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter)
      await story.see("To the first secure build")
      story.press(.escape)
      await story.see("Edition")
    }
  }

  @Test("goes back by Backspace as far as the first page, and never out of the program")
  func backspace() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .backspace)
      await story.see("Edition")
      story.press(.backspace, .tab, .backspace, .backspace)
      #expect(story.ended == nil)
      story.press(.character("?"))
      await story.see("Keys")
      story.press(.end)
      await story.see("quit")
      #expect(!story.text.contains("Backspace"))
      story.press(.escape, .character("q"))
      #expect(story.ended == .quit)
    }
  }

  @Test("of a real form: a list closes first, then the dialog, which asks once, and the page goes back last")
  func form() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.press(.enter, .character("m"), .character("c"))
      story.type("10.0.0.1")
      story.press(.tab, .tab, .tab, .enter)
      await story.see("close the list")
      story.press(.escape)
      await story.seeNo("close the list")
      await story.see("Create a link")
      story.press(.escape)
      await story.see("Discard what you typed")
      story.press(.character("y"))
      await story.see("No link yet")
      story.press(.escape)
      await story.see("To the first secure build")
      story.press(.escape)
      await story.see("Edition")
    }
  }

  @Test("lets Ctrl-C through everywhere")
  func quits() async throws {
    try await onScreen {
      for keys: [Key] in [
        [], [.character("/")], [.character(":")], [.character("c")], [.character("r")], [.character("d")],
      ] {
        let story = try Story(prepare: Worlds.plain)
        story.press(keys[...])
        story.press(.control("c"))
        #expect(story.ended == .quit, "after \(keys)")
      }
    }
  }

  @Test("draws the screen anew by Ctrl-L whoever has the keys, and changes nothing")
  func redraws() async throws {
    try await onScreen {
      for keys: [Key] in [
        [], [.character("/"), .character("b")], [.character(":"), .character("x")], [.character("c"), .character("n")],
        [.character("r")], [.character("d")], [.character("?")], [.character("y")], [.tab], [.character("g")],
      ] {
        let story = try Story(prepare: Worlds.plain)
        story.press(keys[...])
        let before = story.screen
        story.press(.control("l"))
        #expect(story.redraws == 1, "after \(keys)")
        #expect(story.screen == before, "after \(keys)")
      }
      let story = try Story(prepare: Worlds.plain)
      let release = story.app.hang()
      story.press(.control("l"))
      #expect(story.redraws == 1)
      release()
      await story.until { story.app.work == nil }
    }
  }

  @Test("leaves a letter that draws the screen anew by the settings to whoever types it")
  func redrawingLetter() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.plain)
      story.app.keys.keymap.set([Chord(.character("Z")), Chord(.control("l"))], for: .redraw)
      story.press(.character("Z"))
      #expect(story.redraws == 1)
      story.press(.character("/"), .character("Z"))
      #expect(story.redraws == 1)
      await story.see("/ Z")
    }
  }

  @Test("every page and dialog has only actions that its place is known to have")
  func scopes() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withLink)
      let id = Worlds.instance
      let app = story.app
      for place: Place in [
        .instances, .networks, .activity, .workspace, .overview(instance: id), .codeSource(instance: id),
        .securityGroup(instance: id),
      ] {
        app.go(to: place)
        expectKnown(app.page)
        #expect(app.everywhere.allSatisfy { Scope.everywhere.contains($0.command) })
      }
      expectKnown(LinksDialog(app: app, instance: id))
      expectKnown(LinkDialog(app: app, creatingFor: id))
      expectKnown(BindDialog(app: app, instance: id))
      expectKnown(HelpDialog(app: app, of: app.page))
      expectKnown(ThemeDialog(app: app))
      expectKnown(app.shell.navigation)
      expectKnown(ConfirmDialog(app: app, title: .init("", ""), question: .init("", ""), action: .init("", "")) {})
    }
  }

  @Test("leaves the coach its keys while a dialog waits: it stands beside it")
  func coach() async throws {
    try await onScreen {
      let story = try Story(.training, hasWorld: true) { workspace in
        _ = try Lessons(in: workspace).start(try LessonCatalogue().lesson("ecs").lesson)
      }
      story.settle()
      await story.see("needs a link of")
      let greedy = Greedy(app: story.app)
      story.app.open(greedy)
      greedy.wants = [.dialog]
      let release = story.app.hang()
      story.press(.function(6))
      await story.seeNo("needs a link of")
      story.press(.function(6))
      await story.see("needs a link of")
      #expect(greedy.took.isEmpty)
      release()
      await story.until { story.app.work == nil }
    }
  }

  @ScreenActor
  private func expectKnown(_ surface: any Surface) {
    let known = surface.scope.commands
    #expect(surface.actions.map(\.command).filter { !known.contains($0) } == [], "\(surface.scope)")
  }
}

/// Wants all keys, as whoever it still may be.
@ScreenActor
private final class Greedy: Dialog {
  unowned let app: App
  var wants: [KeyHolder] = [.textField, .picker, .work, .filter, .dialog]
  var took: [String] = []

  init(app: App) { self.app = app }

  let scope = Scope.form
  let actions: [Action] = []
  var waitsForWork: Bool { true }

  private func take(as holder: KeyHolder) -> Bool {
    guard wants.contains(holder) else { return false }
    took.append("\(holder)")
    return true
  }

  func type(_ event: Event) -> Bool { take(as: .textField) }
  func pick(_ event: Event) -> Bool { take(as: .picker) }
  func clearFilter() -> Bool { take(as: .filter) }
  func take(_ key: Key) -> Bool { take(as: .dialog) }
  func leave() { _ = take(as: .dialog) }
  func draw(on canvas: inout Canvas, in area: Rect) {}
}

extension App {
  /// Work that runs, uncancelled, until what is given back is called.
  fileprivate func hang() -> @ScreenActor () -> Void {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    perform(.init("Hanging", "等待"), cancellable: false) {
      for await _ in stream {}
    } then: { _ in
    }
    return { continuation.finish() }
  }
}
