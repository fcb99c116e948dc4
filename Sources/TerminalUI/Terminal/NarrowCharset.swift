/// A charset of the locale's that isn't UTF-8: such a terminal is given ASCII alone.
public struct NarrowCharset: Sendable, Equatable {
  /// What decides the charset, as it stands in the environment: `LC_ALL=C`; nil where nothing does.
  public let setting: String?

  public init(setting: String?) { self.setting = setting }

  /// Nil where it is UTF-8.
  public static func check() -> NarrowCharset? {
    if Locale.take() { return nil }
    return NarrowCharset(setting: Locale.deciding.map { "\($0.name)=\($0.value)" })
  }
}
