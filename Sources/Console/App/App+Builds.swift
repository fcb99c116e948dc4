import SecureBuild
import TerminalUI

/// Builds, started and ended from any page that shows them.
extension App {
  /// Why a rule can't be built now, in one sentence; nil where it can as far as is known.
  func whyNoBuild(_ rule: BuildRule) -> Phrase? {
    do throws(Refusal) {
      return try reading?.whyNoBuildNow(rule).map { $0.message + $0.mend }
    } catch {
      return error.message
    }
  }

  /// *Build now*: looks at what the engine has, queues the build and goes to its page.
  func build(_ rule: BuildRule, by engine: BuildRequest.EngineName = .local) {
    start(of: rule.instanceId, by: engine) { workspace throws(Refusal) in
      try workspace.buildRequest(rule: rule.id, engine: engine)
    }
  }

  func buildAgain(_ record: BuildRecord) {
    start(of: record.request.instanceId, by: record.request.engine) { workspace throws(Refusal) in
      try workspace.request(again: record)
    }
  }

  private func start(
    of instance: String, by engine: BuildRequest.EngineName,
    _ request: @escaping @Sendable (Workspace) throws(Refusal) -> BuildRequest
  ) {
    guard let workspace else { return }
    let (network, look) = (network(of: instance), launch.missingParts)
    perform(Phrase("Starting the build", "正在发起构建"), cancellable: true) { () -> Started in
      if let network {
        let missing = await look(engine, network)
        if !missing.isEmpty { return .missing(missing, of: engine, isConfined: network.isConfined) }
      }
      try Task.checkCancellation()
      let request = try request(workspace)
      try workspace.builds.enqueue(request)
      // It is queued whatever becomes of the runner.
      do throws(Refusal) { try await workspace.builds.ensureRunner() } catch { return .queued(request, but: error) }
      return .queued(request, but: nil)
    } then: { [weak self] outcome in
      self?.started(outcome)
    }
  }

  private enum Started: Sendable {
    case queued(BuildRequest, but: Refusal?)
    case missing([MissingPart], of: BuildRequest.EngineName, isConfined: Bool)
  }

  private func started(_ outcome: Result<Started, Refusal>) {
    switch outcome {
    case .failure(let refusal): say(refusal)
    case .success(.missing(let parts, let engine, let isConfined)):
      if engine == .local { take(parts, isConfined: isConfined) }
      open(MissingPartsDialog(app: self, parts: parts, of: engine))
    case .success(.queued(let request, let trouble)):
      if request.engine == .local, let network = network(of: request.instanceId) { missing[network.isConfined] = [] }
      builds?.refresh()
      go(to: .build(id: request.id, instance: request.instanceId))
      if let trouble { say(trouble) }
    }
  }

  /// Why a build can't be cancelled; nil where it can.
  func whyNoCancel(_ record: BuildRecord?) -> Phrase? {
    guard let record else { return Phrase("There is no build to take.", "没有可操作的构建。") }
    if record.status.isOver { return Phrase("This build is over.", "该构建已结束。") }
    return record.isCancelling && !record.isOrphaned ? Phrase("It is being cancelled.", "正在取消。") : nil
  }

  /// Cancels a build, once that was said again.
  func cancel(_ record: BuildRecord) {
    guard let workspace else { return }
    let id = record.id
    let place = Place.build(id: id, instance: record.request.instanceId)
    open(
      ConfirmDialog(
        app: self, title: Phrase("Cancel a build", "取消构建"),
        question: Phrase(
          "Cancel the build of \(record.imageName) from \(record.source)? What it has done so far is removed; its record and log stay.",
          "取消从 \(record.source) 构建 \(record.imageName)？已完成的部分将被清除，记录和日志会保留。"),
        action: Phrase("Cancel the build", "取消构建"), refusal: Phrase("Let it run", "继续构建")
      ) { [self] in
        perform(Phrase("Cancelling", "正在取消"), cancellable: false) {
          try await workspace.builds.cancel(id)
        } then: { [weak self] outcome in
          self?.builds?.refresh()
          switch outcome {
          case .success(.done): self?.say(Phrase("Cancelled.", "已取消。"))
          // Its own page shows that, and when it is done.
          case .success(.asked): if self?.page.place != place { self?.say(Phrase("It is being cancelled.", "正在取消。")) }
          case .failure(let refusal): self?.say(refusal)
          }
        }
      })
  }

  /// Deletes the record and the log of a build that is over, once that was said again.
  func delete(_ record: BuildRecord) {
    guard let workspace else { return }
    let id = record.id
    open(
      ConfirmDialog(
        app: self, title: Phrase("Delete a build record", "删除构建记录"),
        question: Phrase(
          "Delete the record and the log of \(record.imageName) from \(record.source)? Its image stays where it was pushed.",
          "删除从 \(record.source) 构建 \(record.imageName) 的记录和日志？已推送的镜像不受影响。"),
        action: Phrase("Delete", "删除")
      ) { [self] in
        perform(Phrase("Deleting", "正在删除"), cancellable: false) {
          try workspace.builds.delete(id)
        } then: { [weak self] outcome in
          self?.builds?.refresh()
          switch outcome {
          case .success: self?.say(Phrase("Deleted.", "已删除。"))
          case .failure(let refusal): self?.say(refusal)
          }
        }
      })
  }
}
