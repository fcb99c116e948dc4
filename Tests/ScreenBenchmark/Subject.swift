/// A program to be measured, and what it shows.
struct Subject {
  let name: String
  let command: [String]
  var environment: [String: String]
  /// A file that is its standard input.
  var input: String?
  /// The Debian package that it comes from; nil for our own.
  var package: String?
  /// What stands last on its first screen: with it the screen is complete.
  var lastWord: String
  /// What goes one line down in it, and back up.
  var down = "\u{1b}OB"
  var up = "\u{1b}OA"
}
