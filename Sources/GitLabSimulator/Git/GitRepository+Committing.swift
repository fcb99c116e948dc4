import FoundationEssentials

extension GitRepository {
  /// Makes a commit as GitLab's API does: on a branch that is there, on a new one, or as the first of an empty repository.
  /// - Throws: `APIFault` for what can't be done.
  func commit(
    _ wanted: CommitRequest, startingAt defaultBranch: String?, by user: SimulatedUser
  ) async throws -> RepositoryCommit {
    guard try await isName(wanted.branch) else {
      throw APIFault.badRequest("You can only create or edit files when you are on a branch")
    }
    let branches = Dictionary(try await branches().map { ($0.name, $0.commit.id) }) { first, _ in first }
    let parent = branches[wanted.branch] ?? (wanted.startBranch ?? defaultBranch).flatMap { branches[$0] }
    guard branches.isEmpty || (parent != nil && (branches[wanted.branch] != nil || wanted.startBranch != nil)) else {
      throw APIFault.badRequest("You can only create or edit files when you are on a branch")
    }
    let who = "\(user.name) <\(user.email)> \(Int(Date().timeIntervalSince1970)) +0000"
    let message = Array(wanted.message.utf8)
    var stream = Array("commit refs/heads/\(wanted.branch)\nauthor \(who)\ncommitter \(who)\n".utf8)
    stream += Array("data \(message.count)\n".utf8) + message + [10]
    if let parent { stream += Array("from \(parent)\n".utf8) }
    for action in wanted.actions { stream += try await change(action, after: parent) }
    stream += Array("\ndone\n".utf8)
    try await git.done(["fast-import", "--quiet", "--done"], in: path, input: stream)
    guard let made = try await commit(wanted.branch) else { throw GitFault(words: "the commit isn't there") }
    return made
  }

  private func change(_ action: CommitRequest.Action, after parent: String?) async throws -> [UInt8] {
    let path = try Self.plain(action.path)
    func existing(_ path: String) async throws -> RepositoryFile? {
      guard let parent else { return nil }
      return try await file(path, at: parent)
    }
    switch action.action {
    case .create:
      guard try await existing(path) == nil else { throw APIFault.badRequest("A file with this name already exists") }
      return try put(action, at: path, isExecutable: action.isExecutable ?? false)
    case .update:
      guard let before = try await existing(path) else { throw Self.notThere }
      return try put(action, at: path, isExecutable: action.isExecutable ?? (before.mode == .file(.executable)))
    case .delete:
      guard try await existing(path) != nil else { throw Self.notThere }
      return Array("D \(path)\n".utf8)
    case .move:
      let previous = try Self.plain(action.previousPath ?? "")
      guard try await existing(previous) != nil else { throw Self.notThere }
      let moved = Array("R \(previous) \(path)\n".utf8)
      return action.content == nil ? moved : try moved + put(action, at: path, isExecutable: false)
    case .chmod:
      guard let before = try await existing(path) else { throw Self.notThere }
      return Array("M \(action.isExecutable == true ? "100755" : "100644") \(before.id) \(path)\n".utf8)
    }
  }

  private func put(_ action: CommitRequest.Action, at path: String, isExecutable: Bool) throws(APIFault) -> [UInt8] {
    guard let content = action.bytes else { throw .badRequest("content is invalid") }
    let head = "M \(isExecutable ? "100755" : "100644") inline \(path)\ndata \(content.count)\n"
    return Array(head.utf8) + content + [10]
  }

  private static let notThere = APIFault.badRequest("A file with this name doesn't exist")

  /// A path that `git fast-import` takes as it is. It parts two by a space.
  private static func plain(_ path: String) throws(APIFault) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = path.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\"" && $0.value != 0x7f }
    guard isPlain, parts.allSatisfy({ !["", ".", "..", ".git"].contains($0.lowercased()) }) else {
      throw .badRequest("File path is invalid")
    }
    return path
  }

  private func isName(_ branch: String) async throws -> Bool {
    guard !branch.hasPrefix("-") else { return false }
    return try await git.run(["check-ref-format", "refs/heads/\(branch)"]).status.isSuccess
  }
}
