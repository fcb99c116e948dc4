import Glibc
import SecureBuild

/// The user's `kubectl`, with the user's own configuration of it: how a cluster is reached and who one is there is never
/// this program's to know.
struct Kubectl: Sendable {
  let program: String
  let settings: KubernetesSettings
  let environment: [String: String]
  let programs: any ProgramRunner

  /// - Parameter environment: this process's own. `kubectl` is given what it and the programs that sign its user in
  ///   need of it, and nothing else. Nil where this machine has no `kubectl`.
  init?(settings: KubernetesSettings, environment: [String: String], programs: any ProgramRunner = HostPrograms()) {
    guard let program = Self.find(in: environment["PATH"]) else { return nil }
    self.program = program
    self.settings = settings
    self.environment = environment.filter { KubernetesEnvironment.takes($0.key) }.merging(Programs.environment) {
      own, _ in own
    }
    self.programs = programs
  }

  /// Asks once.
  /// - Parameter input: read by it from its standard input: what is secret goes this way alone.
  /// - Throws: `KubectlFault`; `CancellationError`; `ProgramFault`.
  func ask(
    _ arguments: [String], input: ManifestNode? = nil, within limit: Duration = .seconds(30)
  ) async throws -> [UInt8] {
    var call = call(["--request-timeout=15s"] + arguments)
    call.input = input.map { Array($0.json.utf8) }
    call.limit = limit
    let answer = try await programs.capture(call, limit: 16 << 20)
    if answer.end.isSuccess { return answer.output }
    if answer.end == .timedOut {
      throw KubectlFault.unreachable("no answer within \(limit.components.seconds) seconds")
    }
    throw KubectlFault(said: answer.errorText)
  }

  /// The same for what is printed as JSON.
  func json(_ arguments: [String]) async throws -> ManifestNode {
    let bytes = try await ask(arguments + ["--output=json"])
    guard let node = ManifestNode(json: bytes) else { throw KubectlFault.failed("kubectl printed what isn't JSON") }
    return node
  }

  /// Makes objects, and gives them back as the cluster has them, in their order.
  func create(_ objects: [ManifestNode]) async throws -> [ManifestNode] {
    let bytes = try await ask(
      ["create", "--filename=-", "--validate=false", "--output=json"],
      input: ["apiVersion": "v1", "kind": "List", "items": .list(objects)])
    guard let made = ManifestNode.objects(json: bytes) else {
      throw KubectlFault.failed("kubectl printed what isn't JSON")
    }
    return made
  }

  /// Asks until it is answered: a cluster whose API was lost for a while goes on with what it was given meanwhile.
  /// - Parameter saying: told once when it is lost.
  /// - Throws: as `ask` does; the last `unreachable` after a minute of them.
  func patiently<Answer: Sendable>(
    for patience: Duration = .seconds(60), saying: (String) throws -> Void = { _ in },
    _ body: () async throws -> Answer
  ) async throws -> Answer {
    let end = ContinuousClock.now + patience
    var pause = Duration.milliseconds(500)
    var isFirst = true
    while true {
      do { return try await body() } catch KubectlFault.unreachable(let words) {
        guard ContinuousClock.now + pause < end else { throw KubectlFault.unreachable(words) }
        if isFirst { try saying(words) }
        isFirst = false
        try await Task.sleep(for: pause)
        pause = min(pause * 2, .seconds(5))
      }
    }
  }

  func call(_ arguments: [String]) -> ProgramCall {
    var all: [String] = []
    if let context = settings.context { all.append("--context=\(context)") }
    if let namespace = settings.namespace { all.append("--namespace=\(namespace)") }
    return ProgramCall(program, all + arguments, environment: environment)
  }

  /// It is the user's: where the user's own shell finds it, else where programs are.
  private static func find(in path: String?) -> String? {
    for folder in path?.split(separator: ":") ?? [] where folder.hasPrefix("/") {
      let program = "\(folder)/kubectl"
      var status = stat()
      if stat(program, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(program, X_OK) == 0 { return program }
    }
    return Programs.find("kubectl")
  }
}
