import Testing

@testable import BuildEngine

@Suite(
  "Whole builds on machines of the test's own", .serialized,
  .enabled(
    if: !TestMachine.isInside && BuildWorld.obstacle == nil,
    "\(BuildWorld.obstacle ?? "already inside one")"))
struct StageMachineTests {
  @Test("From private source to a registry, and whatever ends it", arguments: TestMachine.all.filter(\.hasRoute))
  func builds(_ machine: TestMachine) async throws {
    let debian = await DebianArchive.made
    let world = try await BuildWorld(debian: debian?.path)
    let (end, text) = try await machine.run("/InsideStages", servers: world.servers, environment: world.environment)
    for line in text.split(separator: "\n") where line.hasPrefix("| ") { print(line) }
    #expect(end == .exited(0), "\(text)")
    #expect(text.contains("passed after"))
    withExtendedLifetime((world, debian)) {}
  }
}
