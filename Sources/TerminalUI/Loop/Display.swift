/// What pages need of a screen: the real one, or one in memory.
@ScreenActor
public protocol Display: AnyObject {
  var layers: LayerStack { get }
  var size: Size { get }
  /// How roles look; a change shows with the next draw.
  var theme: Theme { get set }
  func quit(_ reason: ExitReason)
  /// Asks for one `Event.tick` after this time; the earliest asked for counts.
  func requestTick(after delay: Duration)
  /// Calls `changed` when files in the folder change; false where it can't be watched.
  @discardableResult
  func watch(folder: String, changed: @escaping @ScreenActor () -> Void) -> Bool
  /// The next draw paints every cell again, whatever the terminal shows by now.
  func redraw()
  /// Puts text on the terminal's clipboard.
  func copy(_ text: String)
}

extension Screen: Display {}
