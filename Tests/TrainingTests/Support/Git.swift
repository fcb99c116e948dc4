import Foundation
import Testing

/// The real git, as a person has it, but for this person's settings.
struct Git {
  let sandbox: Sandbox
  /// What goes to GitLab with each request: `Basic …`.
  var authorization: String?
  var settings: [String: String] = [:]

  static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/git")

  init(in sandbox: Sandbox, token: String? = nil, user: String = "oauth2") {
    self.sandbox = sandbox
    authorization = token.map { "Basic " + Data("\(user):\($0)".utf8).base64EncodedString() }
  }

  struct End {
    let status: Int32
    let output: String
    let errors: String
    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  func run(_ arguments: String..., at folder: String? = nil) async throws -> End {
    try await run(all: arguments, at: folder)
  }

  /// Runs what must succeed.
  @discardableResult
  func done(
    _ arguments: String..., at folder: String? = nil, _ location: SourceLocation = #_sourceLocation
  ) async throws -> End {
    let end = try await run(all: arguments, at: folder)
    try #require(end.status == 0, "git \(arguments.joined(separator: " ")): \(end.errors)", sourceLocation: location)
    return end
  }

  private func run(all arguments: [String], at folder: String?) async throws -> End {
    let id = UUID().uuidString
    let files = ["out", "err"].map { sandbox.file("\(id).\($0)") }
    for path in files { try Data().write(to: URL(filePath: path)) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/git")
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder ?? sandbox.path)
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: files[0]))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: files[1]))
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do { try process.run() } catch { done.resume(throwing: error) }
    }
    return End(
      status: process.terminationStatus, output: try String(contentsOfFile: files[0], encoding: .utf8),
      errors: try String(contentsOfFile: files[1], encoding: .utf8))
  }

  private var environment: [String: String] {
    var settings = settings
    settings["http.extraHeader"] = authorization.map { "Authorization: \($0)" }
    settings["protocol.file.allow"] = "never"
    var variables = [
      "PATH": "/usr/bin:/bin", "HOME": sandbox.path, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_TERMINAL_PROMPT": "0", "GIT_AUTHOR_NAME": "Lin", "GIT_AUTHOR_EMAIL": "lin@corp.example",
      "GIT_COMMITTER_NAME": "Lin", "GIT_COMMITTER_EMAIL": "lin@corp.example", "LC_ALL": "C",
      "GIT_CONFIG_COUNT": String(settings.count),
    ]
    for (index, setting) in settings.enumerated() {
      variables["GIT_CONFIG_KEY_\(index)"] = setting.key
      variables["GIT_CONFIG_VALUE_\(index)"] = setting.value
    }
    return variables
  }
}
