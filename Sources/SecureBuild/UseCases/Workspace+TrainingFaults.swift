import FlatFiles

/// What a trainer lets go wrong in a training world. Own workspaces refuse it: there the vendor and GitLab are real.
extension Workspace {
  /// A limit that can be lifted.
  public enum GroupQuota: Sendable, Equatable {
    case none
    case most(Int)

    /// - Throws: `Refusal` at the field where it is neither a number nor `none`.
    public init(_ typed: String) throws(Refusal) {
      switch typed.trimmed {
      case "none", "不限": self = .none
      case let text:
        guard let number = Int(text), (0...1000).contains(number) else {
          throw Refusal(
            .invalidValue, field: .groupQuota,
            message: Phrase("“\(typed)” is no quota.", "“\(typed)”不是有效的配额。"),
            mend: Phrase("Give a number from 0 to 1000, or none.", "请输入 0 到 1000 的数字，或“不限”（none）。"))
        }
        self = .most(number)
      }
    }
  }

  /// Changes what the simulated vendor refuses; what is nil stays.
  /// - Throws: `Refusal` `TrainingOnly` in an own workspace.
  @discardableResult
  public func setVendor(
    serviceRole: TrainingFaults.ServiceRole? = nil, groupQuota: GroupQuota? = nil, dryRun: Bool = false
  ) throws -> TrainingFaults {
    try changeTrainingFaults("train vendor", dryRun: dryRun) { faults in
      if let serviceRole { faults.serviceRole = serviceRole }
      switch groupQuota {
      case .most(let number): faults.groupQuota = number
      case GroupQuota.none?: faults.groupQuota = nil
      case nil: break
      }
    }
  }

  /// Changes what is wrong at a host of the training world.
  /// - Parameter fault: nil for nothing any more.
  /// - Throws: `Refusal` `TrainingOnly` in an own workspace.
  @discardableResult
  public func setFault(_ fault: HostFault?, at host: String, dryRun: Bool = false) throws -> TrainingFaults {
    try changeTrainingFaults("train fault", dryRun: dryRun) { $0.hosts[host] = fault }
  }

  private func changeTrainingFaults(
    _ request: String, dryRun: Bool, _ change: (inout TrainingFaults) -> Void
  ) throws -> TrainingFaults {
    guard kind == .training else { throw Refusal.trainingOnly }
    return try self.change(request, dryRun: dryRun) { transaction in
      var faults = try transaction.trainingFaults()
      change(&faults)
      try faults.put(in: &transaction)
      return faults
    }
  }

  /// Asks whoever answers in the vendor's place, where somebody does.
  func askVendor(for step: VendorStep, of instance: String, in state: StoreState) throws {
    try surroundings.vendor?.allow(step, of: try state.instance(instance), in: Reading(of: state, in: self))
  }
}

extension Refusal {
  /// An own workspace has no training world.
  public static let trainingOnly = Refusal(
    .trainingOnly,
    message: Phrase("This is a workspace of your own: it has no training world.", "这是自有工作区，没有演练环境。"),
    mend: Phrase(
      "Choose a training workspace with --workspace, or make one: `acr-console workspace init --training`.",
      "请用 --workspace 选择演练工作区，或创建一个：`acr-console workspace init --training`。"))
}
