/// What a checklist says of an instance's builds.
public struct BuildGlance: Sendable, Equatable {
  /// The newest that is over; nil where none is.
  public let newest: BuildRecord?
  /// The newest that succeeded, as far as was looked.
  public let succeeded: BuildRecord?
  /// How many wait or run.
  public let living: Int

  public init(newest: BuildRecord?, succeeded: BuildRecord?, living: Int) {
    self.newest = newest
    self.succeeded = succeeded
    self.living = living
  }

  /// - Parameter records: newest first, those that aren't over among them.
  public init(of records: [BuildRecord]) {
    let over = records.filter(\.status.isOver)
    self.init(
      newest: over.first, succeeded: over.first { $0.status == .success }, living: records.count - over.count)
  }
}

extension Checklist {
  static func repository(_ facts: ChecklistFacts) -> Line {
    guard let repository = facts.repositories.first(where: { $0.source != nil }) else {
      return line(
        .repository, .unmet, nil,
        facts.repositories.isEmpty
          ? Phrase("There is no repository.", "尚无镜像仓库。")
          : Phrase("No repository has a project of GitLab as its code source.", "没有以 GitLab 项目为代码源的镜像仓库。"),
        mend: facts.repositories.isEmpty
          ? Phrase("Create one, and pick the project that it is built from.", "请创建镜像仓库，并选择构建所用的项目。")
          : Phrase("Pick a project in a repository's settings.", "请在仓库设置中选择项目。"), at: .repositories)
    }
    let project = repository.source?.path ?? ""
    return line(
      .repository, .met, Provenance(.planned, at: repository.at, by: repository.by),
      Phrase("\(repository.path) is built from \(project).", "\(repository.path) 由 \(project) 构建。"), at: .repositories)
  }

  static func buildRule(_ facts: ChecklistFacts) -> Line {
    let sourced = Set(facts.repositories.filter { $0.source != nil }.map(\.id))
    guard let rule = facts.rules.first(where: { sourced.contains($0.repoId) }) else {
      return line(
        .buildRule, .unmet, nil, Phrase("There is no build rule.", "尚无构建规则。"),
        mend: Phrase(
          "Add one to the repository: branch or tag, Dockerfile, image version.", "请为镜像仓库添加：分支或标签、Dockerfile、镜像版本。"),
        at: .repositories)
    }
    let kind = rule.pushType.title
    return line(
      .buildRule, .met, Provenance(.planned, at: rule.at, by: rule.by),
      Phrase("\(kind.en) \(rule.title).", "\(kind.zh) \(rule.title)。"), at: .repositories)
  }

  static func firstBuild(_ facts: ChecklistFacts) -> Line {
    guard let builds = facts.builds else {
      return line(
        .firstBuild, .unknown, nil, Phrase("The build records say.", "见构建记录。"),
        mend: Phrase("Look at the build records.", "请查看构建记录。"), at: .builds)
    }
    if let built = builds.succeeded {
      return line(
        .firstBuild, .met, Provenance(.tried, at: built.endTime, by: built.request.by),
        Phrase(
          "\(built.request.repository):\(built.request.imageTag) was built here.",
          "\(built.request.repository):\(built.request.imageTag) 已在本机构建。"), at: .builds)
    }
    if builds.living > 0 {
      return line(
        .firstBuild, .unmet, nil, Phrase("A build waits or runs.", "有构建正在等待或进行中。"),
        mend: Phrase("Follow it in the build records.", "请在构建记录中查看进度。"), at: .builds)
    }
    guard let failed = builds.newest else {
      return line(
        .firstBuild, .unmet, nil, Phrase("Nothing was built here yet.", "尚未在本机构建。"),
        mend: Phrase(
          "Build a rule now, or push to GitLab while `acr-console build watch` runs.",
          "请立即构建，或在 `acr-console build watch` 运行时向 GitLab 推送。"),
        at: facts.rules.isEmpty ? .repositories : .builds)
    }
    let why = failed.failure?.message ?? failed.status.title
    return line(
      .firstBuild, .unmet, Provenance(.tried, at: failed.endTime, by: failed.request.by),
      Phrase("The last build did not succeed: \(why.en)", "最近一次构建未成功：\(why.zh)"),
      mend: failed.failure?.mend ?? Phrase("Build it again.", "请重新构建。"), at: .builds)
  }
}
