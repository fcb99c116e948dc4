import SecureBuild

/// One build on this machine, stage by stage.
struct LocalBuild: Sendable {
  let plan: BuildPlan
  let log: StageLog

  init(_ plan: BuildPlan, telling progress: any BuildProgress) {
    self.plan = plan
    log = StageLog(progress, hiding: plan.secrets)
  }

  /// Files for this user's eyes alone, in a build's folder.
  static func files(in folder: String) -> String { folder + "/engine" }

  var files: String { Self.files(in: plan.folder) }
  var limit: Duration { .seconds(plan.limits.stage) }
  var silence: Duration { .seconds(plan.limits.silence) }

  /// - Throws: `BuildFailure`, `CancellationError`; what the progress throws.
  func run() async throws {
    do {
      try await runStages()
    } catch let failure as BuildFailure {
      throw log.masked(failure)
    }
  }

  private func runStages() async throws {
    try makeFiles()
    defer { Files.remove(files) }
    try await withThrowingTaskGroup(of: RegistryHosts?.self) { group in
      // Asked while the source is fetched, so that a wrong password doesn't wait for the end of a long build.
      group.addTask { try await registryHosts() }
      let cell = try await stage(.prepare, allowed: []) { try await prepare() }
      try await closing(cell) {
        let commit = try await stage(.clone, allowed: allowedForClone) { try await clone(cell) }
        let order = try await stage(.baseImages, allowed: []) { try await baseImages(cell, commit) }
        let hosts = try await registryAnswer(&group)
        try await stage(.build, allowed: allowedForBuild) { try await build(order, cell) }
        try await stage(.push, allowed: isOnOwnLoopback(hosts) ? [] : hosts?.endpoints ?? []) {
          try await push(cell, hosts)
        }
      }
    }
  }

  private func makeFiles() throws {
    do {
      Files.remove(files)
      try Files.makeFolder(files, mode: 0o700)
    } catch {
      throw BuildFailures.file(error, in: .prepare)
    }
  }

  /// Does what happens in a cell, and leaves nothing of it, whatever comes. What was refused is told at the end.
  private func closing(_ cell: Confinement, _ body: () async throws -> Void) async throws {
    let result: Result<Void, any Error>
    do {
      result = .success(try await body())
    } catch {
      result = .failure(error)
    }
    // Not part of the task: it is done when that is cancelled, too.
    await Task { [log] in
      if let refused = try? await cell.refused(), !refused.isEmpty { try? log.tell(.refused(refused)) }
      await cell.close()
    }.value
    try result.get()
  }

  /// Runs a stage and tells of it.
  private func stage<Value>(
    _ stage: BuildStage, allowed: [AllowedEndpoint], _ body: () async throws -> Value
  ) async throws -> Value {
    try Task.checkCancellation()
    try log.begin(stage, allowed: allowed)
    do {
      let value = try await body()
      try log.end()
      try log.tell(.stageEnded(stage, .success))
      return value
    } catch {
      let failure = Self.failure(error, in: stage)
      try? log.end()
      try? log.tell(.stageEnded(stage, failure is CancellationError ? .cancel : .fail))
      throw failure
    }
  }

  /// What stages throw, as what a build fails by.
  static func failure(_ error: any Error, in stage: BuildStage) -> any Error {
    if error is CancellationError || Task.isCancelled { return CancellationError() }
    return switch error {
    case let failure as BuildFailure: failure
    case let part as MissingPart: BuildFailure(part, in: stage)
    case let fault as ProgramFault: BuildFailures.missing(fault, in: stage)
    case let fault as FileFault: BuildFailures.file(fault, in: stage)
    case let fault as LayoutFault: BuildFailures.layout(fault, in: stage)
    default: error
    }
  }

  // MARK: prepare

  private func prepare() async throws -> Confinement {
    if case .open = plan.network {
      try log.line("network type Internet: the build uses this machine's own network, unconfined")
    }
    return try await Confinement.open(plan)
  }

  /// Nil where images go to a directory.
  private func registryHosts() async throws -> RegistryHosts? {
    guard case .server(let server, let password) = plan.registry else { return nil }
    return try await RegistryProbe(
      server: server, password: password, repository: plan.request.repository, hosts: linkHosts
    ).run()
  }

  /// Where the registry doesn't take the image, the build needn't begin: the push has failed already.
  private func registryAnswer(_ group: inout ThrowingTaskGroup<RegistryHosts?, any Error>) async throws
    -> RegistryHosts?
  {
    do {
      return try await group.next() ?? nil
    } catch {
      return try await stage(.push, allowed: []) {
        try log.line("the registry was asked before the build")
        throw error
      }
    }
  }

  // MARK: addresses

  /// Names of the link.
  var linkHosts: [HostEntry] {
    if case .confined(_, _, let hosts) = plan.network { hosts } else { [] }
  }

  /// Where GitLab answers in the build's network.
  private var gitLab: IPAddress {
    if case .confined(let gitLab, _, _) = plan.network { gitLab } else { plan.source.site.connectTo }
  }

  private var allowedForClone: [AllowedEndpoint] {
    [AllowedEndpoint(ip: gitLab, port: plan.source.site.address.port, label: "GitLab")]
  }

  /// All that the managed group lets out to: whole addresses.
  private var allowedForBuild: [AllowedEndpoint] {
    guard case .confined(let gitLab, let others, _) = plan.network else { return [] }
    return [AllowedEndpoint(ip: gitLab, port: nil, label: "GitLab")] + others
  }

  // MARK: clone

  private func clone(_ cell: Confinement) async throws -> String {
    let site = plan.source.site
    try await cell.name(linkHosts.filter { $0.name == site.address.host })
    try await cell.allow(allowedForClone)
    var settings = GitSettings(
      site: site, address: gitLab, token: plan.source.token, hasLFS: Programs.find("git-lfs") != nil)
    if case .systemAnd(let pem) = site.trust {
      let system = (try? Files.read("/etc/ssl/certs/ca-certificates.crt", limit: 16 << 20)) ?? []
      settings.caFile = try await cell.put(system + [10] + Array(pem.utf8), as: "gitlab-ca.pem")
    }
    let request = plan.request
    let checkout = GitCheckout(
      programs: cell.programs, settings: settings, place: Self.place(of: cell), limit: limit, silence: silence, log: log
    )
    return try await checkout.run(
      plan.source.project, ref: request.ref, request.rule.pushType, commit: request.commitId)
  }

  static func place(of cell: Confinement) -> WorkPlace {
    WorkPlace(inside: Confinement.workInside, outside: cell.workFolder)
  }

  // MARK: build

  private func build(_ order: ImageOrder, _ cell: Confinement) async throws {
    try await cell.name(linkHosts)
    try await cell.allow(allowedForBuild)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await watchRefused(cell) }
      defer { group.cancelAll() }
      try await cell.buildImage(order) { [log] in try log.pass($0) }
    }
  }

  /// Tells of refused connections while steps run: a step that hangs on one is seen at once.
  private func watchRefused(_ cell: Confinement) async throws {
    guard case .confined = plan.network else { return }
    var told: [RefusedConnection] = []
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: .seconds(5))
        let refused = try await cell.refused()
        if refused != told {
          try log.tell(.refused(refused))
          told = refused
        }
      } catch {
        return
      }
    }
  }
}
