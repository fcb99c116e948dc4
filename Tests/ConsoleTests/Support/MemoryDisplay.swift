import TerminalUI

/// A screen in memory: what layers draw becomes text, ticks come when a test asks for them.
@ScreenActor
final class MemoryDisplay: Display {
  let layers = LayerStack()
  var size: Size
  var theme: Theme
  private(set) var ended: ExitReason?
  private(set) var copied: [String] = []
  /// How often all of it was to be painted again.
  private(set) var redraws = 0
  private(set) var isTickPending = false
  private var watches: [@ScreenActor () -> Void] = []

  init(size: Size, theme: Theme) {
    self.size = size
    self.theme = theme
  }

  func quit(_ reason: ExitReason) { ended = reason }
  func requestTick(after delay: Duration) { isTickPending = true }
  func redraw() { redraws += 1 }
  func copy(_ text: String) { copied.append(text) }

  func watch(folder: String, changed: @escaping @ScreenActor () -> Void) -> Bool {
    watches.append(changed)
    return true
  }

  /// As inotify would.
  func filesChanged() { for watch in watches { watch() } }

  /// Delivers the tick that was asked for, if one was.
  func tick() {
    guard isTickPending else { return }
    isTickPending = false
    layers.dispatch(.tick)
  }

  var canvas: Canvas { layers.draw(size: size) }
}
