extension Workspace {
  /// One page, at most 100, of the projects that the bound account may build from, by GitLab's number.
  /// - Parameters:
  ///   - search: narrows by name; empty for all.
  ///   - after: the number that the page before ended with; nil for the first.
  /// - Throws: `Refusal`, or `CancellationError`.
  public func projects(of instance: String, search: String = "", after: Int? = nil) async throws -> [GitLabProject] {
    let access = try await gitLabAccess(of: instance)
    return try await access.asking {
      let search = search.trimmed
      return try await surroundings.gitLab.projects(
        of: access.site, token: access.token, search: search.isEmpty ? nil : search, after: after)
    }
  }

  /// One page of a project's branches or tags, for forms.
  /// - Parameter project: its path or its number.
  /// - Throws: `Refusal`, or `CancellationError`.
  public func refs(
    of instance: String, project: String, _ type: PushType, search: String = "", page: Int = 1
  ) async throws -> GitLabPage<GitLabRef> {
    let access = try await gitLabAccess(of: instance)
    return try await access.asking {
      try await self.refs(project, type, search: search.trimmed.isEmpty ? nil : search.trimmed, page: page, access)
    }
  }

  func refs(
    _ project: String, _ type: PushType, search: String? = nil, page: Int, _ access: GitLabAccess
  ) async throws -> GitLabPage<GitLabRef> {
    let (site, token) = (access.site, access.token)
    return type == .branch
      ? try await surroundings.gitLab.branches(of: site, token: token, project: project, search: search, page: page)
      : try await surroundings.gitLab.tags(of: site, token: token, project: project, search: search, page: page)
  }
}

extension GitLabAccess {
  /// Asks GitLab; a failure is told as the one that a try would tell.
  /// - Throws: `Refusal`, or `CancellationError`; `GitLabFailure.missing` as it is.
  func askingOnce<Value>(_ body: () async throws -> Value) async throws -> Value {
    do { return try await body() } catch {
      if error is CancellationError || Task.isCancelled { throw CancellationError() }
      if case GitLabFailure.missing = error { throw error }
      throw TrialFailures.refusal(of: error, at: .api, of: site.address, networkType: networkType)
    }
  }

  /// The same; what isn't there is told in general.
  func asking<Value>(_ body: () async throws -> Value) async throws -> Value {
    do { return try await askingOnce(body) } catch GitLabFailure.missing(let thing) {
      throw Refusal.missing(thing, name: nil, user: nil)
    }
  }
}

extension Refusal {
  /// GitLab says that something of a project isn't there, or isn't for this token to see.
  static func missing(_ thing: GitLabThing, name: String?, user: String?) -> Refusal {
    let (code, field, en, zh): (Code, Field, String, String) =
      switch thing {
      case .project: (.noSuchProject, .codeRepo, "project", "项目")
      case .branch: (.noSuchRef, .pushName, "branch", "分支")
      case .tag: (.noSuchRef, .pushName, "tag", "标签")
      case .commit: (.noSuchRef, .pushName, "commit", "提交")
      case .file: (.dockerfileMissing, .dockerfileName, "file", "文件")
      }
    let called = name.map { " “\($0)”" } ?? ""
    return Refusal(
      code, field: field,
      message: Phrase("GitLab has no \(en)\(called).", "GitLab 中没有\(zh)\(name.map { "“\($0)”" } ?? "")。"),
      mend: thing == .project
        ? Phrase(
          "Check its path, and that the bound account is a member of it\(user.map { " (@\($0))" } ?? "").",
          "请检查路径，并确认所绑定的账号\(user.map { "（@\($0)）" } ?? "")是其成员。")
        : Phrase(
          "Check the name as GitLab shows it; it may have been renamed or deleted.", "请核对 GitLab 中显示的名称，可能已改名或删除。"))
  }
}
