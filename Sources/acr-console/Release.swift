/// Which program this is: the one place that says so.
enum Release {
  static let version = "0.1.0"
  /// As a man page writes it.
  static let date = "November 25, 2026"
}
