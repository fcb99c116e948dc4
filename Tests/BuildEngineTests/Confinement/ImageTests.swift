import SecureBuild
import Testing

@testable import BuildEngine

@Suite(
  "Building in a box", .serialized, .enabled(if: ConfinedBuild.canBuild, "wants \(ConfinedBuild.missing), /bin/busybox")
)
struct ImageTests {
  @Test("A Dockerfile with steps becomes an image")
  func builds() async throws {
    let place = try TestFolder()
    try await ConfinedBuild.with(place) { build in
      try await build.build(
        """
        FROM base:1
        RUN id && cat /proc/self/uid_map && echo made > /made
        """)
      print(build.text)
      #expect(build.text.contains("uid=0(root)"))
      #expect(HostFile.exists(build.confinement.result + "/index.json"))
    }
  }
}
