extension Workspace {
  /// Asks GitLab and the places of base images about a rule that is being written or is there: nothing is changed.
  /// - Throws: `Refusal` where nothing could be asked (not bound, GitLab can't be reached, no such project), or
  ///   `CancellationError`. What is wrong with the rule is among the check's problems.
  public func checkSource(
    of repository: Repository, rule draft: RuleDraft, engine: BuildRequest.EngineName = .local
  ) async throws -> SourceCheck {
    guard let source = repository.source else {
      throw try refusing { try state().state.whyNoBuild(repository) } ?? .bindFirst
    }
    let access = try await gitLabAccess(of: repository.instanceId)
    var asking = SourceAsking(
      draft: draft, source: source, access: access, engine: engine, workspace: self,
      username: try binding(of: repository.instanceId)?.username)
    return try await asking.check()
  }

  /// The same of a rule that is there.
  public func checkSource(ofRule id: String, engine: BuildRequest.EngineName = .local) async throws -> SourceCheck {
    let reading = try state()
    let rule = try reading.rule(id)
    return try await checkSource(
      of: try reading.repository(rule.repoId), rule: RuleDraft(of: rule), engine: engine)
  }
}

/// One check of a rule's source, from the project to the base images.
struct SourceAsking {
  let draft: RuleDraft
  let source: ProjectSource
  let access: GitLabAccess
  let engine: BuildRequest.EngineName
  let workspace: Workspace
  let username: String?
  var problems = Problems()
  var notes: [Phrase] = []
  private var matching: [SourceCheck.Match] = []

  init(
    draft: RuleDraft, source: ProjectSource, access: GitLabAccess, engine: BuildRequest.EngineName,
    workspace: Workspace, username: String?
  ) {
    self.draft = draft
    self.source = source
    self.access = access
    self.engine = engine
    self.workspace = workspace
    self.username = username
  }

  private var gitLab: any GitLabAPI { workspace.surroundings.gitLab }
  /// How GitLab is asked for the project: its number where it is known, since a path can be renamed.
  private var project: String { source.projectId.map(String.init) ?? source.path }

  mutating func check() async throws -> SourceCheck {
    let found = try await ask(source.path) {
      try await gitLab.project(of: access.site, token: access.token, project: project)
    }.get()
    if found.path != source.path {
      notes.append(Phrase("The project is called \(found.path) by now.", "该项目现名为 \(found.path)。"))
    }
    let ref = try await ref()
    let place: DockerfilePath
    var isPlace = true
    do throws(Refusal) {
      place = DockerfilePath(
        location: try DockerfilePlace.location(draft.dockerfileLocation),
        name: try DockerfilePlace.name(draft.dockerfileName))
    } catch {
      problems.add(error)
      (place, isPlace) = (DockerfilePath(location: "/", name: draft.dockerfileName.trimmed), false)
    }
    var baseImages: [BaseImageCheck] = []
    var file: Dockerfile?
    if let ref, isPlace { file = try await dockerfile(place, at: ref) }
    platforms(of: file)
    if let file { baseImages = try await look(at: file, path: place.path) }
    return SourceCheck(
      project: found.path, ref: ref?.name, commitId: ref?.commit.id, matching: matching, dockerfile: place.path,
      baseImages: baseImages, problems: problems.all, notes: notes)
  }

  /// Asks GitLab; what isn't there is a refusal.
  private func ask<Value: Sendable>(_ name: String, _ body: () async throws -> Value) async throws
    -> Result<Value, Refusal>
  {
    do { return .success(try await access.askingOnce(body)) } catch GitLabFailure.missing(let missing) {
      // A hidden project looks like one that isn't there, whatever of it was asked for.
      return .failure(Refusal.missing(missing, name: missing == .project ? source.path : name, user: username))
    }
  }

  /// The value; a refusal becomes one of the problems.
  private mutating func keep<Value>(_ result: Result<Value, Refusal>) -> Value? {
    switch result {
    case .success(let value): return value
    case .failure(let refusal):
      problems.add(refusal)
      return nil
    }
  }

  // MARK: Branch or tag

