import TerminalUI

/// Everything that a key can do in this console, under the names that `settings.toml` has for it.
public enum Command: String, CaseIterable, Sendable {
  // Moving in a list.
  case up, down
  case pageUp = "page-up"
  case pageDown = "page-down"
  case first, last, open
  case filter
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case sort
  case reverseSort = "reverse-sort"

  // What a page or a dialog is for.
  case create, edit, delete, copy, links, bind, check, unbind, confirm
  case addVSwitch = "add-vswitch"
  case kind
  case registry
  case path
  case runBook = "run-book"
  case writeRunBook = "write-run-book"
  case tickLine = "tick-line"
  case build
  case cancelBuild = "cancel-build"
  case cluster
  case allowAddress = "allow-address"
  case practise
  case beginOwn = "begin-own"
  case simulatedVendor = "simulated-vendor"
  case resume

  // A build's log.
  case scrollLeft = "scroll-left"
  case scrollRight = "scroll-right"
  case wrapLines = "wrap-lines"
  case lineNumbers = "line-numbers"
  case wholeLog = "whole-log"

  // Dialogs and forms.
  case submit
  case trainingValues = "training-values"
  case accept, refuse

  // Everywhere.
  case navigation, back
  case jumpBack = "jump-back"
  case region, palette, help, language, theme, redraw, quit

  // While a lesson runs.
  case lessonHint = "lesson-hint"
  case coach

  // Places.
  case goInstances = "go-instances"
  case goNetworks = "go-networks"
  case goActivity = "go-activity"
  case goWorkspace = "go-workspace"
  case goOverview = "go-overview"
  case goRepositories = "go-repositories"
  case goCodeSource = "go-code-source"
  case goBuilds = "go-builds"
  case goSecurityGroup = "go-security-group"
  case goLessons = "go-lessons"
}

extension Command {
  /// The keys that do it unless the settings name others; the first is the one that hints show.
  var defaultKeys: [Chord] { Self.table[index] }

  /// Made once: hints ask for many with every frame.
  private static let table = allCases.map(\.listedKeys)

  /// Its place among all: what an enumeration without payloads is in memory.
  private var index: Int { withUnsafeBytes(of: self) { Int($0[0]) } }

  private var listedKeys: [Chord] {
    switch self {
    case .up: [Chord(.up), Chord(.character("k"))]
    case .down: [Chord(.down), Chord(.character("j"))]
    case .pageUp: [Chord(.pageUp), Chord(.control("b"))]
    case .pageDown: [Chord(.pageDown), Chord(.control("f"))]
    case .first: [Chord(.character("g"), .character("g")), Chord(.home)]
    case .last: [Chord(.character("G")), Chord(.end)]
    case .open: [Chord(.enter), Chord(.character("l")), Chord(.right)]
    case .filter: [Chord(.character("/"))]
    case .nextMatch: [Chord(.character("n"))]
    case .previousMatch: [Chord(.character("N"))]
    case .sort: [Chord(.character("o"))]
    case .reverseSort: [Chord(.character("O"))]
    case .create: [Chord(.character("c")), Chord(.insert)]
    case .edit: [Chord(.character("e"))]
    case .delete: [Chord(.character("d")), Chord(.delete)]
    case .copy: [Chord(.character("y"))]
    case .links: [Chord(.character("m"))]
    case .bind: [Chord(.character("b"))]
    case .check: [Chord(.character("R"))]
    case .unbind: [Chord(.character("u"))]
    case .confirm: [Chord(.character("v"))]
    case .addVSwitch: [Chord(.character("v"))]
    case .kind: [Chord(.character("i"))]
    case .registry: [Chord(.character("p"))]
    case .path: [Chord(.character("P"))]
    case .runBook: [Chord(.character("b"))]
    case .writeRunBook: [Chord(.character("w"))]
    case .tickLine: [Chord(.character(" "))]
    case .build: [Chord(.character("B"))]
    case .cancelBuild: [Chord(.character("x"))]
    case .cluster: [Chord(.character("K"))]
    case .allowAddress: [Chord(.character("a"))]
    case .scrollLeft: [Chord(.character("<"))]
    case .scrollRight: [Chord(.character(">"))]
    case .wrapLines: [Chord(.character("w"))]
    case .lineNumbers: [Chord(.character("#"))]
    case .wholeLog: [Chord(.character("z"))]
    case .practise: [Chord(.enter)]
    case .beginOwn: [Chord(.character("o"))]
    case .simulatedVendor: [Chord(.character("g"), .character("v"))]
    case .resume: [Chord(.character("g"), .character("f"))]
    case .submit: [Chord(.control("s"))]
    case .trainingValues: [Chord(.function(3))]
    case .accept: [Chord(.character("y"))]
    case .refuse: [Chord(.character("n")), Chord(.character("q"))]
    case .navigation: [Chord(.tab), Chord(.backTab), Chord(.left), Chord(.character("h"))]
    case .back: [Chord(.character("q")), Chord(.backspace)]
    case .jumpBack: [Chord(.control("o"))]
    case .region: [Chord(.character("r"))]
    case .palette: [Chord(.character(":")), Chord(.control("p"))]
    case .help: [Chord(.character("?")), Chord(.function(1))]
    case .language: [Chord(.character("L"))]
    case .theme: [Chord(.character("T"))]
    case .redraw: [Chord(.control("l"))]
    case .quit: [Chord(.character("Q"))]
    case .lessonHint: [Chord(.function(4))]
    case .coach: [Chord(.function(6))]
    case .goLessons: [Chord(.character("g"), .character("t"))]
    case .goInstances: [Chord(.character("g"), .character("i"))]
    case .goNetworks: [Chord(.character("g"), .character("n"))]
    case .goActivity: [Chord(.character("g"), .character("a"))]
    case .goWorkspace: [Chord(.character("g"), .character("w"))]
    case .goOverview: [Chord(.character("g"), .character("o"))]
    case .goRepositories: [Chord(.character("g"), .character("r"))]
    case .goBuilds: [Chord(.character("g"), .character("b"))]
    case .goCodeSource: [Chord(.character("s")), Chord(.character("g"), .character("c"))]
    case .goSecurityGroup: [Chord(.character("g"), .character("s"))]
    }
  }

  /// The key that a list knows for it; nil for what doesn't move in one.
  var movement: Key? {
    switch self {
    case .up: .up
    case .down: .down
    case .pageUp: .pageUp
    case .pageDown: .pageDown
    case .first: .home
    case .last: .end
    default: nil
    }
  }
}
