import Glibc
import SecureBuild

/// A git credential helper, asked through git's own `git credential fill`, `approve` and `reject`. The secret goes through
/// pipes alone, and git never asks for one at the terminal.
public struct GitCredentialHelper: CredentialHelper {
  public let name: String
  private let environment: [String: String]
  private let limit: Duration

  /// - Parameters:
  ///   - environment: this process's own; the helper gets what `takes` takes of it.
  ///   - limit: how long it may take, a person's typing of a passphrase in a window of its own included.
  public init(_ name: String, environment: [String: String], limit: Duration = .seconds(60)) {
    self.name = name
    self.limit = limit
    var given = environment.filter { Self.takes($0.key) }
    given["PATH"] = given["PATH"] ?? Programs.folders.joined(separator: ":")
    given["LC_ALL"] = "C.UTF-8"
    // Neither git nor a helper asks at the terminal, which is the console's.
    for (name, value) in [
      ("GIT_TERMINAL_PROMPT", "0"), ("GIT_ASKPASS", ""), ("SSH_ASKPASS", ""), ("GCM_INTERACTIVE", "false"),
      ("GCM_PROVIDER", "generic"),
    ] {
      given[name] = value
    }
    self.environment = given
  }

  private static let variables: Set<String> = [
    "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
    "XDG_CACHE_HOME", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "GNUPGHOME",
    "SSH_AUTH_SOCK", "GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "PASSWORD_STORE_DIR",
    "PASSWORD_STORE_KEY", "PASSWORD_STORE_GPG_OPTS", "GCM_CREDENTIAL_STORE", "GCM_CREDENTIAL_CACHE_OPTIONS",
    "GCM_PLAINTEXT_STORE_PATH", "GCM_GPG_PATH",
  ]

  /// Whether a helper may need a variable of this process's environment. No `GPG_TTY`: a passphrase is never asked at the
  /// terminal.
  public static func takes(_ variable: String) -> Bool { variables.contains(variable) }

  public func fill(_ key: CredentialKey) throws(CredentialHelperFault) -> String? { try fill(key, isCancellable: true) }

  public func approve(_ key: CredentialKey, _ secret: String) throws(CredentialHelperFault) {
    // Git doesn't say so, and nobody would know whether anything was given.
    try requireProgram()
    _ = try ask("approve", key.lines + "password=\(secret)\n")
  }

  public func reject(_ key: CredentialKey) throws(CredentialHelperFault) -> Bool {
    _ = try ask("reject", key.lines, isCancellable: false)
    return try fill(key, isCancellable: false) == nil
  }

  private func fill(_ key: CredentialKey, isCancellable: Bool) throws(CredentialHelperFault) -> String? {
    let answer = try ask("fill", key.lines, isCancellable: isCancellable)
    guard answer.end.isSuccess else {
      // Git says the same whether a helper has nothing or isn't there.
      try requireProgram()
      return nil
    }
    let lines = answer.text.split(separator: "\n")
    guard lines.contains("username=\(key.username)"), let line = lines.first(where: { $0.hasPrefix("password=") })
    else { return nil }
    return String(line.dropFirst("password=".count))
  }

  private func ask(
    _ what: String, _ lines: String, isCancellable: Bool = true
  ) throws(CredentialHelperFault) -> ProgramAnswer {
    // The first empties the list of helpers that git's own settings have.
    let arguments = ["-c", "credential.helper=", "-c", "credential.helper=\(name)", "credential", what]
    return try git(arguments, input: lines + "\n", isCancellable: isCancellable)
  }

  private func git(
    _ arguments: [String], input: String = "", isCancellable: Bool = true
  ) throws(CredentialHelperFault) -> ProgramAnswer {
    guard CredentialHelperName.isUsable(name) else { throw .unusableName }
    guard let git = Programs.find("git") else { throw .noGit }
    // Not in this process's folder, whose repository may have settings of its own.
    let call = ProgramCall(
      git, ["-C", "/"] + arguments, environment: environment, input: Array(input.utf8), limit: limit)
    let answer: ProgramAnswer?
    do throws(ProgramFault) {
      answer = try BlockingProgram.run(call) { isCancellable && Task.isCancelled }
    } catch { throw .notStarted(error.reason) }
    guard let answer else { throw .cancelled }
    guard answer.end != .timedOut else { throw .timedOut }
    return answer
  }

  /// Looks for the helper's program as git does: in its own folder of programs and in `PATH`, or where an absolute path
  /// leads.
  private func requireProgram() throws(CredentialHelperFault) {
    let first = String(name.prefix { $0 != " " })
    if first.hasPrefix("/") {
      guard first.contains(where: { "'\"".contains($0) }) || access(first, X_OK) == 0 else {
        throw .notFound(program: first)
      }
      return
    }
    let program = "git-credential-\(first)"
    let own = try git(["--exec-path"]).text.trimmingSuffix { $0 == "\n" }
    let folders = [String(own)] + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    guard folders.contains(where: { access("\($0)/\(program)", X_OK) == 0 }) else { throw .notFound(program: program) }
  }
}

extension String {
  fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
    var rest = self[...]
    while let last = rest.last, isTrimmed(last) { rest.removeLast() }
    return rest
  }
}
