import TerminalUI

/// A place with keys of its own: a page, or a kind of dialog. Within one no two commands can have the same key.
enum Scope: CaseIterable, Sendable {
  case instances, noWorkspace, networks, inventory, overview, codeSource, securityGroup, activity, workspace, lessons
  case repositories, repository, builds, build
  case links, form, check, path, runBook, confirm, choice, search, help, rule, cluster, navigation

  /// Everything that keys can do here.
  var commands: [Command] { own + (isPage ? Self.everywhere : [.redraw]) + Self.coach }

  /// Those that move in a list.
  var movements: [Command] { own.filter { $0.movement != nil } }

  /// Whether what works everywhere works here too; dialogs want an answer first.
  var isPage: Bool {
    switch self {
    case .instances, .noWorkspace, .networks, .inventory, .overview, .codeSource, .securityGroup, .activity, .workspace,
      .lessons, .repositories, .repository, .builds, .build, .navigation:
      true
    case .links, .form, .check, .path, .runBook, .confirm, .choice, .search, .help, .rule, .cluster: false
    }
  }

  /// What works here, and not everywhere.
  var own: [Command] {
    switch self {
    case .instances: Self.list + [.create, .delete]
    case .noWorkspace: [.practise, .beginOwn]
    case .networks: Self.list + [.create, .addVSwitch, .edit, .delete, .kind]
    case .inventory: Self.list + [.create, .edit, .delete, .kind]
    case .overview: Self.moves + [.open, .copy]
    case .codeSource: Self.moves + [.open, .copy, .check, .unbind, .confirm, .path]
    case .securityGroup: Self.list + [.edit]
    case .activity, .lessons: Self.list
    case .repositories: Self.list + [.create, .edit, .delete, .registry]
    case .repository: Self.moves + [.open, .copy, .create, .edit, .delete, .build, .cluster, .registry]
    case .builds: Self.list + [.build, .cancelBuild, .delete]
    case .build:
      Self.moves + [
        .filter, .nextMatch, .previousMatch, .copy, .build, .cancelBuild, .cluster, .allowAddress, .scrollLeft,
        .scrollRight,
        .wrapLines, .lineNumbers, .wholeLog,
      ]
    case .rule: Self.moves + [.check, .edit, .delete, .build, .cluster, .copy, .back, .help]
    case .cluster: Self.moves + [.build, .copy, .back, .help]
    case .workspace: Self.moves + [.open, .copy, .check]
    case .links: Self.list + [.create, .edit, .delete, .path, .back, .help]
    // A form's own keys are those of its fields; letters belong to them.
    case .form: [.submit, .trainingValues, .help]
    case .check: Self.moves + [.check, .back, .help]
    case .path: Self.moves + [.check, .runBook, .writeRunBook, .back, .help]
    case .runBook:
      Self.moves + [.tickLine, .writeRunBook, .copy, .check, .filter, .nextMatch, .previousMatch, .back, .help]
    case .confirm: [.accept, .refuse, .help]
    case .choice: Self.moves + [.open, .back, .help]
    // What is typed searches.
    case .search: []
    case .help: Self.moves + [.back, .help]
    case .navigation: Self.moves + [.open]
    }
  }

  /// Keys that do the same here whatever the settings say, or are typed: no command can have them.
  func isFixed(_ key: Key) -> Bool {
    switch self {
    case .confirm: [.enter, .tab, .backTab, .left, .right, .up, .down, .character(" ")].contains(key)
    case .form:
      switch key {
      case .character, .enter, .tab, .backTab, .up, .down, .left, .right, .home, .end, .backspace, .delete, .pageUp,
        .pageDown:
        true
      // What fields edit by.
      case .control(let letter): "abdefkruwy_".contains(letter)
      case .alt(let letter): "bdefu\u{7f}".contains(letter)
      default: key == .function(2)
      }
    case .check, .path: key == .enter
    default: false
    }
  }

  private static let moves: [Command] = [.up, .down, .pageUp, .pageDown, .first, .last]
  static let list: [Command] = moves + [.open, .filter, .nextMatch, .previousMatch, .sort, .reverseSort, .copy]
  static let everywhere: [Command] = [
    .links, .bind, .navigation, .back, .jumpBack, .region, .palette, .help, .language, .theme, .redraw, .quit,
    .resume,
    .simulatedVendor,
    .goInstances,
    .goNetworks, .goActivity, .goWorkspace, .goOverview, .goRepositories, .goCodeSource, .goBuilds, .goSecurityGroup,
    .goLessons,
  ]
  /// While a lesson runs, in dialogs too.
  private static let coach: [Command] = [.lessonHint, .coach]
}
