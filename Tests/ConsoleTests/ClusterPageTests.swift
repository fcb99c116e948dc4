import SecureBuild
import Testing

@testable import Console

@Suite("Builds in a cluster", .serialized)
struct ClusterPageTests {
  @Test("A cluster is given a build once it was said what it must have; a record of it says so too")
  func cluster() async throws {
    try await onScreen {
      let story = try Story(prepare: Worlds.withRepositories)
      story.settle()
      // What this machine lacks is no matter there.
      story.world.lacks([MissingPart(name: "nft", why: Phrase("x", "x"), mend: Phrase("x", "x"))])
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      story.press(.character("K"))
      await story.see("What the cluster must have for the policy to hold")
      await story.see("· A network plugin that keeps NetworkPolicy.")
      story.press(.character("y"))
      #expect(story.copied == ["acr-console build export kubernetes --rule \(Worlds.rule)"])
      story.press(.character("B"))
      await story.see("Waits for its turn")
      await story.see("Kubernetes: as closed as its cluster keeps it")
      #expect(try story.builder().builds.live().map(\.request.engine) == [.kubernetes])
      story.press(.character("K"))
      await story.see("A network plugin that keeps NetworkPolicy.")
      story.press(.enter, .character("x"), .character("y"))
      await story.see("– Cancelled")
      // The page may show it before the cancelling itself is over.
      await story.see("✓ Cancelled.")
      // Again is there again.
      story.press(.character("B"))
      await story.see("Waits for its turn")
      #expect(try story.builder().builds.live().map(\.request.engine) == [.kubernetes])
    }
  }

  @Test("A cluster is given nothing of a training workspace")
  func clusterOfTraining() async throws {
    try await onScreen {
      let story = try Story(.training, prepare: Worlds.withRepositories)
      story.settle()
      story.go(to: .repository(id: Worlds.repository, instance: Worlds.instance))
      story.press(.character("K"), .character("B"))
      await story.see("Nothing of a training workspace is given to a real cluster.")
      #expect(try story.builder().builds.live().isEmpty)
    }
  }
}
