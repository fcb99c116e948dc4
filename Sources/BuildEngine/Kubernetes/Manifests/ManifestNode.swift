/// A part of a manifest. Its keys stand in the order in which a person wants to read them.
enum ManifestNode: Sendable, Equatable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([ManifestNode])
  case map([Entry])

  struct Entry: Sendable, Equatable {
    let key: String
    let value: ManifestNode
  }

  /// The value of a key of a map.
  subscript(key: String) -> ManifestNode? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The map with an entry more at its end, or as it is where there is nothing to add.
  func adding(_ key: String, _ value: ManifestNode?) -> ManifestNode {
    guard case .map(let entries) = self, let value else { return self }
    return .map(entries + [Entry(key: key, value: value)])
  }

  static func texts(_ texts: [String]) -> ManifestNode { .list(texts.map { .text($0) }) }

  /// A map of texts, sorted by key.
  static func texts(_ texts: [String: String]) -> ManifestNode {
    .map(texts.sorted { $0.key < $1.key }.map { Entry(key: $0.key, value: .text($0.value)) })
  }
}

extension ManifestNode: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByStringInterpolation
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number(value) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(arrayLiteral elements: ManifestNode...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, ManifestNode)...) {
    self = .map(elements.map { Entry(key: $0.0, value: $0.1) })
  }
}
