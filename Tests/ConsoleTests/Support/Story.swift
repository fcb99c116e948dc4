import FlatFiles
import Foundation
import SecureBuild
import TerminalUI
import Testing
import Themes
import Training

@testable import Console

/// Drives the console in memory as a user would: types keys, looks at the screen.
@ScreenActor
final class Story {
  let display: MemoryDisplay
  let world = FakeWorld()
  let folder: String
  private(set) var app: App

  /// - Parameters:
  ///   - kind: nil for a start without a workspace.
  ///   - hasWorld: with all that a training workspace has when it is made; nothing of it is served.
  init(
    _ kind: WorkspaceKind? = .own, hasWorld: Bool = false, size: Size = Size(width: 80, height: 24),
    language: Language = .english, whyNoChinese: Phrase? = nil,
    prepare: (Workspace) throws -> Void = { _ in }
  ) throws {
    setenv("TZ", "UTC", 1)
    folder = FileManager.default.temporaryDirectory.path + "/acr-story-" + UUID().uuidString
    let themes = ThemeCatalogue(builtIn: Themes.builtIn)
    let theme = try #require(themes.theme(named: "dark").theme)
    let surroundings = world.surroundings
    let folder = folder
    let launch = ConsoleLaunch(
      language: language, whyNoChinese: whyNoChinese, themes: themes, theme: theme, path: "~/.local/share/acr-console",
      memory: folder + ".state/console.json",
      open: { _, _ in
        let store = try Store(opening: folder)
        guard hasWorld else { return Workspace(store: store, surroundings: surroundings) }
        return Workspace(
          store: store, surroundings: try TrainingWorkspace.surroundings(for: store, like: surroundings))
      },
      create: { _, kind in try Self.create(kind, at: folder, surroundings) },
      workspaces: { path in
        [
          WorkspaceChoice(path: path, kind: kind ?? .own),
          WorkspaceChoice(path: "/srv/gone", kind: nil, trouble: Phrase("missing", "缺失")),
        ]
      }, missingParts: world.missingParts,
      clusterNeeds: [Phrase("A network plugin that keeps NetworkPolicy.", "支持 NetworkPolicy 的网络插件。")])
    if hasWorld {
      _ = try TrainingWorkspace.create(
        at: folder, actor: surroundings.actor, clock: surroundings.clock, ids: surroundings.ids)
      try prepare(try launch.open(folder, true))
    } else if let kind {
      try prepare(try Self.create(kind, at: folder, surroundings))
    }
    display = MemoryDisplay(size: size, theme: theme)
    app = App(launch, on: display, Result { try launch.open(launch.path, true) }.mapError { Refusal($0) })
  }

  /// The same workspace and memory opened again, as by the next start of the program.
  func restart() {
    let next = MemoryDisplay(size: display.size, theme: display.theme)
    let launch = app.launch
    app = App(launch, on: next, Result { try launch.open(launch.path, true) }.mapError { Refusal($0) })
    restarted = next
  }

  private var restarted: MemoryDisplay?
  private var current: MemoryDisplay { restarted ?? display }

  private nonisolated static func create(_ kind: WorkspaceKind, at folder: String, _ surroundings: Surroundings) throws
    -> Workspace
  {
    let store = try Store.create(
      at: folder, WorkspaceHeader(id: "ws-test", kind: kind.rawValue, created: "2026-11-24T20:00:00.000Z"),
      by: "lin@bastion", as: "workspace init", at: "2026-11-24T20:00:00.000Z"
    ) { _ in }
    return Workspace(store: store, surroundings: surroundings)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
    try? FileManager.default.removeItem(atPath: folder + ".state")
  }

  // MARK: Typing

  func press(_ keys: Key...) { for key in keys { current.layers.dispatch(.key(key)) } }

  /// Presses keys given as a collection.
  func press(_ keys: ArraySlice<Key>) { for key in keys { press(key) } }

  /// Types text a character at a time.
  func type(_ text: String) { for character in text { press(.character(character)) } }

  func paste(_ text: String) { current.layers.dispatch(.paste(text)) }

  func point(_ mouse: Mouse) { current.layers.dispatch(.mouse(mouse)) }

  func resize(to size: Size) {
    current.size = size
    current.layers.dispatch(.resize(size))
  }

  // MARK: Looking

  var canvas: Canvas { current.canvas }
  var screen: [String] { canvas.lines }
  var text: String { screen.joined(separator: "\n") }
  var copied: [String] { current.copied }
  var redraws: Int { current.redraws }
  var ended: ExitReason? { current.ended }
  func filesChanged() { current.filesChanged() }
  var isTickPending: Bool { current.isTickPending }

  /// Waits until the screen shows a text; at most twenty seconds.
  func see(_ wanted: String, _ location: SourceLocation = #_sourceLocation) async {
    await see(location, "“\(wanted)”") { $0.contains(wanted) }
  }

  func seeNo(_ unwanted: String, _ location: SourceLocation = #_sourceLocation) async {
    await see(location, "no “\(unwanted)”") { !$0.contains(unwanted) }
  }

  private var hasFailed = false

  /// Waits until something holds that no screen shows; at most twenty seconds.
  func until(_ isSo: () -> Bool, _ location: SourceLocation = #_sourceLocation) async {
    await see(location, "something that no screen shows") { _ in isSo() }
  }

  private func see(_ location: SourceLocation, _ what: String, _ isThere: (String) -> Bool) async {
    var pause = Duration.milliseconds(1)
    // A story that has gone wrong once need not wait long any more.
    let end = ContinuousClock.now + (hasFailed ? .milliseconds(100) : .seconds(20))
    while !isThere(text) {
      guard ContinuousClock.now < end else {
        hasFailed = true
        Issue.record("waited for \(what); the screen was:\n\(text)", sourceLocation: location)
        return
      }
      current.tick()
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(20))
    }
  }

  /// Lets what was asked for after the first frame happen.
  func settle() {
    _ = screen
    current.tick()
  }
}
