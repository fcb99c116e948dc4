import Foundation
import Synchronization

/// What `/proc` shows of this process's children called kubectl while something runs.
struct Children: Sendable {
  var arguments: Set<String> = []
  var environments: Set<String> = []

  static func watched(_ body: () async throws -> Void) async throws -> Children {
    let seen = Mutex(Children())
    let watch = Task.detached {
      while !Task.isCancelled {
        let now = look()
        seen.withLock { seen in
          seen.arguments.formUnion(now.arguments)
          seen.environments.formUnion(now.environments)
        }
        try? await Task.sleep(for: .milliseconds(2))
      }
    }
    defer { watch.cancel() }
    try await body()
    return seen.withLock { $0 }
  }

  private static func look() -> Children {
    var seen = Children()
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] where Int(name) != nil {
      guard let line = text("/proc/\(name)/cmdline"), line.prefix(200).contains("kubectl") else { continue }
      seen.arguments.insert(line)
      if let variables = text("/proc/\(name)/environ") { seen.environments.insert(variables) }
    }
    return seen
  }

  private static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
