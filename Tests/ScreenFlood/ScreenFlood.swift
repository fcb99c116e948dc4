import TerminalUI
import Themes

/// A screen whose state changes ten thousand times a second and more while it runs, for tests of the loop: it shows how
/// often that was, how many keys came, and how many frames were drawn. `q` quits.
@main
enum ScreenFlood {
  static func main() {
    Signals.blockForScreen()
    guard let theme = ThemeCatalogue(builtIn: Themes.builtIn).theme(named: "dark").theme else { return }
    _ = Screen.run(theme: theme) { screen in
      let counters = Counters(screen)
      screen.layers.push(counters)
      for _ in 0..<4 {
        Task.detached {
          while true { await counters.change() }
        }
      }
    }
  }
}

@ScreenActor
final class Counters: Layer {
  private unowned let screen: Screen
  private var changes = 0
  private var keys = 0
  private var frames = 0
  private let start = ContinuousClock.now

  init(_ screen: Screen) { self.screen = screen }

  func change() { changes += 1 }

  func draw(on canvas: inout Canvas, in area: Rect) {
    frames += 1
    let elapsed = (ContinuousClock.now - start) / .milliseconds(1)
    canvas.put("changes \(changes).", x: 0, y: 0, .text)
    canvas.put("size \(area.width)×\(area.height).", x: 0, y: 2, .text)
    canvas.put("keys \(keys). frames \(frames). milliseconds \(Int(elapsed)).", x: 0, y: 1, .text)
  }

  func handle(_ event: Event) -> Bool {
    guard case .key(let key) = event else { return false }
    keys += 1
    if key == .character("q") { screen.quit(.quit) }
    return true
  }
}
