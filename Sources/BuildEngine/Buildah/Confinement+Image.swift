import SecureBuild

extension Confinement {
  /// Builds an image in a box of its own. The result is in `result`.
  /// - Throws: `BuildFailure` (a step failed, time, memory, disk), `CancellationError`; what `output` throws.
  func buildImage(_ order: ImageOrder, output: @escaping @Sendable ([UInt8]) throws -> Void) async throws {}
}
