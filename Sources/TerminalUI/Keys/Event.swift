/// What the terminal tells a layer.
public enum Event: Sendable, Equatable {
  case key(Key)
  /// A bracketed paste, whole, without control characters but line ends and tabs.
  case paste(String)
  case mouse(Mouse)
  case resize(Size)
  /// The time asked for with `requestTick` has come.
  case tick
}

/// The mouse's first button or its wheel, at a cell.
public struct Mouse: Sendable, Equatable {
  public enum Action: Sendable {
    case click, doubleClick, wheelUp, wheelDown
    /// The button is held, and the mouse has moved.
    case drag
  }

  public let action: Action
  public let at: Point
  public init(_ action: Action, at: Point) {
    self.action = action
    self.at = at
  }
}
