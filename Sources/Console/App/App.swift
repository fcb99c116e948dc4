import FlatFiles
import SecureBuild
import TerminalUI
import Training

/// The console as a whole: the workspace being shown, where the user is, and what runs.
///
/// Pages draw from ``reading`` alone; what may wait runs in a task (``perform(_:cancellable:_:then:)``).
@ScreenActor
public final class App {
  let display: any Display
  let launch: ConsoleLaunch
  /// Where the workspace is, or would be made.
  private(set) var path: String
  private(set) var workspace: Workspace? {
    didSet { (isOpen, isTraining) = (workspace != nil, workspace?.kind == .training) }
  }
  /// Whether there is a workspace, and whether it is for training: by themselves, for frames ask for them many times and
  /// a workspace is much to copy.
  private(set) var isOpen = false
  private(set) var isTraining = false
  /// The state that is shown.
  private(set) var reading: Reading?
  /// Why there is no workspace, or why its newest state can't be shown.
  private(set) var trouble: Refusal?
  var language: Language
  /// Whether it was said how to keep another language.
  var hasToldOfLanguage = false
  var themeName: String
  /// The region that the instances are shown of.
  var region: String?
  /// A region's name as it was found last.
  var regionNamed: (id: String, language: Language, name: String)?
  var toast: Toast? {
    didSet { if toast == nil { sayNext() } }
  }
  /// What the store did by itself, and nobody has been told yet.
  private var untold: [Phrase] = []
  var work: Work?
  /// The instance whose GitLab is being tried.
  var tryingInstance: String?
  /// The builds of the instance that was looked at last.
  var builds: BuildList?
  /// The workspaces whose builds are watched.
  var watchedBuilds: Set<String> = []
  var lastBuildsLook = ContinuousClock.now
  /// What this machine lacks for builds, as it was found last.
  var missing = MissingParts()
  /// The lesson that the coach shows; nil where none runs.
  var lesson: LessonStatus?
  /// The learner wants the room for the page.
  var isCoachAway = false
  /// Somebody looks how far the lesson is; and something changed meanwhile.
  var (isFollowing, mustFollowAgain) = (false, false)
  var places: [any Page] = []
  let memory: Memory
  private(set) lazy var shell = Shell(app: self)
  private(set) lazy var keys = KeyRouting(app: self, keymap: launch.keymap)
  private var isSettled = false
  private var isRefreshing = false
  /// Something changed while the files were being read.
  private var hasChangedAgain = false

  /// Puts the console on a display.
  /// - Parameter workspace: what was opened, or why nothing was.
  public init(_ launch: ConsoleLaunch, on display: any Display, _ workspace: Result<Workspace, Refusal>) {
    self.launch = launch
    self.display = display
    path = launch.path
    language = launch.language
    themeName = launch.theme.name
    memory = Memory(path: launch.memory)
    display.layers.push(shell)
    display.layers.room = { [unowned self] in shell.room(in: $0) }
    show(workspace)
    places = [InstancesPage(app: self)]
    places[0].refresh()
    if let notice = launch.notice { say(notice, isError: true) } else { offerKeptForm() }
  }

  func text(_ phrase: Phrase) -> String { phrase(language) }

  // MARK: The workspace

  func show(_ opened: Result<Workspace, Refusal>) {
    switch opened {
    case .success(let workspace):
      self.workspace = workspace
      (trouble, builds) = (nil, nil)
      reading = workspace.latest
      region = memory.region(of: workspace) ?? RegionChoice.busiest(in: workspace.latest)
      display.watch(folder: workspace.path) { [weak self] in
        // The folder of one that was shown before may change as well.
        if self?.workspace?.path == workspace.path { self?.filesChanged() }
      }
      isSettled = false
      display.requestTick(after: .milliseconds(100))
      if let fault = workspace.zonesFault { say(fault.sentence, isError: true) }
    case .failure(let refusal):
      trouble = refusal
      if refusal.code == .workspaceLocked { openPatiently() }
    }
    refreshPages()
  }

  /// The time that something asked for has come.
  func tick() {
    settle()
    if let toast {
      let left = toast.until - .now
      // The tick that this was is the earliest of all that were asked for.
      if left > .zero { display.requestTick(after: left) } else { self.toast = nil }
    }
    if work != nil { display.requestTick(after: .milliseconds(100)) }
    buildsTick()
  }

  /// After the first frame: looks for what was committed between the reading and the watch, and clears away what a
  /// crash may have left.
  private func settle() {
    guard !isSettled, let workspace else { return }
    isSettled = true
    if let region { memory.setRegion(region, of: workspace) }
    filesChanged()
    Task.detached(executorPreference: Workers.shared, priority: .background) { try? workspace.tidy() }
  }

  /// Shows another workspace in place of this one.
  func openWorkspace(at path: String) {
    let open = launch.open
    perform(Phrase("Opening the workspace", "正在打开工作区"), cancellable: true) {
      try open(path, true)
    } then: { [weak self] outcome in
      guard let self else { return }
      if case .failure(let refusal) = outcome { return say(refusal) }
      self.path = path
      places = [InstancesPage(app: self)]
      show(outcome)
    }
  }

