/// What is wrong with a Dockerfile, or should be known of it, at its place.
public struct DockerfileProblem: Sendable, Equatable, Comparable {
  public let kind: Kind
  public let at: DockerfilePosition
  public let message: Phrase
  /// What to write instead.
  public let mend: Phrase

  public enum Kind: Sendable {
    /// No builder would take it.
    case wrong
    /// The local engine hasn't got it; others have.
    case lacking
    /// It passes, but should be known.
    case note
  }

  init(_ kind: Kind, at place: DockerfilePosition, _ message: Phrase, mend: Phrase) {
    self.kind = kind
    at = place
    self.message = message.withoutControls
    self.mend = mend.withoutControls
  }

  public static func < (a: Self, b: Self) -> Bool { a.at < b.at }

  /// As a refusal at the field of the Dockerfile, with the file's name, line and column in front.
  public func refusal(in file: String) -> Refusal {
    Refusal(
      kind == .lacking ? .dockerfileUnsupported : .invalidDockerfile, field: .dockerfileName,
      message: located(in: file),
      mend: mend)
  }

  /// `Dockerfile:3:5: …`
  public func located(in file: String) -> Phrase {
    let place = "\(file):\(at.line):\(at.column)"
    return Phrase("\(place): \(message.en)", "\(place)：\(message.zh)")
  }
}
