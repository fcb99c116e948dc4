@testable import SecureBuild

/// A project's repository at a `FakeGitLab`.
struct FakeRepository: Sendable {
  var id = 100
  var defaultBranch: String? = "main"
  /// By name: the commit's id.
  var branches: [String: String] = [:]
  var tags: [String: String] = [:]
  /// By commit's id: what its files hold, by path.
  var files: [String: [String: String]] = [:]
  var hooks: [GitLabHook] = []

  /// A commit's id of one digit, again and again.
  static func commit(_ digit: Character) -> String { String(repeating: digit, count: 40) }
}

extension FakeGitLab {
  func project(of site: GitLabSite, token: Token, project: String) async throws -> GitLabProject {
    let found = try repository(project, at: site)
    return GitLabProject(id: found.repository.id, path: found.path, defaultBranch: found.repository.defaultBranch)
  }

  func branches(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> {
    Self.page(try repository(project, at: site).repository.branches, search, page)
  }

  func tags(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> {
    Self.page(try repository(project, at: site).repository.tags, search, page)
  }

  func branch(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    guard let id = try repository(project, at: site).repository.branches[name] else {
      throw GitLabFailure.missing(.branch)
    }
    return Self.ref(name, id)
  }

  func tag(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    guard let id = try repository(project, at: site).repository.tags[name] else { throw GitLabFailure.missing(.tag) }
    return Self.ref(name, id)
  }

  func commit(of site: GitLabSite, token: Token, project: String, ref: String) async throws -> GitLabCommit {
    Self.ref(ref, try commit(ref, of: repository(project, at: site).repository)).commit
  }

  func file(
    of site: GitLabSite, token: Token, project: String, path: String, ref: String
  ) async throws -> [UInt8] {
    let repository = try repository(project, at: site).repository
    guard let text = repository.files[try commit(ref, of: repository)]?[path] else {
      throw GitLabFailure.missing(.file)
    }
    return Array(text.utf8)
  }

  func tree(
    of site: GitLabSite, token: Token, project: String, path: String, ref: String, page: Int
  ) async throws -> GitLabPage<GitLabTreeEntry> {
    let repository = try repository(project, at: site).repository
    let start = path.isEmpty ? "" : path + "/"
    let names = (repository.files[try commit(ref, of: repository)] ?? [:]).keys.filter { $0.hasPrefix(start) }
    guard !names.isEmpty else { throw GitLabFailure.missing(.file) }
    var entries: [String: GitLabTreeEntry] = [:]
    for name in names.map({ $0.dropFirst(start.count) }) {
      let first = String(name.prefix { $0 != "/" })
      entries[first] = GitLabTreeEntry(name: first, kind: name.contains("/") ? .folder : .file)
    }
    return GitLabPage(items: entries.values.sorted { $0.name < $1.name })
  }

  func hooks(of site: GitLabSite, token: Token, project: String) async throws -> [GitLabHook] {
    try repository(project, at: site).repository.hooks
  }

  func addHook(of site: GitLabSite, token: Token, project: String, hook: NewGitLabHook) async throws -> GitLabHook {
    let (path, repository) = try repository(project, at: site)
    let made = GitLabHook(
      id: repository.hooks.count + 1, url: hook.url, pushEvents: true, tagPushEvents: true,
      verifiesTLS: hook.verifiesTLS)
    set { $0.repositories[path]?.hooks.append(made) }
    return made
  }

  func deleteHook(of site: GitLabSite, token: Token, project: String, id: Int) async throws {
    let path = try repository(project, at: site).path
    set { $0.repositories[path]?.hooks.removeAll { $0.id == id } }
  }

  private func repository(_ name: String, at site: GitLabSite) throws -> (path: String, repository: FakeRepository) {
    try answer(site) { answers in
      if let failure = answers.repositoryFailure { return .failure(failure) }
      guard let found = answers.repositories.first(where: { $0.key == name || String($0.value.id) == name }) else {
        return .failure(.missing(.project))
      }
      return .success((found.key, found.value))
    }
  }

  private func commit(_ ref: String, of repository: FakeRepository) throws -> String {
    guard let id = repository.branches[ref] ?? repository.tags[ref] ?? (repository.files[ref] == nil ? nil : ref) else {
      throw GitLabFailure.missing(.commit)
    }
    return id
  }

  private static func ref(_ name: String, _ id: String) -> GitLabRef {
    GitLabRef(name: name, commit: GitLabCommit(id: id, title: "Commit \(id.prefix(3))", committedAt: nil))
  }

  private static func page(_ refs: [String: String], _ search: String?, _ page: Int) -> GitLabPage<GitLabRef> {
    let found = refs.keys.filter { search.map($0.contains) ?? true }.sorted()
    let items = found.dropFirst((page - 1) * 100).prefix(100).map { ref($0, refs[$0] ?? "") }
    return GitLabPage(items: items, next: found.count > page * 100 ? page + 1 : nil)
  }
}
