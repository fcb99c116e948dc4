/// What was made for rows that were asked for lately. A row has one place, its number modulo the capacity, and stays
/// there until another row needs it: so many rows on end are never in each other's way.
///
/// Inlinable, for it is asked for every row of every frame: other modules get it for their own values.
public struct RecentRows<Value: Sendable>: Sendable {
  @usableFromInline var places: [(row: Int, value: Value)?] = []
  @usableFromInline let capacity: Int

  /// - Parameter capacity: more than the rows that can be in view.
  @inlinable public init(_ capacity: Int) { self.capacity = capacity }

  @inlinable public subscript(row: Int) -> Value? {
    get {
      guard !places.isEmpty, let kept = places[row % capacity], kept.row == row else { return nil }
      return kept.value
    }
    set {
      if places.isEmpty { places = Array(repeating: nil, count: capacity) }
      places[row % capacity] = newValue.map { (row, $0) }
    }
  }

  @inlinable public mutating func removeAll() { places = [] }
}
