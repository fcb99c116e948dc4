/// How the screen deals with the terminal.
public struct ScreenSettings: Sendable {
  /// Milliseconds to wait after an Esc for the rest of a key's sequence; nil: 25, or 100 where the line is slow.
  public var escapeDelay: Int32?
  /// Whether the mouse is taken; without, the terminal's own selection works.
  public var mouse: Bool
  /// No colours at all, as `NO_COLOR` asks.
  public var monochrome: Bool

  public init(escapeDelay: Int32? = nil, mouse: Bool = true, monochrome: Bool = false) {
    self.escapeDelay = escapeDelay
    self.mouse = mouse
    self.monochrome = monochrome
  }
}
