import Foundation
import Glibc
import Spawning

/// The real program as a child process without a terminal. Its output is taken while it is waited for; no thread of the
/// tests waits with it.
final class RunningProgram {
  let process: pid_t
  private var output: Stream
  private var error: Stream
  private var isReaped = false

  /// - Parameters:
  ///   - input: given to standard input, which then ends.
  ///   - path: a file that its standard output goes to.
  init(_ command: [String], environment: [String: String], input: String = "", output path: String? = nil) throws {
    let (given, out, err) = (try Spawn.pipe(), try Spawn.pipe(), try Spawn.pipe())
    let file = path.map { open($0, O_WRONLY | O_CLOEXEC) }
    defer { for descriptor in [given[0], out[1], err[1]] + [file].compactMap(\.self) { close(descriptor) } }
    (output, error) = (Stream(out[0]), Stream(err[0]))
    process = try Spawn.start(
      command, environment: environment, descriptors: (given[0], file ?? out[1], err[1]))
    signal(SIGPIPE, SIG_IGN)
    let bytes = Array(input.utf8)
    _ = write(given[1], bytes, bytes.count)
    close(given[1])
  }

  deinit {
    output.end()
    error.end()
    if !isReaped {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
  }

  /// Waits until standard error says `text`.
  func says(_ text: String) async throws -> Bool {
    try await Patience.wait {
      error.drain()
      return error.text.contains(text) ? true : nil
    } ?? false
  }

  /// Reads nothing more of standard output, as `head` does.
  func closeOutput() { output.end() }

  func send(_ signal: Int32) { kill(process, signal) }

  /// Waits for its end, and for the end of what it wrote.
  func finish(within bound: Duration = .seconds(60)) async throws -> Outcome {
    var status: Int32 = 0
    let ending: Ending? = try await Patience.wait(within: bound) {
      output.drain()
      error.drain()
      if !isReaped { isReaped = waitpid(process, &status, WNOHANG) == process }
      return isReaped && output.hasEnded && error.hasEnded ? Ending(status: status) : nil
    }
    guard let ending else { throw Unended(said: error.text) }
    return Outcome(status: ending.shellStatus, output: output.text, error: error.text)
  }

  /// Waits for its end, and kills it if that hasn't come by then.
  func finish(killingAt moment: ContinuousClock.Instant) async throws -> Outcome {
    let left = moment - ContinuousClock.now
    if let outcome = try? await finish(within: left) { return outcome }
    send(SIGKILL)
    return try await finish()
  }

  /// Waits until it has a connection: by then it has read the state that its try begins with.
  func isConnected() async throws -> Bool {
    // What this process was given open, its children have too.
    let inherited = Self.sockets(of: "self")
    return try await Patience.wait {
      Self.sockets(of: String(process)).isSubset(of: inherited) ? nil : true
    } ?? false
  }

  private static func sockets(of process: String) -> Set<String> {
    let folder = "/proc/\(process)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let open = names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") }
    return Set(open.filter { $0.hasPrefix("socket:") })
  }
}

/// The reading end of a pipe, and what came out of it.
private struct Stream {
  private var descriptor: Int32
  private var bytes: [UInt8] = []

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  var hasEnded: Bool { descriptor < 0 }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func drain() {
    var chunk = [UInt8](repeating: 0, count: 65536)
    while !hasEnded {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 { bytes += chunk[..<count] } else if count == 0 { end() } else { return }
    }
  }

  mutating func end() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }
}

/// The program didn't end within the bound.
struct Unended: Error, CustomStringConvertible {
  let said: String
  var description: String { "the program did not end; it said: \(said)" }
}
