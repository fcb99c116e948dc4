import Testing

@testable import TerminalUI

@Suite("A stack of layers")
struct LayerStackTests {
  @ScreenActor
  private final class Plate: Layer {
    let name: String
    let takes: [Key]
    var seen: [Event] = []
    init(_ name: String, takes: Key...) {
      self.name = name
      self.takes = takes
    }
    func draw(on canvas: inout Canvas, in area: Rect) {
      canvas.put(name, x: 0, y: 0, .text)
      canvas.cursor = Point(x: 0, y: 0)
      canvas.clip = Rect(x: 0, y: 0, width: 0, height: 0)
    }
    func handle(_ event: Event) -> Bool {
      seen.append(event)
      if case .key(let key) = event { return takes.contains(key) }
      return false
    }
  }

  /// The screen's actor runs on its loop alone: a test borrows the thread for a moment.
  private func onScreen(_ body: @ScreenActor () -> Void) {
    ScreenActor.executor.adoptThread()
    ScreenActor.assumeIsolated(body)
  }

  @Test("gives an event from the top down until one takes it, and draws bottom up")
  func order() {
    onScreen {
      let stack = LayerStack()
      let page = Plate("page", takes: .enter, .escape)
      let dialog = Plate("di", takes: .escape)
      stack.push(page)
      stack.push(dialog)
      #expect(stack.dispatch(.key(.escape)))
      #expect(page.seen.isEmpty)
      #expect(stack.dispatch(.key(.enter)))
      #expect(page.seen == [.key(.enter)])
      #expect(!stack.dispatch(.key(.tab)))
      #expect(stack.draw(size: Size(width: 6, height: 1)).lines == ["dige"])
      stack.close(page)
      #expect(stack.isEmpty)
    }
  }
}
