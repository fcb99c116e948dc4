import Testing

@testable import BuildEngine

@Suite(
  "Confinement on machines of the test's own", .serialized,
  .enabled(if: !TestMachine.isInside && TestMachine.obstacle == nil, "\(TestMachine.obstacle ?? "already inside one")"))
struct MachineTests {
  @Test("Networks, endings and hostile Dockerfiles hold", arguments: TestMachine.all)
  func holds(_ machine: TestMachine) async throws {
    let (end, text) = try await machine.run(machine.hasRoute ? "/Inside(Network|Ending|Hostile)" : "/InsideNetwork")
    for line in text.split(separator: "\n") where line.hasPrefix("| ") { print(line) }
    #expect(end == .exited(0), "\(text)")
    #expect(text.contains("passed after"))
  }
}
