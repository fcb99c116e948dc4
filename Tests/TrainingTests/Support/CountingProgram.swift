import Foundation

/// Stands in for the server's process: counts its starts, notes what it was given, holds the server's lock.
final class CountingProgram {
  let path: String
  private let log: String

  /// - Parameter held: whether it is ready only once it is let go.
  init(in sandbox: Sandbox, held: Bool = false) throws {
    path = sandbox.file("server-\(UUID().uuidString)")
    log = path + ".log"
    try Data(
      """
      #!/bin/sh
      # `ls` itself opens the lowest that is free.
      echo "descriptors" $(/bin/ls /proc/self/fd) >>"\(path).log"
      exec 9>>"$3/training/server.lock"
      /usr/bin/flock --exclusive 9
      {
        echo "start $$"
        echo "arguments $*"
        echo "variables $(tr '\\0' ' ' </proc/$$/environ)"
        read -r _ _ _ _ _ session _ </proc/$$/stat
        [ "$session" = $$ ] && echo "session own"
        echo "signals $(sed -n 's/^SigBlk:[[:space:]]*//p' /proc/$$/status)"
      } >>"\(path).log"
      while \(held) && [ ! -e "\(path).go" ]; do /bin/sleep 0.02; done
      echo ready >&3
      exec 3>&-
      exec /bin/sleep 60
      """.utf8
    ).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
  }

  private var lines: [[String]] {
    get throws {
      guard let text = try? String(contentsOfFile: log, encoding: .utf8) else { return [] }
      return text.split(separator: "\n").map {
        $0.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      }
    }
  }

  /// How often it was started.
  var count: Int { get throws { try lines.count { $0[0] == "start" } } }

  /// Lets it be ready.
  func letGo() throws { try Data().write(to: URL(filePath: path + ".go")) }

  /// What it noted.
  var report: [String: String] {
    get throws {
      Dictionary(try lines.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { _, last in last }
    }
  }

  /// Ends what was started.
  func end() {
    for line in (try? lines) ?? [] where line[0] == "start" {
      if line.count > 1, let process = pid_t(line[1]) { kill(process, SIGKILL) }
    }
  }
}
