import Spawning
import Testing

extension Sandbox {
  /// Another one with the same files in it.
  func copy() throws -> Sandbox { try Sandbox(copying: folder) }

  convenience init(copying folder: String) throws {
    try self.init()
    let copied = try Spawn.run(
      ["cp", "-a", "\(folder)/.", self.folder], environment: ["PATH": "/usr/bin:/bin"])
    try #require(copied.status == 0, "\(copied.output)")
  }
}
