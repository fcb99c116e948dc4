import Foundation

@testable import BuildEngine

/// Python with kubernetes-validate: `$ACR_TEST_PYTHON`, else the one of `.venv`.
enum PythonScript {
  static let executable: String? = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..").standardized
      .path()
    let own = [package, FileManager.default.currentDirectoryPath + "/"].map { $0 + ".venv/bin/python3" }
    return ProcessInfo.processInfo.environment["ACR_TEST_PYTHON"]
      ?? own.first(where: FileManager.default.isExecutableFile(atPath:))
  }()

  /// Whether manifests can be checked here.
  static let canValidate: Bool = {
    guard let executable else { return false }
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = ["-c", "import kubernetes_validate"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  static func run(_ script: String, input: String) async throws -> ProgramAnswer {
    try await HostPrograms().capture(
      ProgramCall(executable ?? "/usr/bin/python3", ["-c", script], input: Array(input.utf8), limit: .seconds(120)))
  }
}
