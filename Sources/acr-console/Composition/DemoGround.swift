import Console
import FoundationEssentials
import Glibc
import SecureBuild
import Training

/// A training workspace of its own for one demo, in a temporary folder: with the same ids and times in every run, by
/// UTC, and done by nobody of this machine.
struct DemoGround {
  /// The workspace.
  let path: String
  /// The folder that it is in, and nothing else but what the console remembers beside it.
  private let folder: String
  let facts: TrainingFacts
  let clock = DemoClock()
  private let surroundings: Surroundings

  /// Makes it. Where another demo's GitLab listens at the address that the ids lead to, they are others.
  static func make() throws -> DemoGround {
    // Before any thread starts: times are shown by it.
    setenv("TZ", "UTC", 1)
    tzset()
    let seed = seed()
    return try DemoGround(ids: DerivedIds(from: seed))
  }

  private init(ids: DerivedIds) throws {
    var like = Invocation.ownSurroundings
    like.ids = ids
    like.clock = clock
    like.actor = Actor(user: "lin", host: "bastion")
    surroundings = like
    folder = try Self.folder()
    path = folder + "/workspace"
    facts = try TrainingWorkspace.create(at: path, actor: like.actor, clock: clock, ids: ids, isDayFixed: true)
  }

  /// A new folder, the same one in every run where it isn't there yet.
  private static func folder() throws -> String {
    let base = FileManager.default.temporaryDirectory.path + "/acr-console-demo"
    var number: Int32 = 0
    for name in [base] + (2...100).map({ "\(base)-\($0)" }) {
      if mkdir(name, 0o700) == 0 { return name }
      number = errno
      guard number == EEXIST else { break }
    }
    let reason = String(cString: strerror(number))
    throw Refusal(
      .workspaceUnwritable,
      message: Phrase("The folder \(base) can't be made: \(reason).", "无法创建目录 \(base)：\(reason)。"),
      mend: Phrase("Point TMPDIR at a folder that you may write to.", "请将 TMPDIR 指向可写目录。"))
  }

  /// The first of some texts whose place is free. The server of a demo that has just ended goes within seconds.
  private static func seed() -> String {
    func isFree(_ seed: String) -> Bool { TrainingWorkspace.isFree(DerivedIds(from: seed).next("workspace")) }
    let end = ContinuousClock.now + .seconds(6)
    while !isFree(first), ContinuousClock.now < end { usleep(50_000) }
    return ([first] + (1...100).map { "\(first) \($0)" }).first(where: isFree) ?? first
  }

  private static let first = "demo"

  /// The console on it. It shows the demo's name in place of the folder, and no folder of the settings: they aren't the same everywhere.
  func launch(_ invocation: Invocation, of script: DemoScript) -> ConsoleLaunch {
    var launch = OpenConsole.launch(invocation)
    let (path, like) = (path, surroundings)
    launch.path = "demo \(script.name)"
    launch.memory = folder + "/console.json"
    launch.settings = "settings.toml"
    launch.open = { _, patiently in
      try Workspace.open(at: path, opening: patiently ? .patient : .never) { store in
        try Invocation.surroundings(of: store, like: like)
      }
    }
    launch.workspaces = { [WorkspaceChoice(path: $0, kind: .training)] }
    launch.health = { _ in try WorkspaceHealth(of: path, waiting: .patient).sentences }
    // A script presses the keys that the program comes with.
    launch.keymap = Keymap()
    launch.notice = nil
    return launch
  }

  var farewell: Phrase {
    Phrase(
      "The keyboard is yours. This training workspace is removed when you quit: \(path)",
      "键盘已交给你。退出时将删除此演练工作区：\(path)")
  }

  /// Removes it, unless a build still runs there.
  /// - Returns: what became of it.
  func remove() throws -> Phrase {
    let living = (try? Workspace.open(at: path) { _ in surroundings }.builds.live().count) ?? 0
    guard living == 0 else {
      return Phrase(
        "A build still runs in the demo's training workspace, which stays: \(path)",
        "演示所用的演练工作区中仍有构建在运行，已保留：\(path)")
    }
    do { try FileManager.default.removeItem(atPath: folder) } catch {
      return Phrase("The demo's training workspace can't be removed: \(path)", "无法删除演示所用的演练工作区：\(path)")
    }
    return Phrase("The demo's training workspace is removed: \(path)", "已删除演示所用的演练工作区：\(path)")
  }
}
