/// Pages and the dialogs on top of them. An event goes from the top down until one layer takes it; all draw bottom up.
@ScreenActor
public final class LayerStack {
  public private(set) var layers: [any Layer] = []
  /// What of a window the layers above the first draw into; all of it where nobody says anything.
  public var room: (@ScreenActor (Size) -> Rect)?

  public nonisolated init() {}

  public var top: (any Layer)? { layers.last }
  public var isEmpty: Bool { layers.isEmpty }

  public func push(_ layer: any Layer) { layers.append(layer) }

  /// Removes this layer and all above it.
  public func close(_ layer: any Layer) {
    guard let index = layers.firstIndex(where: { $0 === layer }) else { return }
    layers.removeSubrange(index...)
  }

  /// Whether any layer took the event.
  @discardableResult
  public func dispatch(_ event: Event) -> Bool {
    for layer in layers.reversed() where layer.handle(event) { return true }
    return false
  }

  public func draw(size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    let whole = Rect(canvas.size)
    let room = room?(size) ?? whole
    for (index, layer) in layers.enumerated() {
      canvas.cursor = nil
      canvas.clip = whole
      canvas.paper = .page
      layer.draw(on: &canvas, in: index == 0 ? whole : room)
    }
    return canvas
  }
}
