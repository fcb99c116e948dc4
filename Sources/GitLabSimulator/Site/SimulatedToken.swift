/// A personal, project or group access token. It describes itself without its secret.
public struct SimulatedToken: Sendable, Identifiable, CustomStringConvertible {
  public let id: Int
  public var name: String
  public var userId: Int
  public var secret: String
  public var scopes: [String]
  /// `YYYY-MM-DD`: it is expired from that day on. Nil: never.
  public var expiresOn: String?
  public var revoked: Bool
  /// RFC 3339, UTC.
  public var createdAt: String

  public init(
    id: Int, name: String, userId: Int, secret: String, scopes: [String], expiresOn: String? = nil,
    revoked: Bool = false, createdAt: String = "2026-01-12T02:30:00.000Z"
  ) {
    self.id = id
    self.name = name
    self.userId = userId
    self.secret = secret
    self.scopes = scopes
    self.expiresOn = expiresOn
    self.revoked = revoked
    self.createdAt = createdAt
  }

  public var description: String { "token \(id) “\(name)” of user \(userId)" }

  func isExpired(on day: String) -> Bool { expiresOn.map { $0 <= day } ?? false }
}
