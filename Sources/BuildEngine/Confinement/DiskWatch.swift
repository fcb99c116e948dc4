import Glibc
import SecureBuild
import Synchronization

/// Watches how much of the disk a build takes. Looking at what is free costs nothing and is done often; only where
/// that has shrunk by as much as the build may take is it counted what the build's own folders hold.
///
/// It is no wall: between two looks a build can write more than it may, up to what the disk takes in that time. No
/// single file can, for that is the kernel's to refuse (RLIMIT_FSIZE).
final class DiskWatch: Sendable {
  private let folder: String
  private let limit: Int
  private let free: Int

  init(_ folder: String, limit: Int) {
    self.folder = folder
    free = Self.free(of: folder)
    // A disk that is nearly full is kept from getting full.
    self.limit = min(limit, max(free - max(free / 20, 256 << 20), 16 << 20))
  }

  /// What the build may take, bytes: less than was asked for where the disk hasn't got it.
  var allowed: Int { limit }

  /// What the disk has lost since, bytes.
  var taken: Int { max(0, free - Self.free(of: folder)) }

  /// Returns when the build has taken more than it may.
  /// - Parameter count: What its folders hold, bytes.
  func untilFull(counting count: @Sendable () async throws -> Int) async throws {
    var threshold = limit
    while true {
      try await Task.sleep(for: .milliseconds(200))
      let taken = taken
      guard taken > threshold else { continue }
      let own = try await count()
      if own > limit { return }
      // Others wrote the rest: look again when there is more.
      threshold = taken + max(limit - own, limit / 20)
    }
  }

  private static func free(of folder: String) -> Int {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return 0 }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }
}
