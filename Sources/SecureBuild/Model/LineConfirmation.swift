import FlatFiles

/// A person's word that a line of a link's run-book is done, as they read it then.
struct LineConfirmation: Sendable, Equatable, Codable {
  var linkId: String
  var instanceId: String
  var lineId: String
  /// What the line said: once it says something else, the word is of the past.
  var wording: String
  var at: Timestamp
  var by: String

  /// One a link and line.
  var id: String { Self.id(linkId, lineId) }

  static func id(_ link: String, _ line: String) -> String { "\(link) \(line)" }

  enum CodingKeys: String, CodingKey {
    case linkId = "LinkId"
    case instanceId = "InstanceId"
    case lineId = "LineId"
    case wording = "Wording"
    case at = "At"
    case by = "By"
  }
}

extension RecordKind {
  /// Under `<LinkId> <LineId>`.
  public static let lineConfirmation = RecordKind("line-confirmation")
}
