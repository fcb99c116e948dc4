/// Something that goes wrong at a site, for a lesson or a test.
public struct SimulatedFault: Sendable, Equatable {
  public var kind: Kind
  /// Which requests it befalls: those whose path below the install path begins so; `""` for all.
  public var path: String

  public enum Kind: Sendable, Equatable {
    /// Everything works, after this long.
    case slow(Duration)
    /// It takes the request and never answers.
    case silent
    /// 429; seconds to wait in `Retry-After`.
    case tooManyRequests(retryAfter: Int?)
    /// 502 or 503, as nginx says it.
    case gateway(status: Int)
    /// 301 to this address, with the path that was asked for put after it.
    case redirect(to: String)
    /// 200 and JSON that breaks off.
    case brokenJSON
    /// 200 and JSON that never ends.
    case endlessBody
    /// The connection ends in the middle of the answer.
    case cutOff
    /// 200 and a page of another program.
    case otherSite(OtherSite)
  }

  /// What isn't GitLab.
  public enum OtherSite: Sendable, Equatable {
    case handbook
    case mavenRepository
  }

  public init(_ kind: Kind, path: String = "") {
    self.kind = kind
    self.path = path
  }
}
