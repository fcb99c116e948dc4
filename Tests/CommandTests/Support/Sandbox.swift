import Foundation
import Glibc

/// A home folder of its own for the program, with nothing of the machine's settings in its environment.
final class Sandbox {
  let folder: String
  /// The workspace that the program takes by default.
  var workspace: String { "\(folder)/data/acr-console" }
  var configuration: String { "\(folder)/config/acr-console" }

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/acr-console-" + UUID().uuidString.prefix(8).lowercased()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static var program: String { ConsoleUnderTest.program }

  func environment(_ more: [String: String] = [:]) -> [String: String] {
    [
      "HOME": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "XDG_DATA_HOME": "\(folder)/data",
      "XDG_STATE_HOME": "\(folder)/state", "XDG_CONFIG_HOME": "\(folder)/config",
    ].merging(more) { $1 }
  }

  func start(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], output: String? = nil
  ) throws -> RunningProgram {
    try RunningProgram(
      [Self.program] + arguments, environment: self.environment(environment), input: input, output: output)
  }

  /// Runs a command line, split at blanks, to its end.
  @discardableResult
  func run(_ line: String, input: String = "", environment: [String: String] = [:]) async throws -> Outcome {
    try await run(line.split(separator: " ").map(String.init), input: input, environment: environment)
  }

  @discardableResult
  func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) async throws -> Outcome {
    try await start(arguments, input: input, environment: environment).finish()
  }

  /// Runs a command line without one of its standard streams, to its end.
  @discardableResult
  func run(_ line: String, closing descriptor: Int32) async throws -> Outcome {
    let shell = ["/bin/sh", "-c", "exec \"$0\" \"$@\" \(descriptor)>&-", Self.program]
    let words = line.split(separator: " ").map(String.init)
    return try await RunningProgram(shell + words, environment: environment()).finish()
  }

  /// Starts a command at a terminal: its standard input, output and error.
  func start(_ arguments: [String], on terminal: RawTerminal, environment: [String: String] = [:]) throws {
    try terminal.run([Self.program] + arguments, environment: self.environment(environment))
  }

  /// Every file under a folder, by its path from there, with its bytes.
  func files(in folder: String? = nil) -> [String: Data] {
    let root = folder ?? self.folder
    var found: [String: Data] = [:]
    for path in FileManager.default.subpaths(atPath: root) ?? [] {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder), !isFolder.boolValue
      else {
        continue
      }
      found[path] = FileManager.default.contents(atPath: "\(root)/\(path)")
    }
    return found
  }

  /// What `settings show` complains of, where the settings file holds this text.
  func complaints(ofSettings text: String) async throws -> (file: String, said: String) {
    let file = "\(configuration)/settings.toml"
    try write(text, to: file)
    return (file, try await run("settings show").error)
  }

  func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}
