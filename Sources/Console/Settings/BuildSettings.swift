import SecureBuild

/// How builds are to run, each value with where it comes from.
public struct BuildSettings: Sendable, Equatable {
  private let given: [BuildSettingName: Setting<Int>]

  init(_ given: [BuildSettingName: Setting<Int>]) { self.given = given }

  public subscript(name: BuildSettingName) -> Setting<Int> { given[name] ?? Setting(name.builtIn, from: .builtIn) }

  /// How many builds run at once.
  public var jobs: Int { self[.jobs].value }

  /// What each build may use up.
  public var limits: BuildLimits {
    BuildLimits(
      memory: self[.memory].value << 20, processes: self[.processes].value, log: self[.log].value << 20,
      disk: self[.disk].value << 20, stage: self[.stage].value, silence: self[.silence].value)
  }
}
