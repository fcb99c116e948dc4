import SecureBuild

/// What a person can set about this program, each value with where it comes from:
/// an option, else the settings file, else the environment, else what is built in.
public struct Settings: Sendable, Equatable {
  public var language: Setting<Language>
  /// A theme's name.
  public var theme: Setting<String>
  /// Whether the mouse is taken; without, the terminal's own selection works.
  public var mouse: Setting<Bool>
  /// Milliseconds to wait after an Esc for the rest of a key's sequence; more for slow lines.
  public var escapeDelay: Setting<Int>
  /// The git credential helper for new secrets; nil keeps them in files. It may be one that can't be used: then none is kept.
  public var credentialHelper: Setting<String>?
  /// The keys that a person wants for actions, in the order of the file.
  public var keys: [KeySetting]
  /// How builds run.
  public var build: BuildSettings
  /// Which cluster builds can be given to.
  public var kubernetes: ClusterSettings

  /// - Parameters:
  ///   - environment: a variable of the environment by its name, nil where it is unset.
  ///   - language: what `--language` said.
  ///   - theme: what `--theme` said.
  public init(
    file: SettingsFile, environment: (String) -> String?, language: Language? = nil, theme: String? = nil
  ) {
    self.language =
      language.map { Setting($0, from: .option("--language")) } ?? file.language ?? Self.locale(environment)
    self.theme = theme.map { Setting($0, from: .option("--theme")) } ?? file.theme ?? BuiltIn.theme
    mouse = file.mouse ?? BuiltIn.mouse
    escapeDelay = file.escapeDelay ?? Self.line(environment)
    credentialHelper = file.credentialHelper
    keys = file.keys
    build = BuildSettings(file.build)
    kubernetes = ClusterSettings(file.cluster)
  }

  /// What holds where nothing else is said.
  public enum BuiltIn {
    public static let language = Setting(Language.english, from: .builtIn)
    public static let theme = Setting("dark", from: .builtIn)
    public static let mouse = Setting(true, from: .builtIn)
    public static let escapeDelay = Setting(25, from: .builtIn)
  }

  /// Over ssh a key's sequence comes in pieces more often.
  private static func line(_ environment: (String) -> String?) -> Setting<Int> {
    for name in ["SSH_TTY", "SSH_CONNECTION"] where environment(name)?.isEmpty == false {
      return Setting(100, from: .environment(name))
    }
    return BuiltIn.escapeDelay
  }

  /// As POSIX has it: the first that is set and not empty decides.
  private static func locale(_ environment: (String) -> String?) -> Setting<Language> {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      if let locale = environment(name), !locale.isEmpty {
        return Setting(Language(locale: locale), from: .environment(name))
      }
    }
    return BuiltIn.language
  }
}
