import Glibc
import Synchronization

/// The real program as a child process. Its output is read while it is waited for.
final class RunningProgram {
  private static let making = Mutex(())
  let process: pid_t
  private var output: Int32
  private var error: Int32
  private let terminal: PseudoTerminal?
  private var outputBytes: [UInt8] = []
  private var errorBytes: [UInt8] = []

  /// - Parameters:
  ///   - input: given to standard input, which then ends.
  ///   - terminal: the terminal that it sits at: its standard input, and its controlling terminal.
  ///   - watched: whether its output goes to that terminal too.
  ///   - path: a file that its standard output goes to.
  init(
    _ program: String, _ arguments: [String], environment: [String: String], input: String = "",
    terminal: PseudoTerminal? = nil, watched: Bool = false, output path: String? = nil
  ) throws {
    // Tests run side by side: no other child may be made between a pipe and its close-on-exec.
    let (given, out, err) = try Self.making.withLock { _ in (try Pipe(), try Pipe(), try Pipe()) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Nothing of this process's signal mask; a session of its own.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | 0x80)
    if let terminal {
      posix_spawn_file_actions_addopen(&actions, 0, terminal.name, O_RDWR, 0)
    } else {
      posix_spawn_file_actions_adddup2(&actions, given.read, 0)
    }
    if watched {
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
    } else if let path {
      posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY, 0)
    } else {
      posix_spawn_file_actions_adddup2(&actions, out.write, 1)
    }
    posix_spawn_file_actions_adddup2(&actions, watched ? 0 : err.write, 2)
    var child: pid_t = 0
    let code = withCStrings([program] + arguments) { argv in
      withCStrings(environment.map { "\($0)=\($1)" }) { envp in
        Self.making.withLock { _ in posix_spawn(&child, program, &actions, &attributes, argv, envp) }
      }
    }
    for descriptor in [given.read, out.write, err.write] { close(descriptor) }
    (output, error) = (out.read, err.read)
    process = child
    self.terminal = terminal
    guard code == 0 else { throw SystemFault("posix_spawn \(program)", code) }
    signal(SIGPIPE, SIG_IGN)
    let bytes = Array(input.utf8)
    _ = write(given.write, bytes, bytes.count)
    close(given.write)
  }

  deinit {
    close(output)
    close(error)
  }

  /// Whether standard error says `text` within the bound.
  func says(_ text: String, within bound: Duration = .seconds(30)) -> Bool {
    pump(within: bound) { String(decoding: self.errorBytes, as: UTF8.self).contains(text) }
  }

  /// Reads nothing more of standard output, as `head` does.
  func closeOutput() {
    close(output)
    output = -1
  }

  func send(_ signal: Int32) { kill(process, signal) }

  /// Waits for its end.
  func finish(within bound: Duration = .seconds(60)) throws -> Outcome {
    let ended = pump(within: bound) { false }
    if !ended { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    guard ended else {
      throw SystemFault("did not end within \(bound): \(String(decoding: errorBytes, as: UTF8.self))", 0)
    }
    let isSignal = status & 0x7f != 0
    return Outcome(
      status: isSignal ? 128 + status & 0x7f : status >> 8 & 0xff,
      output: String(decoding: outputBytes, as: UTF8.self), error: String(decoding: errorBytes, as: UTF8.self))
  }

  /// Reads both streams until both have ended or `done` says so; false when the time is over.
  private func pump(within bound: Duration, until done: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + bound
    var open = [output, error].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while !done() {
      if open.allSatisfy({ $0.fd < 0 }) { return true }
      guard ContinuousClock.now < deadline else { return false }
      // A terminal that nobody reads stops who writes to it.
      terminal?.read(waiting: 0)
      guard poll(&open, 2, 20) > 0 else { continue }
      for index in open.indices where open[index].revents != 0 {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = read(open[index].fd, &chunk, chunk.count)
        if count <= 0 {
          open[index].fd = -1
        } else if index == 0 {
          outputBytes += chunk[..<count]
        } else {
          errorBytes += chunk[..<count]
        }
      }
    }
    return true
  }
}

/// Both ends of a pipe, not inherited.
private struct Pipe {
  let read: Int32
  let write: Int32

  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SystemFault("pipe", errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (read, write) = (ends[0], ends[1])
  }
}

/// A call of the system that failed.
struct SystemFault: Error, CustomStringConvertible {
  let description: String
  init(_ call: String, _ code: Int32) { description = code == 0 ? call : "\(call): \(String(cString: strerror(code)))" }
}

private func withCStrings<Value>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
  let copies = texts.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return (copies + [nil]).withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("an array with an end has a base") }
    return body(base)
  }
}
