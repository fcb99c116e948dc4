import SecureBuild

@testable import Console

extension Story {
  /// The workspace as whoever works on builds has it.
  func builder() throws -> Workspace { try launchAgain() }

  /// Goes to a page of the instance that has repositories.
  func go(to place: Place) {
    app.go(to: place)
    settle()
  }
}
