import SecureBuild
import TerminalUI

/// One page of the console: draws itself from its state, and turns keys into what is to be done.
@ScreenActor
protocol Page: AnyObject {
  var place: Place { get }
  /// What stands in the breadcrumb, outermost first.
  var breadcrumb: [String] { get }
  /// Where the same is in the vendor's console.
  var vendorPath: Phrase { get }
  /// The keys of this page, the most useful first.
  var keys: [KeyHint] { get }
  /// The workspace's state may be another.
  func refresh()
  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool)
  /// Whether the event was taken.
  func handle(_ event: Event) -> Bool
}

/// A key and what it does here.
struct KeyHint {
  let key: String
  let label: Phrase

  init(_ key: Key, _ en: String, _ zh: String) {
    self.key = key.description
    label = Phrase(en, zh)
  }

  init(_ key: String, _ en: String, _ zh: String) {
    self.key = key
    label = Phrase(en, zh)
  }
}

extension Key {
  /// hjkl move as the arrows do where nothing is typed.
  var asArrow: Key {
    switch self {
    case .character("h"): .left
    case .character("j"): .down
    case .character("k"): .up
    case .character("l"): .right
    default: self
    }
  }
}
