import SecureBuild
import Testing

@testable import Console

extension Story {
  /// The workspace as whoever works on builds has it.
  func builder() throws -> Workspace { try launchAgain() }

  /// Goes to a page of the instance that has repositories.
  func go(to place: Place) {
    app.go(to: place)
    settle()
  }

  /// Waits until a build's page has read all of its log, and says how long it is.
  func seeWholeLog() async {
    let count = app.text(Phrase(" lines", " 行"))
    await until { text.contains(count) && !text.contains("\(count) …") }
  }
}
