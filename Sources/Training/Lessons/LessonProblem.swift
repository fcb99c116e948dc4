import SecureBuild

/// What is wrong with a lesson's file, and where.
public struct LessonProblem: Error, Sendable, Equatable {
  /// From 1; in characters.
  public let line: Int
  public let column: Int
  public let message: Phrase

  /// `FILE:LINE:COLUMN: what is wrong`.
  public func sentence(_ file: String) -> Phrase {
    let place = "\(file):\(line):\(column): "
    return Phrase(place + message.en, place + message.zh)
  }
}
