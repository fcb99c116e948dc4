import Console
import FlatFiles
import SecureBuild

/// One run of a command: what its options and the environment say, put together.
struct Invocation: Sendable {
  let output: Output
  let settings: Settings
  /// What is wrong with the settings file.
  let settingsFile: SettingsFile
  /// The workspace's folder, from the root.
  let path: String
  /// What the environment gave, taken out of it.
  let secrets: GivenSecrets

  /// - Throws: `Refusal` where the workspace's path can't be told.
  init(
    _ options: CommonOptions, theme: String? = nil, secrets: GivenSecrets = GivenSecrets(), isPlain: Bool = false
  ) throws(Refusal) {
    try self.init(
      workspace: options.workspace, language: options.language, format: options.format, theme: theme,
      secrets: secrets, isPlain: isPlain)
  }

  init(
    workspace: String? = nil, language: Language? = nil, format: OutputFormat = .table, theme: String? = nil,
    secrets: GivenSecrets = GivenSecrets(), isPlain: Bool = false
  ) throws(Refusal) {
    (settings, settingsFile) = Self.settings(language: language, theme: theme)
    output = Output(language: settings.language.value, format: format, isPlain: isPlain)
    path = try WorkspacePath.chosen(workspace)
    self.secrets = secrets
  }

  var language: Language { settings.language.value }

  static var configurationFolder: String { ProcessEnvironment.folder("XDG_CONFIG_HOME", orHome: ".config") }

  static func settings(language: Language? = nil, theme: String? = nil) -> (settings: Settings, file: SettingsFile) {
    let file = SettingsFile(reading: configurationFolder + "/settings.toml")
    let environment = { (name: String) in ProcessEnvironment[name] }
    return (Settings(file: file, environment: environment, language: language, theme: theme), file)
  }

  /// Which keys do what in the console, and what is wrong with those that the settings file gives.
  var keys: (keymap: Keymap, problems: [KeymapProblem]) {
    settings.keys.isEmpty ? (Keymap(), []) : Keymap.reading(settings.keys, file: settingsFile.path)
  }

  /// Waits for the workspace's lock for half a minute, and says so after a second.
  var waiting: LockWait {
    LockWait { holder in
      let who = holder.map { "\($0.command.isEmpty ? "?" : $0.command) (process \($0.process))" }
      output.notice(
        Phrase(
          "Waiting for the workspace's lock, held by \(who ?? "another process") …",
          "正在等待工作区锁，当前持有者：\(who ?? "其他进程") ……"))
    }
  }

  /// Opens the workspace, says when it is for training, and remembers it for `workspace list`.
  func open() throws -> Workspace {
    let workspace = try Workspace.open(
      at: path, waiting: waiting, telling: output.notice, surroundings: Self.surroundings)
    KnownWorkspaces().remember(path)
    if workspace.kind == .training { label() }
    use(workspace.zones, workspace.zonesFault)
    return workspace
  }

  /// What a workspace's own zone table has wrong is said once: the built-in one is in force then.
  func use(_ zones: ZoneTable, _ fault: ZoneTableFault?) {
    ZonesInForce.set(zones)
    if let fault { output.say(fault.sentence) }
  }

  /// A training workspace is never shown as if it were real.
  func label() { output.say(Phrase("TRAINING workspace \(path)", "演练工作区 \(path)")) }

  /// After a change that keeps a secret or lets go of one: what a credential helper may still have, and why what may be
  /// meant for one is in a file.
  func tellSecretsLeftBehind(in workspace: Workspace) {
    if workspace.kind == .own, settings.credentialHelper == nil, workspace.hasSecretInFile {
      for problem in settingsFile.problems where problem.mayHideSetting { output.notice(problem.sentence) }
    }
    for secret in (try? workspace.secretsLeftBehind()) ?? [] { output.say(secret.sentence + secret.mend) }
  }
}
