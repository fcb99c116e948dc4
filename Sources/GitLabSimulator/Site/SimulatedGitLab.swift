import Synchronization

/// A simulated GitLab that may be asked and changed at the same time: its server, a lesson and a test share it.
public final class SimulatedGitLab: Sendable {
  private let current: Mutex<SimulatedSite>

  public init(_ site: SimulatedSite) { current = Mutex(site) }

  /// The site as it is now.
  public var site: SimulatedSite { current.withLock { $0 } }

  /// Changes the site between two requests.
  @discardableResult
  public func update<Value: Sendable>(_ change: (inout SimulatedSite) throws -> Value) rethrows -> Value {
    try current.withLock { site in try change(&site) }
  }
}
