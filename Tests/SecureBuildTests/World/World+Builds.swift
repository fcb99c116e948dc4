@testable import SecureBuild

extension World {
  /// A repository built from `shop/web`, which GitLab has.
  func repository(_ change: (inout RepositoryDraft) -> Void = { _ in }) throws -> Repository {
    var draft = RepositoryDraft(
      instanceId: instance.id, namespaceName: "shop", name: "web", summary: "The shop's pages", project: "shop/web",
      projectId: 100)
    change(&draft)
    return try workspace.createRepository(draft)
  }

  func rule(_ repository: Repository, _ change: (inout RuleDraft) -> Void = { _ in }) throws -> BuildRule {
    var draft = RuleDraft(repoId: repository.id, pushName: "main")
    change(&draft)
    return try workspace.createRule(draft)
  }

  /// Gives GitLab a project whose `main` and `release-v1` hold these files.
  func project(_ files: [String: String]) {
    let (old, new) = (FakeRepository.commit("a"), FakeRepository.commit("b"))
    gitLab.set {
      $0.repositories["shop/web"] = FakeRepository(
        branches: ["main": old, "release-v1": new, "release-v2": new], tags: ["v1.0.0": old],
        files: [old: files, new: files])
    }
  }

  func push(_ name: String, _ type: PushType = .branch, commit: Character = "b") -> Push {
    Push(
      instanceId: instance.id, projectId: 100, project: "shop/web", type: type, name: name,
      commitId: FakeRepository.commit(commit), at: clock.now())
  }
}
