/// Runs programs inside a cell.
struct CellPrograms: ProgramRunner {
  let cell: Cell
  let limits: ControlGroups
  /// What they run as, counted inside: 1 is the ordinary user who owns the work folder, 0 the one who owns the network.
  var id = 1

  static let spaces = ["net", "pid", "mount", "cgroup", "ipc", "uts"]

  func run(
    _ call: ProgramCall, output: @escaping @Sendable ([UInt8]) throws -> Void,
    errors: (@Sendable ([UInt8]) throws -> Void)?
  ) async throws -> ProgramEnd {
    try await HostPrograms().run(inside(call), output: output, errors: errors)
  }

  /// The same program as this machine starts it.
  private func inside(_ call: ProgramCall) throws -> ProgramCall {
    var outer = call
    outer.program = try Programs.need("sh")
    outer.folder = "/"
    let spaces = cell.hasNetwork ? Self.spaces : Self.spaces.filter { $0 != "net" }
    outer.arguments =
      ["-c", CellScripts.join, "sh"] + limits.files + ["--"]
      + (try cell.entry(as: id, into: spaces, folder: call.folder ?? "/")) + [call.program] + call.arguments
    return outer
  }
}
