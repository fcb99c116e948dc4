/// Runs programs in one place: on this machine, or inside a cell.
protocol ProgramRunner: Sendable {
  /// Runs a program to its end. It leads a session of its own, which is killed whole when the task is cancelled and
  /// when its time is over.
  /// - Parameters:
  ///   - output: Gets its standard output piece by piece as it comes, in order; while it works the program waits.
  ///   - errors: The same for standard error; nil puts it with the output, in the order in which it was written.
  /// - Throws: `CancellationError` after the program is gone; `ProgramFault` where it can't be started; what `output`
  ///   throws, after the program is gone too.
  func run(
    _ call: ProgramCall, output: @escaping @Sendable ([UInt8]) throws -> Void,
    errors: (@Sendable ([UInt8]) throws -> Void)?
  ) async throws -> ProgramEnd
}

extension ProgramRunner {
  /// The same with standard error among the output, in order.
  func run(_ call: ProgramCall, output: @escaping @Sendable ([UInt8]) throws -> Void) async throws -> ProgramEnd {
    try await run(call, output: output, errors: nil)
  }

  /// Runs a program and keeps the first `limit` bytes of what it says on each stream; the rest is read and dropped.
  func capture(_ call: ProgramCall, limit: Int = 1 << 20) async throws -> ProgramAnswer {
    let output = Kept(limit: limit)
    let errors = Kept(limit: limit)
    let end = try await run(call, output: { output.take($0) }, errors: { errors.take($0) })
    return ProgramAnswer(end: end, output: output.bytes, errors: errors.bytes)
  }
}
