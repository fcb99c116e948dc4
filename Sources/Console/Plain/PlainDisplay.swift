import TerminalUI

/// A display of which nothing is ever drawn: dialogs live on it while they are talked through line by line.
@ScreenActor
final class PlainDisplay: Display {
  let layers = LayerStack()
  let size = Size(width: 80, height: 24)
  var theme: Theme

  init(theme: Theme) { self.theme = theme }

  func quit(_ reason: ExitReason) {}
  func requestTick(after delay: Duration) {}
  func watch(folder: String, changed: @escaping @ScreenActor () -> Void) -> Bool { false }
  func redraw() {}
  func copy(_ text: String) {}
}
