import Testing

@testable import BuildEngine

@Suite(
  "Whole builds on machines of the test's own", .serialized,
  .enabled(
    if: !TestMachine.isInside && BuildWorld.obstacle == nil,
    "\(BuildWorld.obstacle ?? "already inside one")"))
struct StageMachineTests {
  @Test("From private source to a registry, and whatever ends it, as root and as an ordinary user")
  func builds() async throws {
    let debian = await DebianArchive.made()
    for machine in TestMachine.all where machine.hasRoute {
      let world = try await BuildWorld(debian: debian?.path)
      let (end, text) = try await machine.run("/InsideStages", servers: world.servers, environment: world.environment)
      for line in text.split(separator: "\n") where line.hasPrefix("| ") { print(line) }
      #expect(end == .exited(0), "\(machine): \(text)")
      #expect(text.contains("passed after"))
      withExtendedLifetime(world) {}
    }
    withExtendedLifetime(debian) {}
  }
}
