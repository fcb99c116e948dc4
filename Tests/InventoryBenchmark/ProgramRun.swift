import FlatFiles
import FoundationEssentials
import Glibc
import Spawning

/// A program that ran to its end: how long it took, and how much memory it had.
struct ProgramRun {
  let time: Duration
  /// In MiB.
  let peak: Double
  /// As a shell has it in `$?`.
  let status: Int32
  /// What it wrote to standard output.
  let output: String
  /// From the interrupt to its end; nil where it wasn't interrupted.
  let ending: Duration?

  /// Where its standard error goes, in the folder that the benchmark runs in.
  private static let errors = "standard-error"

  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  /// - Parameters:
  ///   - delay: when it is sent SIGINT; nil where it isn't.
  ///   - statuses: how it may end.
  init(
    _ words: [String], _ environment: [String: String], interruptedAfter delay: Duration? = nil,
    endingWith statuses: [Int32] = [0]
  ) throws {
    let ends = try Spawn.pipe()
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    let errors = open(Self.errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    let began = ContinuousClock.now
    let process = try Spawn.start(words, environment: environment, descriptors: (nothing, ends[1], errors))
    for descriptor in [ends[1], nothing, errors] { close(descriptor) }
    defer { close(ends[0]) }
    var interrupted: ContinuousClock.Instant?
    if let delay {
      // It is to be in the midst of its work, whatever it does then: what is measured is how soon it ends.
      usleep(UInt32(delay / .microseconds(1)))
      interrupted = .now
      kill(process, SIGINT)
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(ends[0], &chunk, chunk.count)
      if count <= 0 { break }
      bytes += chunk[..<count]
    }
    var code: Int32 = 0
    var usage = rusage()
    wait4(process, &code, 0, &usage)
    time = .now - began
    ending = interrupted.map { .now - $0 }
    peak = Double(usage.ru_maxrss) / 1024
    status = Ending(status: code).shellStatus
    output = String(decoding: bytes, as: UTF8.self)
    guard statuses.contains(status) else {
      let told = (try? String(contentsOfFile: Self.errors, encoding: .utf8)) ?? ""
      throw Fault(description: "\(words.prefix(3).joined(separator: " ")) ended with \(status): \(told.suffix(2000))")
    }
  }

  /// What it printed as JSON.
  func json() throws -> JSONValue {
    guard let json = JSONValue(text: output) else { throw Fault(description: "This isn't JSON: \(output.prefix(500))") }
    return json
  }
}
