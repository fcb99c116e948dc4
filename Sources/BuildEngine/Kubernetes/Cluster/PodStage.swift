import SecureBuild

/// A stage as the pod's label names it. The label is read by two: by the policies, which let a pod of that stage out to
/// its addresses, and by the pod itself, whose containers wait for their stage. So the network of a stage is switched
/// from outside in one step, and nothing inside can do it.
enum PodStage: String, Sendable, CaseIterable {
  case clone
  case images
  case build
  case push

  /// Nil for the one stage that takes place outside.
  init?(_ stage: BuildStage) {
    switch stage {
    case .prepare: return nil
    case .clone: self = .clone
    case .baseImages: self = .images
    case .build: self = .build
    case .push: self = .push
    }
  }

  var stage: BuildStage {
    switch self {
    case .clone: .clone
    case .images: .baseImages
    case .build: .build
    case .push: .push
    }
  }
}
