/// The languages that every sentence of this program exists in.
public enum Language: String, CaseIterable, Sendable, Codable {
  case english = "en"
  case chinese = "zh"

  /// The language of a locale's name such as `zh_CN.UTF-8`; English for all but Chinese.
  public init(locale: String) { self = locale.lowercased().hasPrefix("zh") ? .chinese : .english }
}
