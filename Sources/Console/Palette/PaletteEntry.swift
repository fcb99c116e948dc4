import SecureBuild
import TerminalUI

/// A line of the palette: a place or an action, with the names that find it.
struct PaletteEntry {
  let title: Phrase
  /// Shown behind the title: the instance's id, say.
  let detail: String
  /// The keys that do the same, as hints show them.
  let keys: String
  /// What can be typed besides the titles of both languages.
  let names: [String]
  /// Why it can't be done now.
  let whyNot: Phrase?
  let perform: @ScreenActor () -> Void

  /// The best match of what was typed, with its places in the shown title; nil where it isn't meant.
  func match(_ wanted: String, _ language: Language) -> FuzzyMatch? {
    guard !wanted.isEmpty else { return FuzzyMatch("", in: "") }
    // A short name typed whole is meant before anything else.
    if names.contains(wanted.lowercased()) { return FuzzyMatch(score: 1000, places: []) }
    if let shown = FuzzyMatch(wanted, in: title(language)) { return shown }
    let others = [title.en, title.zh] + names
    return others.compactMap { FuzzyMatch(wanted, in: $0) }.max { $0.score < $1.score }
      .map { FuzzyMatch(score: $0.score - 4, places: []) }
  }
}

extension FuzzyMatch {
  init(score: Int, places: [Int]) {
    self.score = score
    self.places = places
  }

  /// The match of what can't be done in this place: even a whole name goes before no good match of what can.
  var elsewhere: FuzzyMatch { FuzzyMatch(score: min(score, 40) - 20, places: places) }
}

extension Command {
  /// What the palette knows it by, besides its own name.
  var shortNames: [String] {
    switch self {
    case .goInstances: ["in", "instance", "instances"]
    case .goNetworks: ["vpc", "net", "network", "vswitch", "交换机"]
    case .goActivity: ["log", "journal", "audit"]
    case .goWorkspace: ["ws", "workspaces"]
    case .goLessons: ["train", "lesson", "lessons"]
    case .lessonHint: ["hint"]
    case .goOverview: ["ov"]
    case .goRepositories:
      ["repo", "repos", "repository", "image", "namespace", "命名空间", "rules", "build rule", "构建规则", "仓库管理"]
    case .goBuilds: ["builds", "records", "build record", "build log", "构建日志"]
    case .kind: ["ecs", "idc", "vbr", "slb", "route", "acl"]
    case .registry: ["push"]
    case .goCodeSource: ["gitlab", "cs", "source"]
    case .goSecurityGroup: ["sg", "security group"]
    case .links: ["link", "links"]
    case .bind: ["token", "account", "bind account", "绑定账号"]
    case .simulatedVendor: ["role", "quota", "vendor"]
    case .language: ["zh", "en", "中文", "english"]
    case .redraw: ["refresh", "repaint", "刷新"]
    case .quit: ["q", "exit", "wq"]
    case .help: ["h", "help"]
    default: []
    }
  }
}
