import Glibc
import Synchronization

/// Starts a child that inherits nothing: no descriptors but 0 to 2, no signal mask, no ignored signals, an environment
/// of its own, a session of its own.
public enum Spawn {
  /// Tests run side by side: no child may come between a descriptor and its close-on-exec.
  private static let making = Mutex(())

  /// Runs `body`, which makes descriptors and marks them by `closeOnExec`, while no child is made.
  public static func withoutChildren<Value>(_ body: () throws -> sending Value) rethrows -> sending Value {
    try making.withLock { _ in try body() }
  }

  public static func closeOnExec(_ descriptors: Int32...) {
    for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  }

  /// - Parameters:
  ///   - terminal: the name of a terminal to sit at, as the session's own; else what standard input, output and error
  ///     are: a descriptor each.
  ///   - input: a file that is its standard input at that terminal.
  /// - Throws: `SpawnFault` when there is no such program.
  public static func start(
    _ arguments: [String], environment: [String: String], terminal: String? = nil, input: String? = nil,
    descriptors: (Int32, Int32, Int32) = (0, 1, 2)
  ) throws(SpawnFault) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let terminal {
      posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
      if let input { posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0) }
    } else {
      posix_spawn_file_actions_adddup2(&actions, descriptors.0, 0)
      posix_spawn_file_actions_adddup2(&actions, descriptors.1, 1)
      posix_spawn_file_actions_adddup2(&actions, descriptors.2, 2)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // The last is POSIX_SPAWN_SETSID, which Glibc's module lacks.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | 0x80))
    var process: pid_t = 0
    let argv = arguments.map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    let code = making.withLock { _ in posix_spawnp(&process, arguments[0], &actions, &attributes, argv, envp) }
    guard code == 0 else { throw SpawnFault(program: arguments[0], code: code) }
    return process
  }

  /// Runs a program to its end.
  /// - Returns: its exit status, and what it wrote to standard output and error together.
  public static func run(_ arguments: [String], environment: [String: String]) throws -> (status: Int32, output: String)
  {
    let ends = try pipe()
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { for descriptor in [ends[0], nothing] { close(descriptor) } }
    let started = Result { () throws(SpawnFault) in
      try start(arguments, environment: environment, descriptors: (nothing, ends[1], ends[1]))
    }
    close(ends[1])
    let process = try started.get()
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(ends[0], &chunk, chunk.count)
      if count <= 0 { break }
      output += chunk[..<count]
    }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return (Ending(status: status).shellStatus, String(decoding: output, as: UTF8.self))
  }

  /// The reading and the writing end of a pipe.
  public static func pipe() throws(SpawnFault) -> [Int32] {
    var ends: [Int32] = [-1, -1]
    let code = making.withLock { _ in
      guard Glibc.pipe(&ends) == 0 else { return errno }
      closeOnExec(ends[0], ends[1])
      return 0
    }
    guard code == 0 else { throw SpawnFault(program: "pipe", code: code) }
    return ends
  }
}
