/// A line of the table `[keys]`: an action by its name, and the keys that a person wants for it.
/// Whether there are such an action and such keys is for whoever routes keys to say.
public struct KeySetting: Sendable, Equatable {
  public let command: String
  /// None where the action is to have no key.
  public let keys: [String]
  /// In the settings file, counted from 1.
  public let line: Int
}
