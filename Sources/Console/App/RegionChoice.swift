import SecureBuild

/// Which region to open on.
enum RegionChoice {
  /// The region with most instances; the first of the table where there are none.
  static func busiest(in reading: Reading) -> String? {
    let counts = (try? reading.instanceCounts()) ?? [:]
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return most?.key ?? reading.zones.regions.first?.id
  }
}
