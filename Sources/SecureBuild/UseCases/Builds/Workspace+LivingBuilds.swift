extension Workspace {
  /// - Throws: `Refusal` `BuildsNotOver` while a build of the instance that `matches` waits or runs.
  func requireNoLivingBuild(of instance: String, _ matches: (BuildRecord) -> Bool = { _ in true }) throws {
    let living = try builds.live(of: instance).filter(matches).map(\.id)
    guard !living.isEmpty else { return }
    let list = living.prefix(5).joined(separator: ", ") + (living.count > 5 ? " …" : "")
    throw Refusal(
      .buildsNotOver, field: .buildRecordId,
      message: Phrase("Builds that need it aren't over: \(list).", "仍有依赖它的构建未结束：\(list)。"),
      mend: Phrase(
        "Wait for them, or cancel them with `acr-console build cancel`.", "请等待其结束，或用 `acr-console build cancel` 取消。"))
  }
}
