import FoundationEssentials
import Glibc
import SecureBuild
import Testing

@testable import GitLab

@Suite("What it costs") struct CostTests {
  @Test("Constructing the adapters starts no thread")
  func noThreads() async {
    await #expect(processExitsWith: .success) {
      func threads() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? -1 }
      let before = threads()
      let all: [any Sendable] = [SystemNames(), SystemReach(), GitLabClient()]
      exit(before > 0 && threads() == before && all.count == 3 ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }

  @Test("A proxy in the environment is not used")
  func noProxy() async {
    await #expect(processExitsWith: .success) {
      for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        setenv(name, "http://127.0.0.1:1", 1)
      }
      let user = try await ScriptedServer.running({ _ in .send(json(goodUser)) }) { server in
        try await GitLabClient().user(of: site("http://gitlab.test:\(server.port)"), token: testToken())
      }
      exit(user.username == "dev" ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }
}
