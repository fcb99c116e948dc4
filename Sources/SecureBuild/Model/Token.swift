/// A GitLab token. It never describes itself, so that no log, error or dump can hold it by accident.
public struct Token: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let text: String

  /// Takes a token as typed or pasted: white space at both ends is dropped. Nil when nothing is left
  /// or when it holds what no header can carry (control characters, anything beyond ASCII, inner white space).
  public init?(_ typed: some StringProtocol) {
    let text = typed.trimmed
    guard !text.isEmpty, text.utf8.count <= 1024, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
    self.text = text
  }

  /// The token itself: for a request's header and for the secrets folder, and nothing else.
  public var secret: String { text }

  public var description: String { "••••" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
