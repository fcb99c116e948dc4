/// An account of a simulated GitLab.
public struct SimulatedUser: Sendable, Identifiable {
  public let id: Int
  public var username: String
  public var name: String
  public var email: String
  public var state: State
  /// Of a project's or group's access token, or a service account.
  public var isBot: Bool

  public enum State: String, Sendable {
    case active
    case blocked
    case deactivated
    case pendingApproval = "blocked_pending_approval"

    /// Why such a user may not use the API, in GitLab's words; nil where they may.
    func denial(at url: String) -> String? {
      switch self {
      case .active: nil
      case .blocked: "Your account has been blocked."
      case .deactivated:
        "Your account has been deactivated by your administrator. "
          + "Please log back in from a web browser to reactivate your account at \(url)"
      case .pendingApproval: "Your account is pending approval from your administrator and hence blocked."
      }
    }
  }

  public init(
    id: Int, username: String, name: String, email: String, state: State = .active, isBot: Bool = false
  ) {
    self.id = id
    self.username = username
    self.name = name
    self.email = email
    self.state = state
    self.isBot = isBot
  }
}
