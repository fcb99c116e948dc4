import FoundationEssentials
import Glibc
import SecureBuild
import Testing

@testable import GitLab

@Suite("What it costs") struct CostTests {
  @Test("Constructing the adapters starts no thread")
  func noThreads() async {
    await #expect(processExitsWith: .success) {
      let before = try Self.threads()
      let all: [any Sendable] = [SystemNames(), SystemReach(), GitLabClient()]
      #expect(try Self.threads() == before)
      #expect(all.count == 3)
    }
  }

  @Test("A proxy in the environment is not used")
  func noProxy() async {
    await #expect(processExitsWith: .success) {
      for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        setenv(name, "http://127.0.0.1:1", 1)
      }
      let user = try await ScriptedServer.running({ _ in .send(json(goodUser)) }) { server in
        try await patientClient.user(of: site("http://gitlab.test:\(server.port)"), token: testToken())
      }
      #expect(user.username == "dev")
    }
  }

  private static func threads() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
  }
}
