import Testing

/// What a person does to the screen besides pressing keys.
@Suite("With a mouse and a clipboard", .enabled(if: TmuxTerminal.isInstalled), .timeLimit(.minutes(3)))
struct TerminalInputTests {
  private func opened() async throws -> (TmuxTerminal, TrainingGround) {
    let ground = try await TrainingGround()
    let terminal = try TmuxTerminal(
      [Sandbox.program], environment: ground.sandbox.environment(), width: 110, height: 32)
    try await terminal.shows("▸ build-prod")
    return (terminal, ground)
  }

  @Test("a click selects the row it is on, and a second one opens it")
  func click() async throws {
    let (terminal, _) = try await opened()
    #expect(try terminal.wantsMouse())
    try await terminal.click("legacy-images").shows("▸ legacy-images")
    try await terminal.click("build-staging", times: 2).shows("build-staging › Overview")
  }

  @Test("a paste of many lines is many values, and none of them is a key")
  func paste() async throws {
    let (terminal, _) = try await opened()
    try await terminal.press("Enter", "s", "m").shows("No link yet").press("c").shows("GitLab intranet IP")
    try terminal.press("Tab").paste("192.168.10.30=Maven\n192.168.10.31 192.168.10.32,\n")
    try await terminal.shows("192.168.10.30=Maven ×", "192.168.10.31 ×", "192.168.10.32 ×", "Create a link")
  }
}
