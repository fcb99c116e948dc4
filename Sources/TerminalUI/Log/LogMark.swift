/// A line of its own above a line of a log: that a stage begins here.
public struct LogMark: Sendable, Equatable {
  /// The line that it stands above; one that isn't there yet, for what has begun and said nothing so far.
  public let line: Int
  public let title: String
  public let role: Role

  public init(above line: Int, _ title: String, _ role: Role = .textStrong) {
    self.line = line
    self.title = title
    self.role = role
  }
}
