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

  /// - Parameters:
  ///   - environment: a variable of the environment by its name, nil where it is unset.
  ///   - language: what `--language` said.
  ///   - theme: what `--theme` said.
  public init(
    file: SettingsFile, environment: (String) -> String?, language: Language? = nil, theme: String? = nil
  ) {
    self.language =
      language.map { Setting($0, from: .option("--language")) } ?? file.language ?? Self.locale(environment)
    self.theme = theme.map { Setting($0, from: .option("--theme")) } ?? file.theme ?? Setting("dark", from: .builtIn)
    mouse = file.mouse ?? Setting(true, from: .builtIn)
    escapeDelay = file.escapeDelay ?? Self.line(environment)
  }

  /// Over ssh a key's sequence comes in pieces more often.
  private static func line(_ environment: (String) -> String?) -> Setting<Int> {
    for name in ["SSH_TTY", "SSH_CONNECTION"] where environment(name)?.isEmpty == false {
      return Setting(100, from: .environment(name))
    }
    return Setting(25, from: .builtIn)
  }

  /// As POSIX has it: the first that is set and not empty decides.
  private static func locale(_ environment: (String) -> String?) -> Setting<Language> {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      if let locale = environment(name), !locale.isEmpty {
        return Setting(Language(locale: locale), from: .environment(name))
      }
    }
    return Setting(.english, from: .builtIn)
  }
}
