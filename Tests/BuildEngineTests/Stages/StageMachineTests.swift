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
      try await machine.passes("/InsideStages", servers: world.servers, environment: world.environment)
      withExtendedLifetime(world) {}
    }
    withExtendedLifetime(debian) {}
  }
}
