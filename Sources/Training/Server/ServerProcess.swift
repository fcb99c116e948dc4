import CTerminal
import Glibc
import Synchronization

/// A training server as a process: with nothing of this process's but the pipe to say that it is ready, so that no
/// lock lives on in it.
enum ServerProcess {
  /// Those that this process started and has not seen the end of.
  private static let started = Mutex<Set<pid_t>>([])

  /// - Returns: 0, or the system's error number.
  static func spawn(_ executable: String, workspace: String, ready: Int32) -> Int32 {
    reap()
    let arguments = ["acr-console", TrainingServer.command, "--workspace", workspace]
    return withCStrings(arguments) { arguments in
      withCStrings(environment) { environment in
        let process = acr_spawn_detached(executable, arguments, environment, ready)
        guard process > 0 else { return errno }
        started.withLock { _ = $0.insert(process) }
        return 0
      }
    }
  }

  /// Collects those that ended, so that none stays a zombie longer than this process starts others.
  private static func reap() {
    started.withLock { started in started = started.filter { waitpid($0, nil, WNOHANG) == 0 } }
  }

  /// Where a program that isn't linked statically finds its libraries; no token, no home, nothing else.
  private static var environment: [String] {
    getenv("LD_LIBRARY_PATH").map { ["LD_LIBRARY_PATH=\(String(cString: $0))"] } ?? []
  }

  private static func withCStrings<Value>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
