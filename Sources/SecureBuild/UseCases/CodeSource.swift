import FlatFiles

/// The GitLab row of an instance's Code Source page, with its four kinds of knowing kept apart.
public struct CodeSource: Sendable, Equatable {
  public let instanceId: String
  public let status: Status
  /// The binding or draft; nil where nothing is written down.
  public let binding: Binding?

  /// 未绑定, 绑定中, 已绑定, 已失效.
  public enum Status: String, Sendable, Codable {
    case unbound = "UNBOUND"
    /// Shown while a try runs; never stored.
    case binding = "BINDING"
    case bound = "BOUND"
    case invalid = "INVALID"

    public var title: Phrase {
      switch self {
      case .unbound: Phrase("Not bound", "未绑定")
      case .binding: Phrase("Binding", "绑定中")
      case .bound: Phrase("Bound", "已绑定")
      case .invalid: Phrase("Invalid", "已失效")
      }
    }
  }

  public init(instanceId: String, binding: Binding?) {
    self.instanceId = instanceId
    self.binding = binding
    status =
      switch binding?.state {
      case .bound: .bound
      case .invalid: .invalid
      case .draft, nil: .unbound
      }
  }

  /// What the status rests on.
  public var known: Known { binding?.lastPassed == nil && binding?.lastFailed == nil ? .planned : .tried }

  /// The warnings that last.
  public var warnings: [Note] { binding?.lastPassed?.notes.filter(\.isWarning) ?? [] }
}

extension Workspace {
  public func codeSource(of instance: String) throws -> CodeSource {
    CodeSource(instanceId: instance, binding: try binding(of: instance))
  }
}
