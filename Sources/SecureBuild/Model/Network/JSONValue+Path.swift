import FlatFiles

/// The way into an object of the vendor's: members by their names, elements by their numbers. A list that isn't wrapped
/// is found without its last step, as the vendor's answers aren't regular in that.
extension JSONValue {
  func value(at path: some Collection<String>) -> JSONValue? {
    guard let step = path.first else { return self }
    switch self {
    case .array(let values):
      guard let index = Int(step) else { return self }
      return values.indices.contains(index) ? values[index].value(at: path.dropFirst()) : nil
    case .object(let members): return members[step]?.value(at: path.dropFirst())
    default: return nil
    }
  }

  /// - Parameter value: nil takes the member away.
  mutating func set(_ value: JSONValue?, at path: some Collection<String>) {
    guard let step = path.first else { return self = value ?? .null }
    let rest = path.dropFirst()
    switch self {
    case .array(var values):
      guard let index = Int(step) else { return self = value ?? .array([]) }
      if index >= values.count { values.append(.object([:])) }
      values[min(index, values.count - 1)].set(value, at: rest)
      self = .array(values)
    case .object(var members):
      if rest.isEmpty {
        members[step] = value
      } else if var inner = members[step] {
        inner.set(value, at: rest)
        members[step] = inner
      } else if value != nil {
        var inner = rest.first.flatMap { Int($0) } == nil ? JSONValue.object([:]) : .array([])
        inner.set(value, at: rest)
        members[step] = inner
      }
      self = .object(members)
    default:
      guard value != nil else { return }
      self = Int(step) == nil ? .object([:]) : .array([])
      set(value, at: path)
    }
  }
}