  private mutating func ref() async throws -> GitLabRef? {
    let push: PushName
    do throws(Refusal) { push = try PushName(draft.pushName, type: draft.pushType) } catch {
      problems.add(error)
      return nil
    }
    switch push {
    case .name(let name):
      let (site, token) = (access.site, access.token)
      let type = draft.pushType
      return keep(
        try await ask(name) {
          type == .branch
            ? try await gitLab.branch(of: site, token: token, project: project, name: name)
            : try await gitLab.tag(of: site, token: token, project: project, name: name)
        })
    case .expression(let expression): return try await newest(matching: expression)
    }
  }

  /// Goes through all branches or tags, as far as is sensible.
  private mutating func newest(matching expression: PushExpression) async throws -> GitLabRef? {
    var newest: GitLabRef?
    var page: Int? = 1
    var seen = 0
    while let number = page, number <= Self.mostPages {
      let found = try await access.asking {
        try await workspace.refs(project, draft.pushType, page: number, access)
      }
      seen += found.items.count
      for ref in found.items {
        guard let groups = expression.match(ref.name) else { continue }
        if matching.count < 100 { matching.append(match(ref, groups)) }
        if (newest?.commit.committedAt ?? .distantPast) <= (ref.commit.committedAt ?? .distantPast) { newest = ref }
      }
      page = found.next
    }
    let kind = draft.pushType == .branch ? Phrase("branches", "分支") : Phrase("tags", "标签")
    if page != nil {
      notes.append(Phrase("Only the first \(seen) \(kind.en) were looked at.", "只检查了前 \(seen) 个\(kind.zh)。"))
    }
    if newest == nil {
      notes.append(
        Phrase(
          "None of the project's \(kind.en) matches now: the rule builds once one that does is pushed.",
          "目前没有匹配的\(kind.zh)：推送匹配的\(kind.zh)后才会构建。"))
    }
    return newest
  }

  private static let mostPages = 20

  private mutating func match(_ ref: GitLabRef, _ groups: [String: String]) -> SourceCheck.Match {
    let rule = BuildRule(
      id: "", repoId: "", instanceId: "", pushType: draft.pushType, pushName: "", at: .distantPast, by: "")
    do throws(Refusal) {
      let tag = try ImageVersion.tag(draft.imageTag.trimmed, groups: groups, of: rule, at: .distantPast, commit: "")
      return SourceCheck.Match(name: ref.name, imageTag: tag)
    } catch {
      problems.add(error)
      return SourceCheck.Match(name: ref.name, imageTag: "")
    }
  }

  // MARK: Dockerfile

  private mutating func dockerfile(_ place: DockerfilePath, at ref: GitLabRef) async throws -> Dockerfile? {
    let (site, token) = (access.site, access.token)
    do {
      let bytes = try await access.askingOnce {
        do {
          return try await gitLab.file(of: site, token: token, project: project, path: place.path, ref: ref.commit.id)
        } catch GitLabFailure.endless {
          throw DockerfilePath.tooLong
        }
      }
      return Dockerfile(bytes)
    } catch GitLabFailure.missing {
      problems.add(try await place.missing(at: ref.name) { folder in try await names(in: folder, at: ref.commit.id) })
      return nil
    } catch let refusal as Refusal where refusal == DockerfilePath.tooLong {
      problems.add(refusal)
      return nil
    }
  }

  /// What a folder of the project holds; nil where it isn't there.
  private func names(in folder: String, at commit: String) async throws -> [GitLabTreeEntry]? {
    let (site, token) = (access.site, access.token)
    var entries: [GitLabTreeEntry] = []
    var page: Int? = 1
    do {
      while let number = page, number <= Self.mostPages {
        let found = try await access.askingOnce {
          try await gitLab.tree(of: site, token: token, project: project, path: folder, ref: commit, page: number)
        }
        entries += found.items
        page = found.next
      }
    } catch GitLabFailure.missing { return nil }
    return entries
  }
}

extension Refusal {
  /// This machine's kernel can't run what a build for the platform runs.
  public static func unbuildable(_ platform: BuildPlatform) -> Refusal {
    Refusal(
      .platformUnsupported, field: .platforms,
      message: Phrase(
        "This machine can't build for \(platform.rawValue): it can't run programs of that platform.",
        "本机无法构建 \(platform.rawValue)：无法运行该架构的程序。"),
      mend: Phrase(
        "Install an emulator (on Debian `apt-get install qemu-user-static`), or build it with `--engine kubernetes`.",
        "请安装模拟器（Debian：`apt-get install qemu-user-static`），或使用 `--engine kubernetes` 构建。"))
  }
}
