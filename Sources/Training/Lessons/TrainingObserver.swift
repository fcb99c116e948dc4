import SecureBuild

/// Follows a learner: notes the steps that count after each change, and the tries that failed.
struct TrainingObserver: UseCaseObserver {
  // A lesson that can't be followed is no reason for a change to fail.

  func changed(_ workspace: Workspace) { _ = try? Lessons(in: workspace).advance() }

  func refused(_ refusal: Refusal, in workspace: Workspace) { try? Lessons(in: workspace).note(refusal) }
}
