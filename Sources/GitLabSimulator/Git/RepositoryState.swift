/// A project's repository as it is now: as the site says, or from its first clone or push on as git keeps it.
enum RepositoryState: Sendable {
  case said(SimulatedProject)
  case kept(GitRepository)

  func branches() async throws -> [RepositoryRef] {
    switch self {
    case .said(let project):
      project.branches.map {
        RepositoryRef(name: $0.name, target: $0.commit.id, message: "", commit: RepositoryCommit($0.commit))
      }
    case .kept(let repository): try await repository.branches()
    }
  }

  func tags() async throws -> [RepositoryRef] {
    switch self {
    case .said(let project):
      project.tags.map {
        RepositoryRef(name: $0.name, target: $0.target, message: $0.message, commit: RepositoryCommit($0.commit))
      }
    case .kept(let repository): try await repository.tags()
    }
  }

  /// The commit that a branch, a tag or an id names.
  func commit(_ name: String) async throws -> RepositoryCommit? {
    switch self {
    case .said(let project): project.commit(named: name).map(RepositoryCommit.init)
    case .kept(let repository): try await repository.commit(name)
    }
  }

  /// - Parameter commit: its whole id.
  func file(_ path: String, at commit: String) async throws -> RepositoryFile? {
    switch self {
    case .said(let project):
      guard let file = project.commit(named: commit)?.files[path], file.mode != .submodule else { return nil }
      return RepositoryFile(mode: .file(file.mode), id: file.id, content: file.content)
    case .kept(let repository): return try await repository.file(path, at: commit)
    }
  }

  /// What a folder holds, `""` for the root; nil where there is no such folder.
  func tree(_ folder: String, at commit: String) async throws -> [RepositoryEntry]? {
    switch self {
    case .said(let project): project.commit(named: commit)?.entries(of: folder)
    case .kept(let repository): try await repository.tree(folder, at: commit)
    }
  }
}

struct RepositoryRef: Sendable {
  let name: String
  /// What it leads to: the commit, or git's object about an annotated tag.
  let target: String
  let message: String
  let commit: RepositoryCommit
}

struct RepositoryCommit: Sendable {
  let id: String
  let parents: [String]
  let message: String
  let author: Person
  let committer: Person

  struct Person: Sendable {
    let name: String
    let email: String
    /// Seconds since 1970.
    let time: Int
  }

  var title: String { message.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? "" }
}

extension RepositoryCommit {
  init(_ commit: SimulatedCommit) {
    let person = Person(name: commit.author, email: commit.email, time: commit.time)
    self.init(id: commit.id, parents: commit.parents, message: commit.message, author: person, committer: person)
  }
}

struct RepositoryFile: Sendable {
  let mode: RepositoryEntry.Mode
  let id: String
  let content: [UInt8]
}

/// One thing in a folder.
struct RepositoryEntry: Sendable {
  /// From where it was asked for.
  let path: String
  let mode: Mode
  let id: String

  enum Mode: Sendable, Equatable {
    case folder
    case file(SimulatedFile.Mode)

    /// As GitLab writes it.
    var digits: String {
      switch self {
      case .folder: "040000"
      case .file(let mode): mode.rawValue
      }
    }

    /// `tree`, `commit` or `blob`.
    var type: String {
      switch self {
      case .folder: "tree"
      case .file(.submodule): "commit"
      case .file: "blob"
      }
    }
  }
}

extension SimulatedProject {
  fileprivate func commit(named ref: String) -> SimulatedCommit? {
    branches.first { $0.name == ref }?.commit ?? tags.first { $0.name == ref }?.commit
      ?? (GitId.isId(ref) ? commits.first { $0.id.hasPrefix(ref) } : nil)
  }
}

extension SimulatedCommit {
  fileprivate func entries(of folder: String) -> [RepositoryEntry]? {
    let start = folder.isEmpty ? "" : folder + "/"
    var entries: [String: RepositoryEntry] = [:]
    var folders: [String: [String: SimulatedFile]] = [:]
    for (path, file) in files where path.hasPrefix(start) {
      let parts = path.dropFirst(start.count).split(separator: "/", maxSplits: 1).map(String.init)
      if parts.count == 1 { entries[parts[0]] = RepositoryEntry(path: parts[0], mode: .file(file.mode), id: file.id) }
      if parts.count == 2 { folders[parts[0], default: [:]][parts[1]] = file }
    }
    for (name, files) in folders {
      entries[name] = RepositoryEntry(path: name, mode: .folder, id: GitId.ofTree(files))
    }
    guard !entries.isEmpty || folder.isEmpty else { return nil }
    return entries.values.sorted { $0.path < $1.path }
  }
}
