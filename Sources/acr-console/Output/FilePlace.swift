import FlatFiles
import SecureBuild

/// Where in a workspace's files something is: a line and a column from 1, 0 where the file or the line as a whole is meant.
struct FilePlace {
  let file: String
  var line = 0
  var column = 0

  init(_ file: String) { self.file = file }

  init(_ damage: Damage) { (file, line, column) = (damage.file, damage.line, damage.column) }

  /// `file:line:column: what`.
  func sentence(_ what: Phrase) -> Phrase {
    let whole = [line, column].prefix { $0 > 0 }.reduce(file) { "\($0):\($1)" }
    return Phrase("\(whole): \(what.en)", "\(whole)：\(what.zh)")
  }

  /// The members that an object about it ends with.
  func json(_ what: Phrase, _ language: Language) -> JSONText {
    [
      "File": .string(file), "Line": .number(line), "Column": .number(column), "Message": .string(what(language)),
    ]
  }
}
