import CTerminal
import Glibc
import Synchronization

/// A program that outlives the one that starts it, and its terminal: with nothing of this process's but a pipe to say
/// that it is ready, so that no lock lives on in it.
public enum DetachedProgram {
  /// The descriptor at which it says that it is ready, or why not: a line, once.
  public static let readyDescriptor: Int32 = 3
  /// This very program, wherever its file is by now.
  public static let thisProgram = "/proc/self/exe"

  /// Those that this process started and has not seen the end of.
  private static let started = Mutex<Set<pid_t>>([])

  /// Starts it.
  /// - Parameters:
  ///   - arguments: the first is its name.
  ///   - environment: all that it gets; where a program that isn't linked statically finds its libraries is added.
  ///   - pipe: what it writes its line to; the writing end is closed here.
  /// - Returns: 0, or the system's error number.
  public static func start(
    _ executable: String, _ arguments: [String], environment: [String: String], telling pipe: ReadyPipe
  ) -> Int32 {
    reap()
    var environment = environment
    if let libraries = getenv("LD_LIBRARY_PATH") { environment["LD_LIBRARY_PATH"] = String(cString: libraries) }
    return withCStrings(arguments) { arguments in
      withCStrings(environment.map { "\($0)=\($1)" }) { environment in
        let process = acr_spawn_detached(executable, arguments, environment, pipe.writing)
        let code = process > 0 ? 0 : errno
        pipe.closeWriting()
        if process > 0 { started.withLock { _ = $0.insert(process) } }
        return code
      }
    }
  }

  /// The descriptor at which who started this process waits for its line; nil where nobody does. To be asked before
  /// anything is opened, which might get that number.
  public static var starter: Int32? {
    var found = stat()
    return fstat(readyDescriptor, &found) == 0 && found.st_mode & S_IFMT == S_IFIFO ? readyDescriptor : nil
  }

  /// Says the line, and closes the descriptor. Who started it may be gone by now: then nobody reads it.
  public static func say(_ line: String, to descriptor: Int32) {
    var bytes = Array((line.split(separator: "\n").joined(separator: " ") + "\n").utf8.prefix(1024))
    bytes[bytes.count - 1] = 10
    _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }

  /// Collects those that ended, so that none stays a zombie longer than this process starts others.
  private static func reap() {
    started.withLock { started in started = started.filter { waitpid($0, nil, WNOHANG) == 0 } }
  }

  private static func withCStrings<Value>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
