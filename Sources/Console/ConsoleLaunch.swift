import SecureBuild
import TerminalUI

/// What the console starts with: the parts that only the program around it can put together.
public struct ConsoleLaunch: Sendable {
  public var language: Language
  public var themes: ThemeCatalogue
  /// The theme to start with.
  public var theme: Theme
  public var screen: ScreenSettings
  /// Where the workspace is, or would be made.
  public var path: String
  /// A file beside the workspace for what isn't worth a transaction: last region, half-filled forms. Never a token.
  public var memory: String
  /// Opens the workspace at `path`. Given false it doesn't wait for the lock.
  public var open: @Sendable (_ patiently: Bool) throws -> Workspace
  /// Makes a workspace at `path` and opens it.
  public var create: @Sendable (WorkspaceKind) throws -> Workspace
  /// A sentence to show at the start: a theme that couldn't be used, say.
  public var notice: Phrase?

  public init(
    language: Language, themes: ThemeCatalogue, theme: Theme, screen: ScreenSettings = ScreenSettings(), path: String,
    memory: String, open: @escaping @Sendable (_ patiently: Bool) throws -> Workspace,
    create: @escaping @Sendable (WorkspaceKind) throws -> Workspace, notice: Phrase? = nil
  ) {
    self.language = language
    self.themes = themes
    self.theme = theme
    self.screen = screen
    self.path = path
    self.memory = memory
    self.open = open
    self.create = create
    self.notice = notice
  }
}
