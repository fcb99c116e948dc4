/// Why something was not done, and what to do next: the same for pages, commands and JSON.
public struct Refusal: Error, Sendable, Equatable {
  /// Stable: scripts rely on it.
  public let code: Code
  /// The field that was wrong, where one was.
  public let field: Field?
  /// The hop of a try that failed, where one did.
  public let hop: Hop?
  /// What the vendor's console would have said, where it says anything.
  public let vendor: Phrase?
  public let message: Phrase
  public let mend: Phrase

  /// Words from outside may stand in `message` and `mend`: control characters are taken out here, once for all.
  public init(
    _ code: Code, field: Field? = nil, hop: Hop? = nil, vendor: Phrase? = nil, message: Phrase, mend: Phrase
  ) {
    self.code = code
    self.field = field
    self.hop = hop
    self.vendor = vendor
    self.message = message.withoutControls
    self.mend = mend.withoutControls
  }

  /// What to say, in this order: the vendor's own sentence where it has one, then ours, then the mend.
  public var sentences: [Phrase] { [vendor, message, mend].compactMap(\.self) }
}
