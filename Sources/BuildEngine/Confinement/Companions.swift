import SecureBuild

/// Servers that answer inside a cell's network. They run as this process does, see this machine's files, and have no
/// other network than the cell's; they end when their standard input does, which only this process holds.
struct Companions: Sendable {
  private let running: [HeldProgram]

  static let none = Companions(running: [])

  /// Puts their addresses inside, starts them, and waits until they listen.
  /// - Throws: `BuildFailure`, `CancellationError`; those that were started are ended then.
  static func start(_ companions: [NetworkCompanion], in cell: Cell, by programs: CellPrograms) async throws
    -> Companions
  {
    guard !companions.isEmpty else { return .none }
    let batch = Set(companions.map(\.address)).map { ip in
      if case .v4 = ip { "address add \(ip)/32 dev lo\n" } else { "address add \(ip)/128 dev lo nodad\n" }
    }.joined()
    let answer = try await programs.capture(
      ProgramCall(try Programs.need("ip"), ["-force", "-batch", "-"], input: Array(batch.utf8), limit: .seconds(10)))
    guard answer.end.isSuccess else { throw BuildFailure.networkNotClosed(answer.errorText) }
    var started: [HeldProgram] = []
    do {
      for companion in companions {
        let held = try await HeldProgram.start(call(companion, in: cell))
        started.append(held)
        try await waitUntilListening(companion, held, cell)
      }
    } catch {
      await Companions(running: started).close()
      if let fault = error as? ProgramFault { throw failure(fault.program, fault.reason) }
      throw error
    }
    return Companions(running: started)
  }

  func close() async {
    await withTaskGroup(of: Void.self) { group in
      for held in running { group.addTask { await held.close() } }
    }
  }

  private static func call(_ companion: NetworkCompanion, in cell: Cell) throws -> ProgramCall {
    let entry =
      cell.ids.isRoot
      ? ["--net=/proc/\(cell.pid)/ns/net"] : ["-t", "\(cell.pid)", "--user", "--net", "--preserve-credentials"]
    return ProgramCall(
      try Programs.need("nsenter"), entry + ["--", companion.program] + companion.arguments, folder: "/")
  }

  private static func waitUntilListening(_ companion: NetworkCompanion, _ held: HeldProgram, _ cell: Cell) async throws
  {
    let end = ContinuousClock.now + .seconds(15)
    while !ListeningSockets(of: cell.pid).contains(companion.address) {
      guard ContinuousClock.now < end, held.isRunning else {
        throw failure(companion.program, held.text)
      }
      try await Task.sleep(for: .milliseconds(3))
    }
  }

  private static func failure(_ program: String, _ said: String) -> BuildFailure {
    BuildFailure(
      .partMissing, in: .prepare,
      message: Phrase(
        "\(program), which answers inside the build's network, didn't start: \(said.suffix(500))",
        "构建网络内的服务 \(program) 未能启动：\(said.suffix(500))"),
      mend: Phrase("Start it by hand to see why, and build again.", "请手动启动以查明原因，然后重新构建。"))
  }
}
