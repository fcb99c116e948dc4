import SecureBuild

/// Runs a program as the root of an ordinary user's own ids: what the user may do with files that belong to the
/// subordinate ones.
struct OwnIds: Sendable {
  private let ids: CellIds

  init(_ ids: CellIds) { self.ids = ids }

  func run(_ call: ProgramCall) async throws {
    let arguments =
      ["--user", try Programs.need("sh"), "-c", CellScripts.gate, "sh", call.program] + call.arguments
    let held = try await HeldProgram.start(ProgramCall(try Programs.need("unshare"), arguments, folder: "/"))
    for await line in held.lines where line == "ready" {
      do {
        try await Cell.map(held.pid, ids)
        held.write("go\n")
      } catch {
        break
      }
    }
    await held.close()
  }
}
