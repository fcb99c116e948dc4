import Glibc
import SecureBuild

/// A git credential helper, called as git itself calls it: `git credential fill` says the same whether one has nothing
/// or can't tell, and its own exit status doesn't. The secret goes through pipes alone, and nothing asks for one at the
/// terminal.
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

  public func fill(_ key: CredentialKey) throws(CredentialHelperFault) -> String? {
    let answer = try ask("get", key.lines)
    if let secret = Self.secret(of: key, in: answer) { return secret }
    if answer.end.isSuccess { return nil }
    try requireProgram()
    throw .refused(answer.end.words)
  }

  public func approve(_ key: CredentialKey, _ secret: String) throws(CredentialHelperFault) {
    try requireProgram()
    let answer = try ask("store", key.lines + "password=\(secret)\n")
    // Some end badly though they have kept it.
    guard !answer.end.isSuccess, Self.secret(of: key, in: try ask("get", key.lines)) == nil else { return }
    throw .refused(answer.end.words)
  }

  public func reject(_ key: CredentialKey) throws(CredentialHelperFault) -> Bool {
    let had = try gives(key)
    let erased = try ask("erase", key.lines, isCancellable: false)
    // One that didn't give it may be locked, or its file elsewhere just now: then nothing is known by it after, either.
    guard had else { return isMemory }
    guard erased.end.isSuccess else { return false }
    return try !gives(key)
  }

  /// Git's own cache can't be locked: what it doesn't give has ended with its daemon or its time, for good.
  private var isMemory: Bool { name.prefix { $0 != " " } == "cache" }

  private func gives(_ key: CredentialKey) throws(CredentialHelperFault) -> Bool {
    Self.secret(of: key, in: try ask("get", key.lines, isCancellable: false)) != nil
  }

  private static func secret(of key: CredentialKey, in answer: ProgramAnswer) -> String? {
    let lines = answer.text.split { $0 == "\n" || $0 == "\r\n" }
    guard lines.allSatisfy({ !$0.hasPrefix("username=") || $0 == "username=\(key.username)" }),
      let line = lines.last(where: { $0.hasPrefix("password=") })
    else { return nil }
    return String(line.dropFirst("password=".count))
  }

  private func ask(
    _ what: String, _ lines: String, isCancellable: Bool = true
  ) throws(CredentialHelperFault) -> ProgramAnswer {
    let git = try git()
    // Git gives the name to a shell too. Not in this process's folder, whose repository may have settings of its own.
    let command = name.hasPrefix("/") ? name : "\"$0\" credential-\(name)"
    return try run(
      "/bin/sh", ["-c", "cd / && \(command) \(what)", git], input: lines + "\n", isCancellable: isCancellable)
  }

  private func git() throws(CredentialHelperFault) -> String {
    guard CredentialHelperName.isUsable(name) else { throw .unusableName }
    guard let git = Programs.find("git") else { throw .noGit }
    return git
  }

  private func run(
    _ program: String, _ arguments: [String], input: String = "", isCancellable: Bool = true
  ) throws(CredentialHelperFault) -> ProgramAnswer {
    let call = ProgramCall(program, arguments, environment: environment, input: Array(input.utf8), limit: limit)
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
    let own = try run(git(), ["--exec-path"]).text.trimmingSuffix { $0 == "\n" }
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

extension ProgramEnd {
  fileprivate var words: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .signalled(let number): "signal \(number)"
    case .timedOut, .silent: "no answer"
    }
  }
}
