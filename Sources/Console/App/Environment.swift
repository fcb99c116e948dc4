import Glibc

/// What the console reads of the process's environment.
enum Environment {
  static let home: String? = getenv("HOME").map { String(cString: $0) }
}
