import SecureBuild
import TerminalUI
import Training

/// What the console starts with: the parts that only the program around it can put together.
public struct ConsoleLaunch: Sendable {
  public var language: Language
  /// Why the terminal can't show Chinese; nil where it can.
  public var whyNoChinese: Phrase?
  public var themes: ThemeCatalogue
  /// The theme to start with.
  public var theme: Theme
  public var screen: ScreenSettings
  /// Where the workspace is, or would be made, to begin with.
  public var path: String
  /// A file beside the workspace for what isn't worth a transaction: last region, half-filled forms. Never a token.
  public var memory: String
  /// The settings file, which this program reads and never writes.
  public var settings: String
  /// Opens the workspace in a folder. Given false it doesn't wait for the lock.
  public var open: @Sendable (_ path: String, _ patiently: Bool) throws -> Workspace
  /// Makes a workspace in a folder and opens it.
  public var create: @Sendable (_ path: String, WorkspaceKind) throws -> Workspace
  /// The workspaces there are, that in a folder among them.
  public var workspaces: @Sendable (_ path: String) -> [WorkspaceChoice]
  /// What is wrong with the files of the workspace in a folder; empty where nothing is.
  public var health: @Sendable (_ path: String) throws -> [Phrase]
  /// What an engine lacks to build, by what a build's network is to be.
  public var missingParts: @Sendable (BuildRequest.EngineName, BuildNetwork) async -> [MissingPart]
  /// What a cluster must have for a build in it to be as closed as one here.
  public var clusterNeeds: [Phrase]
  /// Which keys do what.
  public var keymap: Keymap
  /// The lessons of training workspaces.
  public var lessons: LessonCatalogue
  /// A sentence to show at the start: a theme that couldn't be used, say.
  public var notice: Phrase?

  public init(
    language: Language, whyNoChinese: Phrase? = nil, themes: ThemeCatalogue, theme: Theme,
    screen: ScreenSettings = ScreenSettings(), path: String,
    memory: String, settings: String = "settings.toml",
    open: @escaping @Sendable (_ path: String, _ patiently: Bool) throws -> Workspace,
    create: @escaping @Sendable (_ path: String, WorkspaceKind) throws -> Workspace,
    workspaces: @escaping @Sendable (_ path: String) -> [WorkspaceChoice] = { _ in [] },
    health: @escaping @Sendable (_ path: String) throws -> [Phrase] = { _ in [] },
    missingParts: @escaping @Sendable (BuildRequest.EngineName, BuildNetwork) async -> [MissingPart] = { _, _ in [] },
    clusterNeeds: [Phrase] = [], keymap: Keymap = Keymap(),
    lessons: LessonCatalogue = LessonCatalogue(), notice: Phrase? = nil
  ) {
    self.language = language
    self.whyNoChinese = whyNoChinese
    self.themes = themes
    self.theme = theme
    self.screen = screen
    self.path = path
    self.memory = memory
    self.settings = settings
    self.open = open
    self.create = create
    self.workspaces = workspaces
    self.health = health
    self.missingParts = missingParts
    self.clusterNeeds = clusterNeeds
    self.keymap = keymap
    self.lessons = lessons
    self.notice = notice
  }
}
