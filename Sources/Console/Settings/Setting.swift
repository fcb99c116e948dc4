/// A value that a person can set, and where it comes from.
public struct Setting<Value: Sendable & Equatable>: Sendable, Equatable {
  public var value: Value
  public var source: SettingSource

  public init(_ value: Value, from source: SettingSource) {
    self.value = value
    self.source = source
  }
}

/// Where a setting's value comes from; what stands further down goes first.
public enum SettingSource: Sendable, Equatable {
  case builtIn
  /// A variable of the environment, by its name.
  case environment(String)
  case file(line: Int)
  /// An option of the command line, by its name.
  case option(String)
}
