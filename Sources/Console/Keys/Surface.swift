import SecureBuild
import TerminalUI

/// What can have the keys: a page, or a dialog on top of it. Each part of it is asked in the order of ``KeyHolder``.
@ScreenActor
protocol Surface: AnyObject {
  var scope: Scope { get }
  /// What can be done here, the most useful first.
  var actions: [Action] { get }

  /// A text field that has the focus takes what it has a use for.
  func type(_ event: Event) -> Bool
  /// A list that is open over a field takes all keys.
  func pick(_ event: Event) -> Bool
  /// Clears the filter; false where there is none.
  func clearFilter() -> Bool
  /// A key with a meaning of its own here, before any command.
  func take(_ key: Key) -> Bool
  /// Moves in the list: arrows, PageUp, PageDown, Home and End.
  func move(_ key: Key) -> Bool
  func point(_ mouse: Mouse) -> Bool
  /// The time asked for has come.
  func tick()
  /// Whether nothing but stopping makes sense while work runs.
  var waitsForWork: Bool { get }
  /// Keys with a meaning of their own that hints show first.
  var fixedHints: [KeyHint] { get }
  /// What the keys do while a text field or an open list has them; nil while neither has.
  var typingHints: [KeyHint]? { get }
}

extension Surface {
  func type(_ event: Event) -> Bool { false }
  func pick(_ event: Event) -> Bool { false }
  func clearFilter() -> Bool { false }
  func take(_ key: Key) -> Bool { false }
  func move(_ key: Key) -> Bool { false }
  /// The wheel moves as the arrows do.
  func point(_ mouse: Mouse) -> Bool {
    switch mouse.action {
    case .wheelUp: move(.up)
    case .wheelDown: move(.down)
    case .click, .doubleClick, .drag: false
    }
  }
  var fixedHints: [KeyHint] { [] }
  func tick() {}
  var waitsForWork: Bool { false }
  var typingHints: [KeyHint]? { nil }
}

/// A surface on top of the page, which has the keys until it is closed.
@ScreenActor
protocol Dialog: Surface, Layer {
  var app: App { get }
  /// Esc: closes, or asks before.
  func leave()
  /// What Esc does, in a word.
  var leaving: Phrase { get }
}

extension Dialog {
  func handle(_ event: Event) -> Bool { app.keys.route(event, to: self) }
  func leave() { app.close(self) }
  var leaving: Phrase { Phrase("close", "关闭") }

  /// Its keys, where it has no other use for the key that shows them.
  var help: [Action] {
    guard scope.commands.contains(.help), !actions.contains(where: { $0.command == .help }) else { return [] }
    return [Action(.help, "keys", "按键") { [app, unowned self] in app.open(HelpDialog(app: app, of: self)) }]
  }
}
