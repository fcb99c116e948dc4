/// What should be known of a link, or of a draft of one: never a reason to refuse it.
public struct LinkNote: Sendable, Equatable {
  public let kind: Kind
  /// Where it belongs in a form.
  public let field: Field
  /// The address that it is about.
  public let ip: IPv4Address
  public let text: Phrase

  /// Stable: in JSON the note's `Code`.
  public enum Kind: String, Sendable, CaseIterable {
    case outsideVpc = "OUTSIDE_VPC_CIDR"
    case unknownToTraining = "UNKNOWN_TO_TRAINING"
    case hostNotAllowed = "HOST_NOT_ALLOWED"
    case boundAddressGone = "BOUND_ADDRESS_NOT_ALLOWED"
    /// Of what was given alone: in the link it stands once.
    case givenTwice = "GIVEN_TWICE"
  }

  init(_ kind: Kind, at field: Field, _ ip: IPv4Address, _ text: Phrase) {
    self.kind = kind
    self.field = field
    self.ip = ip
    self.text = text
  }
}
