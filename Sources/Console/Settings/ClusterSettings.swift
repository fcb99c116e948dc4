/// Which cluster builds are given to, and how, each value with the line of the settings file that it comes from. What isn't
/// set is left to `kubectl` and to the engine.
public struct ClusterSettings: Sendable, Equatable {
  private let given: [ClusterSettingName: Setting<Value>]

  /// A value by what it is.
  public enum Value: Sendable, Equatable {
    case text(String)
    case texts([String])
    case flag(Bool)
    case number(Int)
  }

  init(_ given: [ClusterSettingName: Setting<Value>]) { self.given = given }

  /// Nil where it isn't set.
  public subscript(name: ClusterSettingName) -> Setting<Value>? { given[name] }

  public var context: String? { text(.context) }
  public var namespace: String? { text(.namespace) }
  public var image: String? { text(.image) }
  public var seccompProfile: String? { text(.seccompProfile) }
  public var userNamespaces: Bool? {
    if case .flag(let flag) = given[.userNamespaces]?.value { flag } else { nil }
  }
  /// Seconds.
  public var patience: Int? { if case .number(let number) = given[.patience]?.value { number } else { nil } }
  /// Labels with their values.
  public var nodeSelector: [String: String] {
    guard case .texts(let labels) = given[.nodeSelector]?.value else { return [:] }
    return labels.reduce(into: [:]) { all, label in
      if let (name, value) = Self.label(label) { all[name] = value }
    }
  }

  private func text(_ name: ClusterSettingName) -> String? {
    if case .text(let text) = given[name]?.value { text } else { nil }
  }

  /// `LABEL=VALUE` taken apart.
  static func label(_ text: String) -> (name: String, value: String)? {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex, !text.contains(where: \.isWhitespace) else {
      return nil
    }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }
}
