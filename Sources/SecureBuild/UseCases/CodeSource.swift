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

  /// What should be known of it as it is now: what the last passed try found, and what time and edits of the link have
  /// done since.
  public let notes: [Note]

  init(instanceId: String, binding: Binding?, link: Link?, at now: Timestamp) {
    self.instanceId = instanceId
    self.binding = binding
    status =
      switch binding?.state {
      case .bound: .bound
      case .invalid: .invalid
      case .draft, nil: .unbound
      }
    notes = binding.map { BindingRules.notes(on: $0, over: link, at: now) } ?? []
  }

  /// The notes that stand on the row as warnings.
  public var warnings: [Note] { notes.filter(\.isWarning) }

  /// What the status rests on: for 已绑定 the try that passed, for 已失效 the one that GitLab refused. What a person saw in
  /// the vendor's console is beside it in `binding.confirmed`.
  public var provenance: Provenance {
    switch status {
    case .bound: binding?.lastPassed?.provenance ?? Provenance(.planned)
    case .invalid: binding?.lastFailed?.provenance ?? Provenance(.planned)
    case .unbound, .binding: Provenance(.planned, at: binding?.at, by: binding?.by)
    }
  }

  /// When GitLab last answered what the status says; nil while it is unbound.
  public var checkedAt: Timestamp? { provenance.known == .tried ? provenance.at : nil }
}

extension BindingRules {
  static func notes(on binding: Binding, over link: Link?, at now: Timestamp) -> [Note] {
    guard let passed = binding.lastPassed else { return [] }
    var notes = Set(passed.notes).subtracting([.expiresSoon])
    if let expiry = passed.tokenExpiresOn.flatMap({ TokenExpiry($0, at: now) }), expiry.isSoon {
      notes.insert(expiry.isPast ? .pastExpiry : .expiresSoon)
    }
    let host = (try? GitLabAddress(parsing: binding.address))?.host ?? ""
    if let link, !link.leads(as: passed, to: host) { notes.insert(.linkChanged) }
    return Note.allCases.filter(notes.contains)
  }
}
