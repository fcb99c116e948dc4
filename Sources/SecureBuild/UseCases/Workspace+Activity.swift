import FlatFiles

extension Workspace {
  /// What was done in this workspace, newest first, through all generations of the journal. Reads files: call it from a
  /// task, never from a loop that draws.
  /// - Parameters:
  ///   - instance: only what concerns this instance, which may be gone.
  ///   - kind: only what is of this kind.
  ///   - before: only what is older than this number; give a slice's `next` to go on.
  /// - Throws: `Refusal` where nothing can be read, or `Cancelled` soon after the task is cancelled. Where only older
  ///   entries can't be read, the slice has those that can, and says why in `unreadable`.
  public func activity(
    of instance: String? = nil, kind: Activity.Kind? = nil, before: Int? = nil, limit: Int = 200
  ) throws(Refusal) -> ActivitySlice {
    let state = try state().state
    func name(_ id: String) -> String? { (try? state.record(.instance, id))?.text(of: Field.instanceName.rawValue) }
    func path(_ id: String) -> String? {
      (try? state.record(.repository, id)).flatMap(\.self).flatMap { try? $0.decode(Repository.self).path }
    }
    var walk = ActivityWalk(ActivityFilter(instance: instance, kind: kind), limit: max(1, limit)) { name($0) != nil }
    var unreadable: Refusal?
    do throws(StoreError) {
      try store.walkHistory(before: before) { walk.visit($0) && !Task.isCancelled }
    } catch {
      // The page itself was read: only how something was called before its end is missing.
      if !walk.isFull { unreadable = Refusal(error) }
    }
    if Task.isCancelled { throw Refusal(CancellationError()) }
    walk.end()
    let page = walk.page
    if let unreadable, page.isEmpty { throw unreadable }
    return ActivitySlice(
      entries: page.map { ActivitySentence(of: $0, name: name, repositoryPath: path).activity },
      next: walk.hasMore ? page.last?.entry.sequence : nil, unreadable: unreadable)
  }
}
