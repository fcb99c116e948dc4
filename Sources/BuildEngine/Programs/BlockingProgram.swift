import Glibc

/// Runs a program to its end in the calling thread, for ports that block. It needs no thread of the runtime's, whose
/// threads may all be blocked by such calls.
enum BlockingProgram {
  /// It begins in this process's folder, whatever the call says. Its standard error is dropped. It leads a session of its own, which has no terminal.
  /// - Parameter isCancelled: asked every few milliseconds; then all of the session is killed.
  /// - Returns: nil where it was cancelled.
  static func run(_ call: ProgramCall, until isCancelled: () -> Bool) throws(ProgramFault) -> ProgramAnswer? {
    let (line, inner) = try Line.make(for: call.program)
    let process = try spawn(call, inner)
    line.send(call.input ?? [])
    let deadline = call.limit.map { ContinuousClock.now + $0 }
    while true {
      line.wait()
      line.receive()
      var status: Int32 = 0
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process || (ended < 0 && errno != EINTR) {
        line.receive()
        let code = status & 0x7f
        let end: ProgramEnd = code == 0 ? .exited(status >> 8 & 0xff) : .signalled(code)
        return ProgramAnswer(end: end, output: line.received, errors: [])
      }
      let isLate = deadline.map { ContinuousClock.now >= $0 } ?? false
      guard isLate || isCancelled() else { continue }
      kill(-process, SIGKILL)
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
      return isLate ? ProgramAnswer(end: .timedOut, output: [], errors: []) : nil
    }
  }

  /// Starts it with `inner` as its standard input and output, and closes that here.
  private static func spawn(_ call: ProgramCall, _ inner: Int32) throws(ProgramFault) -> pid_t {
    defer { close(inner) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, inner, 0)
    posix_spawn_file_actions_adddup2(&actions, inner, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let session: Int32 = 0x80
    posix_spawnattr_setflags(
      &attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | session))
    let arguments = ([call.program] + call.arguments).map { strdup($0) } + [nil]
    let environment = call.environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, call.program, &actions, &attributes, arguments, environment)
    guard code == 0 else { throw ProgramFault(program: call.program, reason: String(cString: strerror(code))) }
    return process
  }

  /// A pair of sockets is both its input and its output.
  private final class Line {
    private let descriptor: Int32
    private(set) var received: [UInt8] = []
    private var isOver = false

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    static func make(for program: String) throws(ProgramFault) -> (line: Line, inner: Int32) {
      var ends: [Int32] = [-1, -1]
      guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
        throw ProgramFault(program: program, reason: String(cString: strerror(errno)))
      }
      return (Line(ends[0]), ends[1])
    }

    /// All of it, and the end. It is short enough for the socket to take at once.
    func send(_ bytes: [UInt8]) {
      _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      shutdown(descriptor, Int32(SHUT_WR))
    }

    /// For something to read, or 20 ms. Where the other end is closed there is nothing to come but the program's end.
    func wait() {
      if isOver {
        usleep(1000)
        return
      }
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      poll(&polled, 1, 20)
    }

    /// What is there. A daemon that the program left may keep the other end open: nobody waits for it.
    func receive() {
      var part = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = recv(descriptor, &part, part.count, Int32(MSG_DONTWAIT))
        if count == 0 { isOver = true }
        guard count > 0 else { return }
        if received.count < 1 << 16 { received += part.prefix(count) }
      }
    }
  }
}
