import Glibc
import Spawning

/// A program on a terminal of its own, known by the bytes that it sends and by what the kernel counts of it.
public final class Session {
  /// The size of its terminal, in cells.
  public static let size = (width: UInt16(120), height: UInt16(40))

  public let subject: Subject
  private let terminal: PseudoTerminal
  private let process: pid_t
  private let began: ContinuousClock.Instant
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  /// Starts it; `start()` waits for its first screen.
  public init(_ subject: Subject) throws {
    self.subject = subject
    terminal = try PseudoTerminal(width: Self.size.width, height: Self.size.height)
    began = .now
    process = try Spawn.start(
      subject.command, environment: subject.environment, terminal: terminal.name, input: subject.input)
  }

  /// Ends it. Nothing of it is left: what it would tidy up lies in the benchmark's own folder.
  public func end() {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    close(terminal.master)
    close(terminal.slave)
  }

  // MARK: What it sends

  /// What came until nothing more did.
  public struct Answer {
    public var bytes = 0
    /// When the last of it came; nil where there was nothing.
    public var last: Duration?
    /// When the wanted word came.
    public var word: Duration?
  }

  /// Waits for the first screen, until nothing has come for 0.4 s.
  public func start() -> Answer {
    answer(since: began, first: 5000, quiet: 400, within: .seconds(15), wanted: subject.lastWord)
  }

  /// Sends a key and waits for the end of what it does.
  /// - Parameters:
  ///   - quiet: for how many milliseconds nothing more may come.
  ///   - patience: how many milliseconds the first byte may take.
  ///   - wanted: a word that is looked for in what comes.
  public func press(_ key: String, quiet: Int32, patience: Int32 = 100, wanted: String? = nil) -> Answer {
    let bytes = Array(key.utf8)
    let began = ContinuousClock.now
    _ = write(terminal.master, bytes, bytes.count)
    return answer(
      since: began, first: patience, quiet: quiet, within: .seconds(2) + .milliseconds(patience), wanted: wanted)
  }

  /// - Parameters:
  ///   - first: how many milliseconds the first byte may take.
  ///   - quiet: for how many nothing more may come after it.
  private func answer(
    since began: ContinuousClock.Instant, first: Int32, quiet: Int32, within bound: Duration, wanted: String? = nil
  ) -> Answer {
    var answer = Answer()
    // Looked at when all is over: the program shouldn't wait for that.
    var pieces: [(time: Duration, bytes: ArraySlice<UInt8>)] = []
    var polled = pollfd(fd: terminal.master, events: Int16(POLLIN), revents: 0)
    while ContinuousClock.now - began < bound, poll(&polled, 1, answer.bytes == 0 ? first : quiet) > 0 {
      let count = read(terminal.master, &chunk, chunk.count)
      guard count > 0 else { break }
      let time = ContinuousClock.now - began
      answer.last = time
      answer.bytes += count
      guard wanted != nil else { continue }
      pieces.append((time, chunk[..<count]))
      if contains(Self.cursorQuery, in: chunk[..<count]) { _ = write(terminal.master, Self.cursorReport, 6) }
    }
    guard let wanted else { return answer }
    var text: [UInt8] = []
    answer.word =
      pieces.first { piece in
        text = text.suffix(wanted.utf8.count) + piece.bytes
        return contains(Array(wanted.utf8), in: text[...])
      }?.time
    return answer
  }

  /// Some programs ask where the cursor is, and wait.
  private static let cursorQuery = Array("\u{1b}[6n".utf8)
  private static let cursorReport = Array("\u{1b}[1;1R".utf8)

  private func contains(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Bool {
    bytes.indices.dropLast(wanted.count - 1).contains { start in
      bytes[start] == wanted[0] && bytes[start...].starts(with: wanted)
    }
  }

  // MARK: What the kernel counts

  public var isRunning: Bool { kill(process, 0) == 0 && waitpid(process, nil, WNOHANG) == 0 }

  /// The most memory that it has had, in MiB.
  public var peak: Double? { numbers(of: "VmHWM", in: "/proc/\(process)/status").first.map { Double($0) / 1024 } }

  /// How often one of its threads was given a processor or lost it, so far.
  public var switches: Int {
    ProcessFolder.names(in: "/proc/\(process)/task").reduce(0) { sum, thread in
      let status = "/proc/\(process)/task/\(thread)/status"
      return sum + numbers(of: "voluntary_ctxt_switches", in: status).reduce(0, +)
        + numbers(of: "nonvoluntary_ctxt_switches", in: status).reduce(0, +)
    }
  }

  /// Processor time of all of its threads, so far.
  public var processorTime: Duration? {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return nil }
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  private func numbers(of member: String, in file: String) -> [Int] {
    ProcessFolder.text(of: file).split(separator: "\n").filter { $0.hasPrefix("\(member):") }
      .compactMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } }
  }
}
