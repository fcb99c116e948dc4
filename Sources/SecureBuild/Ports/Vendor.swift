/// What only the vendor could refuse, and no rule here can know: asked where the vendor's console would refuse it.
/// A training workspace has a simulated one; an own workspace has none, for the real one can't be asked.
public protocol Vendor: Sendable {
  /// - Parameter reading: the state that the step is to change.
  /// - Throws: `Refusal`, which says that it is simulated.
  func allow(_ step: VendorStep, of instance: Instance, in reading: Reading) throws(Refusal)
}

/// What the vendor does in the account's networks.
public enum VendorStep: Sendable {
  /// It looks at the VPC and the vSwitch of a link to be made.
  case link
  /// It makes the managed group and its ENI, for the first binding over the intranet.
  case managedGroup
}
