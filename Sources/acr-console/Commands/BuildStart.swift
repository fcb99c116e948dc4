import SecureBuild

/// What follows a request to build: whether this machine can, the queue, the waiting.
struct BuildStart {
  private let workspace: Workspace
  private let invocation: Invocation

  init(_ workspace: Workspace, _ invocation: Invocation) {
    self.workspace = workspace
    self.invocation = invocation
  }

  /// - Throws: `Refusal` `PartMissing`, what the queue refuses by, or with `wait` `EndedBuild`.
  func start(_ request: BuildRequest, wait: Bool, dryRun: Bool) async throws {
    let missing = try await MissingParts.of(request.engine, for: request.instanceId, in: workspace, invocation)
    guard missing.isEmpty else { throw Refusal.partsMissing(missing, of: request.engine) }
    if dryRun { return try invocation.output.show(BuildView(BuildRecord(request)), rehearsed: true) }
    try Task.checkCancellation()
    try workspace.builds.enqueue(request)
    do {
      // It is queued: Ctrl-C from here on must not leave it without a runner.
      try await Task { [builds = workspace.builds] in try await builds.ensureRunner() }.value
    } catch {
      // Which build waits for a runner.
      try? invocation.output.show(BuildView(BuildRecord(request)))
      throw error
    }
    if wait { try await end(of: request.id) } else { try tell(request.id) }
  }

  private func tell(_ id: String) throws {
    try invocation.output.show(BuildView(try workspace.builds.record(id)))
    invocation.output.say(
      Phrase(
        "Follow it with `acr-console build log \(id) --follow`.", "可用 `acr-console build log \(id) --follow` 跟踪。"))
  }

  private func end(of id: String) async throws {
    invocation.output.say(Phrase("Build \(id) is queued.", "构建 \(id) 已排队。"))
    var lines = StageLines(invocation.output)
    let record = try await Following(workspace.builds, invocation.output).follow(id) { lines.report($0.record) }
    try invocation.output.show(record, in: workspace)
    guard record.status == .success else { throw EndedBuild(record: record) }
  }
}

extension Output {
  /// A build whole: for people with its tables.
  func show(_ record: BuildRecord, in workspace: Workspace) throws {
    let view = BuildView(record)
    try show(view)
    guard format == .table else { return }
    let link = try? workspace.latest.openBinding(of: record.request.instanceId).value?.linkId
    try StandardStream.output.write(view.tables(language, link: link ?? nil))
  }
}
