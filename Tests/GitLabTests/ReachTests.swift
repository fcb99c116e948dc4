import Glibc
import SecureBuild
import Testing

@testable import GitLab

@Suite("Reaching an address") struct ReachTests {
  private func endpoint(_ port: Int, _ address: String = "127.0.0.1") throws -> Endpoint {
    Endpoint(address: try #require(IPAddress(literal: address)), port: port)
  }

  @Test("A port that listens is reached, and nothing is sent to it", arguments: ["127.0.0.1", "::1"])
  func reached(_ address: String) async throws {
    try await ScriptedServer.running(at: address, on: .anyByte, { _ in .hold }) { server in
      try await SystemReach().connect(to: endpoint(server.port, address), within: .seconds(60))
      #expect(server.received.isEmpty)
    }
  }

  @Test(
    "The address that a connection would come from is told, and nothing is sent for it",
    arguments: ["127.0.0.1", "::1"])
  func source(_ address: String) throws {
    let port = try UnusedPort.find()
    #expect(SystemReach().source(toward: try endpoint(port, address))?.description == address)
  }

  @Test("A port where nothing listens refuses")
  func refused() async throws {
    let endpoint = try endpoint(UnusedPort.find())
    let failure = try await caught(ReachFailure.self) {
      try await SystemReach().connect(to: endpoint, within: .seconds(60))
    }
    #expect(failure == .refused)
  }

  @Test("A call that nobody answers ends with its limit")
  func timedOut() async throws {
    let hole = try SilentPort()
    let start = ContinuousClock.now
    let failure = try await caught(ReachFailure.self) {
      try await SystemReach().connect(to: endpoint(hole.port), within: .milliseconds(200))
    }
    #expect(failure == .timedOut)
    #expect(ContinuousClock.now - start >= .milliseconds(200))
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test(
    "The system's errors are told apart",
    arguments: [
      (ECONNREFUSED, ReachFailure.refused), (ETIMEDOUT, .timedOut), (EHOSTUNREACH, .unreachable("No route to host")),
      (ENETUNREACH, .unreachable("Network is unreachable")), (EACCES, .unreachable("Permission denied")),
    ])
  func systemErrors(_ errno: Int32, _ failure: ReachFailure) {
    #expect(ReachFailure(errno: errno) == failure)
  }
}
