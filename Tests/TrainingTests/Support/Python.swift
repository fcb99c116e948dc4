import Foundation
import Testing

/// Python with python-gitlab: `$ACR_TEST_PYTHON`, else the one of `.venv`, else the system's.
enum Python {
  static var executable: String {
    let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized.path()
    let own = [package, FileManager.default.currentDirectoryPath + "/"].map { $0 + ".venv/bin/python3" }
    return ProcessInfo.processInfo.environment["ACR_TEST_PYTHON"]
      ?? own.first(where: FileManager.default.isExecutableFile(atPath:)) ?? "python3"
  }

  /// Runs a script, and reads the JSON object that it prints.
  static func run(_ script: [UInt8], _ arguments: [String], in sandbox: Sandbox) async throws -> [String: Any] {
    let file = sandbox.file("script.py")
    try Data(script).write(to: URL(filePath: file))
    let outputs = [sandbox.file("out"), sandbox.file("err")]
    for path in outputs { try Data().write(to: URL(filePath: path)) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [executable, file] + arguments
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: outputs[0]))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: outputs[1]))
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do { try process.run() } catch { done.resume(throwing: error) }
    }
    let (out, err) = (
      try Data(contentsOf: URL(filePath: outputs[0])), try String(contentsOfFile: outputs[1], encoding: .utf8)
    )
    try #require(process.terminationStatus == 0, "\(executable): \(err)")
    return try #require(try JSONSerialization.jsonObject(with: out) as? [String: Any])
  }
}
