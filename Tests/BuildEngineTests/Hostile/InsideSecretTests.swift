import SecureBuild
import Testing

@testable import BuildEngine

@Suite("Secrets in what fails", .enabled(if: TestMachine.isInside, "runs in machines of its own: MachineTests"))
struct InsideSecretTests {
  @Test("A step that fails over the token doesn't bring it into the failure")
  func failure() async throws {
    let place = try TestFolder()
    try await ConfinedBuild.with(place) { build in
      let token = build.confinement.plan.source.token.secret
      let failure = await #expect(throws: BuildFailure.self) {
        try await build.build("FROM base:1\nRUN echo \(token); exit 3\n")
      }
      let words = try #require(failure).message
      #expect(words.en.contains("RUN echo ••••; exit 3"))
      #expect(!(words.en + words.zh).contains(token))
    }
  }
}
