import Foundation
import Spawning
import Testing

/// What the vendor's CLI would print, by the models of its official SDKs.
enum VendorSamples {
  /// Each call's answer, by the call's name.
  static func read() throws -> [String: String] {
    let (status, output) = try Spawn.run(
      [python, "-c", String(decoding: PackageResources.samples_py, as: UTF8.self)],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    try #require(status == 0, "\(python): \(output)")
    return try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: String])
  }

  /// Python with the SDKs: `$ACR_TEST_PYTHON`, else the one of `.venv`, else the system's.
  private static var python: String {
    let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized.path()
    let own = [package, FileManager.default.currentDirectoryPath + "/"].map { $0 + ".venv/bin/python3" }
    return ProcessInfo.processInfo.environment["ACR_TEST_PYTHON"]
      ?? own.first(where: FileManager.default.isExecutableFile(atPath:)) ?? "/usr/bin/python3"
  }
}
