import TerminalUI

/// A page or dialog around one list, to which keys and mouse go.
@ScreenActor
protocol Listed: Surface {
  var list: Listing { get }
}

extension Listed {
  func type(_ event: Event) -> Bool { list.type(event) }
  func clearFilter() -> Bool { list.clearFilter() }
  var typingHints: [KeyHint]? { list.typingHints }
  func move(_ key: Key) -> Bool { list.move(key) }
  func point(_ mouse: Mouse) -> Bool { list.point(mouse) }
}
