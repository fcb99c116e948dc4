import Glibc
import Subprocess

/// The program `git` of this host, run so that neither its user's settings nor this process's environment matter.
struct GitProgram: Sendable {
  private let path: String

  /// Nil where it isn't installed.
  static let installed: GitProgram? = {
    let folders = ["/usr/bin", "/usr/local/bin", "/bin"]
    return folders.map { "\($0)/git" }.first { access($0, X_OK) == 0 }.map(GitProgram.init(path:))
  }()

  /// What one run ended in.
  struct End: Sendable {
    let status: TerminationStatus
    let output: [UInt8]
    let errors: String
  }

  /// Runs it to its end.
  /// - Throws: where it can't be started, or says more than 64 MiB.
  func run(_ arguments: [String], in repository: String? = nil, input: [UInt8] = []) async throws -> End {
    let result = try await Subprocess.run(
      .path(.init(path)), arguments: .init(arguments),
      environment: Self.environment(repository.map { ["GIT_DIR": $0] } ?? [:]), workingDirectory: .init("/"),
      platformOptions: Self.options, input: .array(input), output: .bytes(limit: 64 << 20),
      error: .string(limit: 1 << 16))
    return End(status: result.terminationStatus, output: result.standardOutput, errors: result.standardError)
  }

  /// The same, where nothing but success will do, or one of a few other ends.
  /// - Throws: `GitFault` too.
  @discardableResult
  func done(
    _ arguments: [String], in repository: String? = nil, input: [UInt8] = [], accepting others: [Int32] = []
  ) async throws -> [UInt8] {
    let end = try await run(arguments, in: repository, input: input)
    let isAccepted = others.contains { end.status == .exited($0) }
    guard end.status.isSuccess || isAccepted else { throw GitFault(words: end.errors) }
    return end.output
  }

  /// `git http-backend`, to be run by who speaks with it.
  func backend(_ variables: [String: String]) -> Configuration {
    Configuration(
      executable: .path(.init(path)), arguments: ["http-backend"], environment: Self.environment(variables),
      workingDirectory: .init("/"), platformOptions: Self.options)
  }

  /// All that it starts goes with it.
  private static var options: PlatformOptions {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
    return options
  }

  private static func environment(_ variables: [String: String]) -> Environment {
    var all: [Environment.Key: String] = [
      "PATH": "/usr/bin:/usr/local/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_LITERAL_PATHSPECS": "1", "GIT_TERMINAL_PROMPT": "0",
      // Inside a build's network the same files belong to another user, as seen from there.
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
    ]
    for (name, value) in variables {
      if let key = Environment.Key(rawValue: name) { all[key] = value }
    }
    return .custom(all)
  }
}

/// Git said no.
struct GitFault: Error {
  /// Its own words.
  let words: String
}
