import SecureBuild
import TerminalUI

/// Who has the keys, in the order in which they are asked. Esc does the first of these that applies: closes a list,
/// stops work, clears a filter, closes a dialog, goes back.
enum KeyHolder: CaseIterable {
  case textField, picker, work, filter, dialog, page
}

/// Takes every event to whom it belongs. This is the one place that knows the precedence of keys.
@ScreenActor
final class KeyRouting {
  private unowned let app: App
  var keymap: Keymap
  /// The first key of two, such as the `g` of `g s`.
  private(set) var begun: [Key] = []

  init(app: App, keymap: Keymap) {
    self.app = app
    self.keymap = keymap
  }

  /// - Returns: whether somebody took it; what a dialog doesn't take nobody below it gets.
  func route(_ event: Event, to surface: any Surface) -> Bool {
    switch event {
    case .tick:
      surface.tick()
      return false
    case .resize: return false
    case .mouse(let mouse):
      begun = []
      let isBlocked = app.work != nil && surface.waitsForWork
      return isBlocked || surface.point(mouse) || surface is any Dialog
    case .paste: return KeyHolder.allCases.contains { offer(event, to: $0, surface) }
    case .key(let key):
      if redraws(key) {
        app.display.redraw()
        return true
      }
      app.toast = nil
      let before = begun
      let taken = KeyHolder.allCases.contains { offer(event, to: $0, surface) }
      if begun == before { begun = [] }
      return taken
    }
  }

  /// Whoever has the keys, and whatever is shown, stays as it is. A character may be typed somewhere: that is asked where
  /// it belongs.
  private func redraws(_ key: Key) -> Bool {
    if case .character = key { return false }
    return keymap.meaning(of: [key], among: CollectionOfOne(.redraw)) == .command(.redraw)
  }

  private func offer(_ event: Event, to holder: KeyHolder, _ surface: any Surface) -> Bool {
    let key: Key? = if case .key(let key) = event { key } else { nil }
    switch holder {
    case .textField: return key == .control("c") ? false : surface.type(event)
    case .picker: return key == .control("c") ? false : surface.pick(event)
    case .work:
      guard app.work != nil, let key else { return false }
      if key == .escape { return app.cancelWork() }
      guard surface.waitsForWork, key != .control("c") else { return false }
      offerToCoach(key)
      return true
    case .filter: return key == .escape && surface.clearFilter()
    case .dialog:
      guard let dialog = surface as? any Dialog else { return false }
      if let key { offer(key, to: dialog) }
      return true
    case .page: return key.map { offerToPage($0) } ?? false
    }
  }

  /// It stands beside whatever waits.
  private func offerToCoach(_ key: Key) {
    let actions = app.coachActions
    if case .command(let command) = keymap.meaning(of: [key], among: actions.map(\.command)),
      let action = actions.first(where: { $0.command == command })
    {
      run(action)
    }
  }

  private func offer(_ key: Key, to dialog: any Dialog) {
    switch key {
    case .control("c"): app.quit()
    case .escape where begun.isEmpty: dialog.leave()
    default: if !dialog.take(key) { _ = perform(key, dialog, dialog.actions + dialog.help + app.coachActions) }
    }
  }

  private func offerToPage(_ key: Key) -> Bool {
    if key == .escape, !begun.isEmpty { return true }
    switch key {
    case .control("c"): app.quit()
    case .escape: return app.shell.leaveNavigation() || app.goBack()
    case .backspace where endsBackwards: return app.shell.leaveNavigation()
    default:
      let holder = app.holder
      if holder.take(key) || perform(key, holder, holder.actions + app.everywhere) { return true }
      // What the navigation has no use for is meant for the page.
      let own = app.page.actions
      guard begun.isEmpty, app.shell.isNavigationFocused,
        keymap.meaning(of: [key], among: own.map(\.command)) != .nothing
      else { return explain(begun + [key]) }
      _ = app.shell.leaveNavigation()
      return perform(key, app.page, own)
    }
    return true
  }

  /// Whether Backspace would go back from the first page, and so quit: one press too many on the way back ends nothing.
  private var endsBackwards: Bool {
    begun.isEmpty && app.places.count == 1 && keymap.meaning(of: [.backspace], among: [.back]) == .command(.back)
  }

  /// The keys that do something on a page or in a dialog.
  func chords(of command: Command, on surface: any Surface) -> [Chord] {
    let chords = keymap.chords(of: command)
    return command == .back && endsBackwards && !(surface is any Dialog)
      ? chords.filter { $0 != Chord(.backspace) } : chords
  }

  /// Does what the key, with one that came before it, means here.
  /// - Parameter actions: asked for only when the key doesn't move: that is what keys do most, and soonest.
  private func perform(_ key: Key, _ surface: any Surface, _ actions: @autoclosure () -> [Action]) -> Bool {
    let keys = begun + [key]
    let moves = surface.scope.movements
    if case .command(let command) = keymap.meaning(of: keys, among: moves), let key = command.movement {
      return surface.move(key)
    }
    let actions = actions()
    switch keymap.meaning(of: keys, among: moves + actions.map(\.command)) {
    case .beginning:
      begun = keys
      return true
    case .nothing: return false
    case .command(let command):
      guard let action = actions.first(where: { $0.command == command }) else { return false }
      run(action)
      return true
    }
  }

  /// Says of keys that do something elsewhere where that is. Of others it says nothing: fingers slip.
  private func explain(_ keys: [Key]) -> Bool {
    let commands = Command.allCases.filter { command in
      command.isSoughtElsewhere && keymap.chords(of: command).contains { $0.keys == keys }
    }
    guard !commands.isEmpty else { return keys.count > 1 }
    let sentences = commands.map { command in
      Phrase("“\(command.title.en)”.", "“\(command.title.zh)”。") + app.whyNotHere(command)
    }
    app.say(sentences.reduce(Phrase("Not here:", "此处不可用："), +), isError: true)
    return true
  }

  /// Does it, or says why not.
  func run(_ action: Action) {
    if let whyNot = action.whyNot { app.say(whyNot, isError: true) } else { action.perform() }
  }

  /// What the next key can be, after the first of two.
  func continuations(_ actions: [Action], in scope: Scope) -> [KeyHint] {
    var hints: [KeyHint] = []
    func add(_ command: Command, _ label: Phrase) {
      for chord in keymap.chords(of: command) where chord.keys.count > begun.count && chord.keys.starts(with: begun) {
        hints.append(KeyHint(chord.keys[begun.count].description, label))
      }
    }
    if scope.commands.contains(.first) { add(.first, Phrase("first row", "首行")) }
    for action in actions { add(action.command, action.label) }
    return hints
  }
}
