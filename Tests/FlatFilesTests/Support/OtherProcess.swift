import Foundation
import Testing

/// Another program with its output read line by line.
final class OtherProcess: Sendable {
  private let process: Process
  private let output: Pipe

  /// The program of this package that changes a workspace from another process.
  static func writer(_ workspace: TemporaryWorkspace, name: String, count: Int) throws -> OtherProcess {
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "store-benchmark")
    return try OtherProcess(program, ["commit", workspace.path, name, "\(count)"])
  }

  init(_ program: URL, _ arguments: [String]) throws {
    process = Process()
    output = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
  }

  var id: Int32 { process.processIdentifier }

  /// Waits until it ends, or for another line.
  func line() -> String? {
    var line: [UInt8] = []
    while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first {
      if byte == 0x0A { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return nil
  }

  /// Its lines to the end; an unfinished last one isn't one.
  func rest() -> [String] { Array(sequence(state: ()) { _ in self.line() }) }

  func kill() {
    Foundation.kill(id, SIGKILL)
    process.waitUntilExit()
  }

  @discardableResult
  func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}
