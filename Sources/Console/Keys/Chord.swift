import TerminalUI

/// One key, or two pressed one after the other, such as `g s`.
struct Chord: Hashable, Sendable {
  let keys: [Key]

  init(_ keys: Key...) { self.keys = keys }

  /// Reads one as settings write it; nil where a name isn't one of a key.
  init?(_ text: String) {
    let names = text.split(separator: " ").map(String.init)
    let keys = names.compactMap { Key(name: $0) }
    guard !keys.isEmpty, keys.count == names.count, keys.count <= 2 else { return nil }
    self.keys = keys
  }

  /// As key hints show it.
  var text: String { keys.count == 1 ? keys[0].description : keys.map(\.description).joined(separator: " ") }

  /// Whether pressing one begins, or is, the other: then both can't have a meaning in one place.
  func clashes(with other: Chord) -> Bool { keys.starts(with: other.keys) || other.keys.starts(with: keys) }

  /// What has one meaning wherever one is, so that there is always a way out.
  var isReserved: Bool { [.escape, .control("c"), .control("z")].contains(keys[0]) }
}
