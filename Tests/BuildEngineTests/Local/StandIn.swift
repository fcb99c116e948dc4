import Testing

@testable import BuildEngine

/// A server of `stand-in.py`; it ends with this value.
final class StandIn: Sendable {
  let port: Int
  private let program: HeldProgram
  private let files: WorkFolder

  /// - Parameter prefix: what comes before python on the command line, to start it elsewhere.
  init(_ arguments: [String], through prefix: [String] = []) async throws {
    files = try WorkFolder()
    let script = files.path + "/stand-in.py"
    try Files.write(script, PackageResources.stand_in_py)
    let line = prefix + [try #require(Programs.find("python3")), "-u", script] + arguments
    program = try await HeldProgram.start(ProgramCall(line[0], Array(line.dropFirst())))
    var port: Int?
    for await line in program.lines {
      if line.hasPrefix("ready ") {
        port = Int(line.dropFirst("ready ".count))
        break
      }
    }
    self.port = try #require(port, "\(program.text)")
  }

  /// All that it was asked: `GET /path ok`.
  var asked: [String] { program.text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("ready") } }

  func close() async { await program.close() }
}

/// Runs a program that a test needs, and fails the test where it fails.
@discardableResult
func run(_ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:])
  async throws -> String
{
  let call = ProgramCall(
    try #require(Programs.find(program), "\(program) isn't installed"), arguments,
    environment: Programs.environment.merging(environment) { $1 }, folder: folder, limit: .seconds(60))
  let answer = try await HostPrograms().capture(call)
  guard answer.end.isSuccess else { throw RunFault(what: "\(program) \(arguments): \(answer.errorText)\(answer.text)") }
  return answer.text
}

struct RunFault: Error, CustomStringConvertible {
  let what: String
  var description: String { what }
}
