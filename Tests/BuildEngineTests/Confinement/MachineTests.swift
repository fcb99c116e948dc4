import Testing

@testable import BuildEngine

@Suite(
  "Confinement on machines of the test's own", .serialized,
  .enabled(if: !TestMachine.isInside && TestMachine.obstacle == nil, "\(TestMachine.obstacle ?? "already inside one")"))
struct MachineTests {
  @Test("Networks, endings and hostile Dockerfiles hold", arguments: TestMachine.all)
  func holds(_ machine: TestMachine) async throws {
    try await machine.passes(machine.hasRoute ? "/Inside(Network|Ending|Hostile)" : "/InsideNetwork")
  }
}
