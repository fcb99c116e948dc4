/// How far a try is: one report when a hop starts and one when it ends.
public struct HopReport: Sendable, Equatable {
  public let hop: Hop
  public let outcome: Outcome
  public let elapsed: Duration?

  public enum Outcome: Sendable, Equatable {
    case running
    case passed(Phrase)
    /// Not needed here, or could not be checked; why.
    case skipped(Phrase)
    case failed(Refusal)
  }

  init(hop: Hop, outcome: Outcome, elapsed: Duration? = nil) {
    self.hop = hop
    self.outcome = outcome
    self.elapsed = elapsed
  }

  /// GitLab may answer one hop's question with a later hop's failure (the version with 401, say): the hops that
  /// passed by that, the one that ran and, where the token was known, the token's.
  static func implied(by failed: Hop, failingIn running: Hop) -> [Hop] {
    guard running < failed else { return [] }
    return [running] + (running != .token && failed > .token ? [.token] : [])
  }
}
