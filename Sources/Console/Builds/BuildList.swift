import SecureBuild
import TerminalUI

/// The builds of an instance as they were read last, newest first: read in tasks, anew when one was queued or went on,
/// and each second while one runs, so that a runner that died is seen.
@ScreenActor
final class BuildList {
  private unowned let app: App
  let instance: String
  private(set) var records: [BuildRecord] = []
  private(set) var unreadable: [Refusal] = []
  /// Why none could be read.
  private(set) var trouble: Refusal?
  /// Whether the first look has ended.
  private(set) var isLoaded = false
  /// Whether there are older ones than those here.
  var hasMore: Bool { next != nil }
  private var next: String?
  private var isReading = false
  private var hasChangedAgain = false

  nonisolated private static let page = 200

  init(app: App, instance: String) {
    self.app = app
    self.instance = instance
  }

  /// Whether one waits or runs.
  var isLive: Bool { records.contains { !$0.status.isOver } }

  /// The newest of a repository.
  func newest(of repository: String) -> BuildRecord? { records.first { $0.request.repoId == repository } }

  /// Reads the newest again, as many as are here.
  func refresh() {
    guard let workspace = app.workspace else { return }
    guard !isReading else {
      hasChangedAgain = true
      return
    }
    isReading = true
    let (instance, limit) = (instance, max(Self.page, records.count))
    Task.detached(executorPreference: Workers.shared, priority: .userInitiated) { [weak self] in
      let outcome = Result { () throws(Refusal) in try workspace.builds.records(of: instance, limit: limit) }
      await self?.take(outcome, isOlder: false)
    }
  }

  /// Reads those that come behind the last.
  func loadMore() {
    guard let workspace = app.workspace, let next, !isReading else { return }
    isReading = true
    let instance = instance
    Task.detached(executorPreference: Workers.shared, priority: .userInitiated) { [weak self] in
      let outcome = Result { () throws(Refusal) in
        try workspace.builds.records(of: instance, before: next, limit: Self.page)
      }
      await self?.take(outcome, isOlder: true)
    }
  }

  /// Looks at those that aren't over, and reads all again where one has ended meanwhile.
  func lookAtLive() {
    guard let workspace = app.workspace, !isReading else { return }
    isReading = true
    let instance = instance
    Task.detached(executorPreference: Workers.shared) { [weak self] in
      let outcome = Result { () throws(Refusal) in try workspace.builds.live(of: instance) }
      await self?.take(outcome)
    }
  }

  private func take(_ outcome: Result<[BuildRecord], Refusal>) {
    isReading = false
    guard case .success(let live) = outcome else { return refresh() }
    let fresh = Dictionary(live.map { ($0.id, $0) }) { $1 }
    guard Set(fresh.keys) == Set(records.lazy.filter { !$0.status.isOver }.map(\.id)), !hasChangedAgain else {
      hasChangedAgain = false
      return refresh()
    }
    records = records.map { fresh[$0.id] ?? $0 }
    app.buildsChanged(self)
  }

  private func take(_ outcome: Result<BuildPage, Refusal>, isOlder: Bool) {
    isReading = false
    isLoaded = true
    switch outcome {
    case .success(let page):
      records = isOlder ? records + page.records : page.records
      unreadable = isOlder ? unreadable + page.unreadable : page.unreadable
      (next, trouble) = (page.next, nil)
    case .failure(let refusal): trouble = refusal
    }
    app.buildsChanged(self)
    guard hasChangedAgain else { return }
    hasChangedAgain = false
    refresh()
  }
}

/// A page that shows something of the builds of its instance.
@ScreenActor
protocol ShowsBuilds: Page {
  var app: App { get }
  func buildsChanged()
}

extension ShowsBuilds {
  /// The builds of its instance; nil while another's are followed.
  var builds: BuildList? {
    guard let own = place.instance, let builds = app.builds, builds.instance == own else { return nil }
    return builds
  }

  /// Follows the builds of its instance, for as long as it is the page in view.
  func follow() { if let own = place.instance, app.page === self { app.follow(own) } }
}

extension App {
  /// Reads the builds of an instance, and each time that they may be others.
  func follow(_ instance: String) {
    if builds?.instance != instance {
      builds = BuildList(app: self, instance: instance)
      builds?.refresh()
    }
    watchBuilds()
    tickWhileBuilding()
  }

  /// Something about the builds may be new: queued, gone on, over.
  private func watchBuilds() {
    guard let workspace, watchedBuilds.insert(workspace.path).inserted else { return }
    Task.detached(executorPreference: Workers.shared) { [weak self] in
      // Where it can't be made nothing can be built either.
      try? workspace.builds.prepareToWatch()
      await self?.watch(workspace)
    }
  }

  private func watch(_ workspace: Workspace) {
    let path = workspace.path
    display.watch(folder: workspace.builds.watchedFolder) { [weak self] in
      if self?.workspace?.path == path { self?.builds?.refresh() }
    }
    builds?.refresh()
  }

  func buildsChanged(_ list: BuildList) {
    guard list === builds else { return }
    for case let page as any ShowsBuilds in places { page.buildsChanged() }
    if lesson != nil { followLesson() }
    tickWhileBuilding()
  }

  /// Seconds go by only while something runs that is shown.
  func tickWhileBuilding() {
    if builds?.isLive == true, page is any ShowsBuilds { display.requestTick(after: .seconds(1)) }
  }

  /// A second has gone by.
  func buildsTick() {
    guard builds?.isLive == true, page is any ShowsBuilds else { return }
    if lastBuildsLook.duration(to: .now) >= .milliseconds(900) {
      lastBuildsLook = .now
      builds?.lookAtLive()
    }
    tickWhileBuilding()
  }
}
