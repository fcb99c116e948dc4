import SecureBuild

/// The place in which one build happens: a cell of namespaces whose network lets out to the addresses that were
/// allowed and to nothing else. All that runs in it ends with this process, whatever becomes of it.
final class Confinement: Sendable {
  /// Where the work folder lies inside: what the programs of the cell read and write.
  static let workInside = "/run/acr-console/work"
  /// Where the OCI layout with base images lies inside, read-only.
  static let baseImagesInside = "/run/acr-console/base"
  /// Where the image that was built lies, an OCI layout, by its path inside and by its one reference there.
  static let resultInside = workInside + "/out"
  static let resultReference = "image"

  /// The work folder as this machine has it. Its files belong to an id of the cell; others may read them.
  let workFolder: String
  /// An OCI layout folder that is filled from outside and seen inside read-only.
  let baseImages: String
  /// Runs programs inside the cell, as an ordinary user there who owns the work folder: `git`, `skopeo`.
  let programs: any ProgramRunner

  init(workFolder: String, baseImages: String, programs: any ProgramRunner) {
    self.workFolder = workFolder
    self.baseImages = baseImages
    self.programs = programs
  }

  /// Where the image that was built lies as this machine has it.
  var result: String { workFolder + "/out" }

  /// Makes the cell of a build: its network is closed, that was tried, and its companions answer.
  /// - Throws: `BuildFailure` (a part is missing, the network isn't closed); `CancellationError`; nothing is left then.
  static func open(_ plan: BuildPlan) async throws -> Confinement {
    throw BuildFailure(
      .partMissing, in: .prepare, message: Phrase("Not built yet.", "尚未实现。"), mend: Phrase("Wait.", "请稍候。"))
  }

  /// From now on the network lets out to these and to nothing else: nothing is known of what was allowed before.
  func allow(_ endpoints: [AllowedEndpoint]) async throws {}

  /// From now on these names, and no others, have addresses inside: `/etc/hosts` of the cell.
  func name(_ hosts: [HostEntry]) async throws {}

  /// A file that only the cell's programs can read, gone with the cell: credentials.
  /// - Returns: its path inside.
  func put(_ bytes: [UInt8], as name: String) async throws -> String { "" }

  /// What was tried to be reached, and refused, since the cell was made: most often tried first.
  func refused() async throws -> [RefusedConnection] { [] }

  /// Builds an image in a box of its own. The result is in `result`.
  /// - Throws: `BuildFailure` (a step failed, time, memory, disk), `CancellationError`; what `output` throws.
  func buildImage(_ order: ImageOrder, output: @escaping @Sendable ([UInt8]) throws -> Void) async throws {}

  /// Ends all that runs in the cell, and removes its files. Also after a failure; a second time is nothing.
  func close() async {}

  /// Removes what a build left whose process died.
  static func clean(after buildId: String, folder: String) async {}
}
