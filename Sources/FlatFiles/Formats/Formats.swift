/// The formats of a workspace's files: the one that is written, and the steps that lead there from each older one.
package struct Formats: Sendable {
  /// Files by their names relative to the workspace's folder.
  package typealias Files = [String: [UInt8]]

  /// Leads from one format to the next.
  package struct Step: Sendable {
    /// Which names in the workspace's folder belong to the older format; `lock` and `secrets` are no format's.
    let owns: @Sendable (_ name: String) -> Bool
    /// Makes the next format's files of the older one's. A function of them alone: a migration that was interrupted runs it
    /// again on the same ones.
    let next: @Sendable (Files) throws(StoreError) -> Files

    package init(
      owns: @escaping @Sendable (_ name: String) -> Bool,
      next: @escaping @Sendable (Files) throws(StoreError) -> Files
    ) {
      self.owns = owns
      self.next = next
    }
  }

  /// The format that is written, and the newest that is read.
  package let newest: Int
  /// By the format that they lead away from.
  private let steps: [Int: Step]

  /// - Precondition: there is a step from every format below the newest one, from 1.
  package init(newest: Int, steps: [Int: Step]) {
    precondition(Set(steps.keys) == Set(1..<newest), "a step from each older format")
    self.newest = newest
    self.steps = steps
  }

  /// What this program knows. Nothing is older than format 1.
  package static let known = Formats(newest: WorkspaceHeader.knownFormat, steps: [:])

  /// The files of an older format as the newest one has them.
  func migrated(_ files: Files, from format: Int) throws(StoreError) -> Files {
    var files = files
    for older in format..<newest {
      if let step = steps[older] { files = try step.next(files) }
    }
    return files
  }

  /// Whether a name in the workspace's folder belongs to an older format.
  func owns(_ name: String, in format: Int) -> Bool { steps[format]?.owns(name) ?? false }
}
