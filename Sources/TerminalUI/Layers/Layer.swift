/// A page or a dialog: draws itself from its state alone, and takes events.
@ScreenActor
public protocol Layer: AnyObject {
  /// Draws into `area`; may set `canvas.cursor`.
  func draw(on canvas: inout Canvas, in area: Rect)
  /// Takes an event, or gives false to let the layer below have it.
  func handle(_ event: Event) -> Bool
}
