import Glibc

/// The newest of however many builds, found in one pass: no more are kept than were asked for.
struct NewestPlaces {
  /// Newest first.
  private(set) var places: [BuildPlace] = []
  private let limit: Int
  private let before: String?

  init(limit: Int, before: String?) {
    self.limit = limit
    self.before = before
  }

  /// Takes a name of an instance's folder if it is a build's and among the newest.
  mutating func offer(_ name: UnsafePointer<CChar>, in folder: String) {
    if let before, strcmp(name, before) >= 0 { return }
    if places.count == limit, let oldest = places.last, strcmp(name, oldest.id) <= 0 { return }
    let id = String(cString: name)
    guard BuildPlace.isId(id) else { return }
    // Ids are ASCII: the order of their bytes is that of their characters.
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].id > id { low = middle + 1 } else { high = middle }
    }
    if places.count == limit { places.removeLast() }
    places.insert(BuildPlace(id: id, instanceFolder: folder), at: low)
  }
}
