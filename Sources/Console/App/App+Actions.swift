import SecureBuild
import TerminalUI

extension App {
  /// The instance that one is at, or that is selected in a list; nil where there is none.
  var currentInstance: String? { page.instance }

  /// The key that does something, as sentences name it; how the palette knows it where it has none.
  func key(_ command: Command) -> String { keys.keymap.hint(of: command) ?? ":\(command.rawValue)" }

  /// What can be done on every page.
  var everywhere: [Action] {
    let isFirst = places.count == 1
    return alwaysHinted + [
      Action(.back, isFirst ? "quit" : "back", isFirst ? "退出" : "返回") { [unowned self] in
        if !goBack() { quit() }
      },
      Action(
        .jumpBack, "back to where I was", "回到之前的位置",
        whyNot: isFirst ? Phrase("This is where you began.", "已在起始页面。") : nil
      ) { [unowned self] in goBack() },
      Action(.navigation, "navigation", "导航") { [unowned self] in
        if !shell.leaveNavigation() { shell.focusNavigation() }
      },
      Action(.region, "choose a region", "选择地域") { [unowned self] in open(RegionDialog(app: self)) },
      Action(.language, "中文 / English", "中文 / English", whyNot: whyNoOtherLanguage) { [unowned self] in
        switchLanguage()
      },
      Action(.theme, "choose a theme", "选择主题") { [unowned self] in open(ThemeDialog(app: self)) },
      redrawing,
      Action(.quit, "quit", "退出") { [unowned self] in quit() },
    ] + ofInstance + toPlaces + coachActions + [resumption].compactMap { $0 } + ofTraining
  }

  /// What the line of hints always has room for.
  var alwaysHinted: [Action] {
    [
      Action(.palette, "commands", "命令") { [unowned self] in open(PaletteDialog(app: self)) },
      Action(.help, "keys", "按键") { [unowned self] in open(HelpDialog(app: self, of: page)) },
    ]
  }

  /// For what others have written over the screen, such as `wall`: the one action that dialogs have too.
  var redrawing: Action {
    Action(.redraw, "draw the screen anew", "重绘屏幕", isHinted: false) { [unowned self] in display.redraw() }
  }

  private var ofInstance: [Action] {
    let whyNot = whyNoInstance
    return [
      Action(.links, "link management", "链路管理", whyNot: whyNot) { [unowned self] in
        if let id = currentInstance { open(LinksDialog(app: self, instance: id)) }
      },
      Action(.bind, "bind GitLab", "绑定 GitLab", whyNot: whyNot) { [unowned self] in
        if let id = currentInstance { open(BindDialog(app: self, instance: id)) }
      },
    ]
  }

  /// An own workspace's vendor is the real one.
  private var ofTraining: [Action] {
    guard isTraining else { return [] }
    return [
      Action(.simulatedVendor, "simulated vendor", "模拟厂商", isHinted: false) { [unowned self] in
        open(VendorDialog(app: self))
      }
    ]
  }

  private var whyNoInstance: Phrase? {
    currentInstance == nil ? Phrase("First choose an instance.", "请先选择实例。") : nil
  }

  private var toPlaces: [Action] {
    let here = page.place
    let isHere = Phrase("You are there.", "已在该页面。")
    func go(_ command: Command, _ en: String, _ zh: String, _ place: Place) -> Action {
      Action(command, en, zh, whyNot: place == here ? isHere : nil) { [unowned self] in self.go(to: place) }
    }
    let id = currentInstance
    let whyNot = whyNoInstance
    func goInstance(_ command: Command, _ en: String, _ zh: String, _ place: (String) -> Place) -> Action {
      let place = id.map(place)
      return Action(command, en, zh, whyNot: place == here ? isHere : whyNot) { [unowned self] in
        if let place { self.go(to: place) }
      }
    }
    return [
      go(.goInstances, "Instances", "实例列表", .instances),
      go(.goNetworks, "VPC networks", "专有网络", .networks),
      go(.goActivity, "Activity", "操作记录", .activity),
      go(.goWorkspace, "Workspace", "工作区", .workspace),
      go(.goLessons, "Lessons", "课程", .lessons),
      goInstance(.goOverview, "Overview", "概览") { .overview(instance: $0) },
      goInstance(.goRepositories, "Repositories", "镜像仓库") { .repositories(instance: $0) },
      goInstance(.goCodeSource, "Code Source", "代码源") { .codeSource(instance: $0) },
      goInstance(.goBuilds, "Build records", "构建记录") { .builds(instance: $0) },
      goInstance(.goSecurityGroup, "Managed security group", "托管安全组") { .securityGroup(instance: $0) },
    ]
  }

  /// All that can be done on the page that one is at; what the page itself says goes first.
  var actions: [Action] {
    let own = page.actions
    return own + everywhere.filter { action in !own.contains { $0.command == action.command } }
  }
}
