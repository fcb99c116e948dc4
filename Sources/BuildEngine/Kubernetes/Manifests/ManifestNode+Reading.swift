import FoundationEssentials

extension ManifestNode: Decodable {
  init(from decoder: any Decoder) throws {
    if let map = try? decoder.container(keyedBy: MemberName.self) {
      self = .map(
        try map.allKeys.sorted { $0.stringValue < $1.stringValue }.compactMap { key in
          try map.decodeNil(forKey: key)
            ? nil : Entry(key: key.stringValue, value: try map.decode(ManifestNode.self, forKey: key))
        })
    } else if var list = try? decoder.unkeyedContainer() {
      var nodes: [ManifestNode] = []
      while !list.isAtEnd { nodes.append(try list.decode(ManifestNode.self)) }
      self = .list(nodes)
    } else {
      let value = try decoder.singleValueContainer()
      if let flag = try? value.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? value.decode(Int.self) {
        self = .number(number)
      } else {
        self = .text(try value.decode(String.self))
      }
    }
  }

  /// Reads what `kubectl` printed as JSON; nil for what isn't that.
  init?(json bytes: [UInt8]) {
    guard let node = try? JSONDecoder().decode(ManifestNode.self, from: Data(bytes)) else { return nil }
    self = node
  }

  /// Reads objects that `kubectl` printed one after the other, or as a list of them; nil where any isn't JSON.
  static func objects(json bytes: [UInt8]) -> [ManifestNode]? {
    var objects: [ManifestNode] = []
    var start = bytes.startIndex
    var depth = 0
    var (isText, isEscaped) = (false, false)
    for (place, byte) in bytes.enumerated() {
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        guard depth == 0 else { continue }
        guard let object = ManifestNode(json: Array(bytes[start...place])) else { return nil }
        objects += object["items"]?.items ?? [object]
        start = place + 1
      default: break
      }
    }
    return depth == 0 ? objects : nil
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var number: Int? { if case .number(let number) = self { number } else { nil } }
  /// The items of a list; none of anything else.
  var items: [ManifestNode] { if case .list(let nodes) = self { nodes } else { [] } }

  /// Without what is empty, which a server may leave out as well as write down.
  var withoutEmpties: ManifestNode? {
    switch self {
    case .list(let nodes): nodes.isEmpty ? nil : .list(nodes.map { $0.withoutEmpties ?? .map([]) })
    case .map(let entries):
      entries.isEmpty
        ? nil
        : .map(
          entries.compactMap { entry in
            entry.value.withoutEmpties.map { Entry(key: entry.key, value: $0) }
          }.sorted { $0.key < $1.key })
    default: self
    }
  }

  /// Whether all of `other` is in this one too: a server adds what it takes for granted.
  func holds(_ other: ManifestNode) -> Bool {
    switch (self, other) {
    case (.map, .map(let entries)):
      entries.allSatisfy { entry in
        guard let wanted = entry.value.withoutEmpties else { return true }
        return self[entry.key]?.holds(wanted) ?? false
      }
    case (.list(let nodes), .list(let others)):
      nodes.count == others.count && zip(nodes, others).allSatisfy { $0.holds($1) }
    default: self == other
    }
  }

  private struct MemberName: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