  private func openPatiently() {
    let (open, path) = (launch.open, path)
    perform(Phrase("Waiting for the workspace", "正在等待工作区"), cancellable: true) {
      try open(path, true)
    } then: { [weak self] in
      self?.show($0)
    }
  }

  /// Somebody wrote into the workspace's folder: reads on, in a task.
  private func filesChanged() {
    guard let workspace else { return }
    guard !isRefreshing else {
      hasChangedAgain = true
      return
    }
    isRefreshing = true
    Task.detached(executorPreference: Workers.shared) {
      let outcome = Result { () throws(Refusal) in try workspace.state() }
      await self.caughtUp(outcome)
    }
  }

  private func caughtUp(_ outcome: Result<Reading, Refusal>) {
    isRefreshing = false
    defer {
      if hasChangedAgain {
        hasChangedAgain = false
        filesChanged()
      }
    }
    switch outcome {
    case .success(let newest):
      trouble = nil
      guard newest.state.sequence != reading?.state.sequence else { return }
      showLatest()
    case .failure(let refusal):
      trouble = refusal
      say(refusal.message, isError: true)
    }
  }

  /// Shows what this process itself has just committed.
  func showLatest() {
    guard let workspace else { return }
    reading = workspace.latest
    refreshPages()
  }

  func refreshPages() {
    regionNamed = nil
    untold += workspace?.store.takeNotices().map(\.phrase) ?? []
    if toast == nil { sayNext() }
    for page in places { page.refresh() }
    for case let dialog as any Refreshing in display.layers.layers { dialog.refresh() }
    followLesson()
  }

  // MARK: Where the user is

  var page: any Page { places[places.count - 1] }

  /// What has the keys where no dialog has them.
  var holder: any Surface {
    if shell.isNavigationFocused { return shell.navigation }
    return page
  }

  func go(to place: Place) {
    guard place != page.place else { return }
    let page: any Page =
      switch place {
      case .instances: InstancesPage(app: self)
      case .networks: NetworksPage(app: self)
      case .inventory(let kind): InventoryPage(app: self, kind: kind)
      case .activity: ActivityPage(app: self)
      case .workspace: WorkspacePage(app: self)
      case .lessons: LessonsPage(app: self)
      case .overview(let id): OverviewPage(app: self, instance: id)
      case .repositories(let id): RepositoriesPage(app: self, instance: id)
      case .repository(let id, let instance): RepositoryPage(app: self, repository: id, instance: instance)
      case .codeSource(let id): CodeSourcePage(app: self, instance: id)
      case .builds(let id): BuildRecordsPage(app: self, instance: id)
      case .build(let id, let instance): BuildRecordPage(app: self, build: id, instance: instance)
      case .securityGroup(let id): SecurityGroupPage(app: self, instance: id)
      }
    self.page.leave()
    places.append(page)
    if places.count > 50 { places.remove(at: 1) }
    page.refresh()
    _ = shell.leaveNavigation()
  }

  /// Back to where the user was; false on the first page.
  @discardableResult
  func goBack() -> Bool {
    guard places.count > 1 else { return false }
    page.leave()
    places.removeLast()
    page.refresh()
    return true
  }

  // MARK: Dialogs

  func open(_ dialog: any Layer) { display.layers.push(dialog) }

  func close(_ dialog: any Layer) { display.layers.close(dialog) }

  func say(_ phrase: Phrase, isError: Bool = false) { show(Toast(text: phrase, kind: isError ? .error : .done)) }

  /// Says what nothing has come of: what to do, say.
  func advise(_ phrase: Phrase) { show(Toast(text: phrase, kind: .advice)) }

  private func sayNext() {
    guard !untold.isEmpty else { return }
    show(Toast(text: untold.removeFirst(), kind: .error, isNotice: true))
  }

  private func show(_ next: Toast) {
    // What an action says comes first: nobody would have read the other.
    if let toast, toast.isNotice, !next.isNotice { untold.insert(toast.text, at: 0) }
    toast = next
    display.requestTick(after: next.until - .now)
  }

  func quit(_ reason: ExitReason = .quit) {
    work?.cancel()
    display.quit(reason)
  }
}

/// A layer that shows something of the workspace's state.
@ScreenActor
protocol Refreshing: AnyObject {
  func refresh()
}

/// A sentence that shows for some seconds and takes no focus.
struct Toast: Equatable {
  let text: Phrase
  let kind: Kind
  /// It tells what the store did by itself.
  let isNotice: Bool
  let until: ContinuousClock.Instant

  enum Kind { case done, advice, error }

  init(text: Phrase, kind: Kind, isNotice: Bool = false) {
    self.text = text
    self.kind = kind
    self.isNotice = isNotice
    until = .now + .seconds(kind == .done ? 4 : 8)
  }

  var mark: String {
    switch kind {
    case .done: "✓"
    case .advice: "→"
    case .error: "✗"
    }
  }
}
