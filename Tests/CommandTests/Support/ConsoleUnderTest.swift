import Foundation

/// The real program with a home of its own and a training workspace that its first start would offer.
struct ConsoleUnderTest {
  let home: String

  /// The debug build beside the test bundle.
  static let program: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(filePath: own).deletingLastPathComponent().appending(path: "acr-console").path
  }()

  /// What the first screen shows in any size that shows more than a sentence.
  static let firstScreen = "Instances"

  init() throws {
    home = NSTemporaryDirectory() + "/acr-home-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
  }

  var command: [String] { [Self.program] }

  var environment: [String: String] {
    ["HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color"]
  }

  func environment(_ changes: [String: String?]) -> [String: String] {
    environment.merging(changes.compactMapValues { $0 }) { $1 }.filter { changes[$0.key] != .some(nil) }
  }

  /// To be called when a test is over.
  func remove() { try? FileManager.default.removeItem(atPath: home) }
}
