/// In a helper's place where it can't be told whether one is set: nothing new is kept, for it might belong there.
public struct UnknownCredentialHelper: CredentialHelper {
  public let name = ""
  private let why: String

  /// - Parameter why: what can't be read, and the system's words.
  public init(_ why: String) { self.why = why }

  public func fill(_ key: CredentialKey) throws(CredentialHelperFault) -> String? { throw .notStarted(why) }
  public func approve(_ key: CredentialKey, _ secret: String) throws(CredentialHelperFault) { throw .notStarted(why) }
  public func reject(_ key: CredentialKey) throws(CredentialHelperFault) -> Bool { throw .notStarted(why) }
}
