/// What is in a repository, by git's word.
extension GitRepository {
  func branches() async throws -> [RepositoryRef] { try await refs("refs/heads") }
  func tags() async throws -> [RepositoryRef] { try await refs("refs/tags") }

  /// What each branch (`refs/heads/…`) and tag leads to.
  func refs() async throws -> [String: String] {
    let output = try await git.done(["show-ref", "--heads", "--tags"], in: path, accepting: [1])
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
    return Dictionary(lines.filter { $0.count == 2 }.map { (String($0[1]), String($0[0])) }) { first, _ in first }
  }

  /// The commit that a branch, a tag or an id names.
  func commit(_ name: String) async throws -> RepositoryCommit? {
    guard !name.isEmpty, !name.hasPrefix("-"), name.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f })
    else { return nil }
    let names = ["refs/heads/\(name)", "refs/tags/\(name)"] + (GitId.isId(name) ? [name] : [])
    for name in names {
      let end = try await git.run(
        ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}"], in: path)
      guard end.status.isSuccess else { continue }
      let id = String(decoding: end.output, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
      return try await commits([id])[id]
    }
    return nil
  }

  /// A file as a commit has it, or a folder's whole content.
  func file(_ file: String, at commit: String) async throws -> RepositoryFile? {
    guard let entry = try await entries(["ls-tree", "-z", "--full-tree", commit, "--", file]).first, entry.path == file,
      entry.mode != .folder, entry.mode != .file(.submodule)
    else { return nil }
    return RepositoryFile(
      mode: entry.mode, id: entry.id, content: try await git.done(["cat-file", "blob", entry.id], in: path))
  }

  /// What a folder holds at a commit; nil where there is none.
  func tree(_ folder: String, at commit: String) async throws -> [RepositoryEntry]? {
    let end = try await git.run(["ls-tree", "-z", "--end-of-options", "\(commit):\(folder)"], in: path)
    guard end.status.isSuccess else { return nil }
    return Self.entries(end.output)
  }

  private func entries(_ arguments: [String]) async throws -> [RepositoryEntry] {
    Self.entries(try await git.done(arguments, in: path))
  }

  /// `100644 blob ID\tPATH`, each ended by a zero.
  private static func entries(_ output: [UInt8]) -> [RepositoryEntry] {
    output.split(separator: 0).compactMap { record in
      let parts = record.split(separator: 9, maxSplits: 1)
      let words = String(decoding: parts.first ?? [], as: UTF8.self).split(separator: " ")
      guard parts.count == 2, words.count == 3 else { return nil }
      let mode = SimulatedFile.Mode(rawValue: String(words[0])).map(RepositoryEntry.Mode.file) ?? .folder
      return RepositoryEntry(path: String(decoding: parts[1], as: UTF8.self), mode: mode, id: String(words[2]))
    }
  }

  private func refs(_ below: String) async throws -> [RepositoryRef] {
    let format = "%(refname:lstrip=2)%00%(objectname)%00%(*objectname)%00%(contents:subject)"
    let output = try await git.done(["for-each-ref", "--format=\(format)", below], in: path)
    let found = output.split(separator: 10).map { line in
      line.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }.filter { $0.count == 4 }
    let commits = try await commits(found.map { $0[2].isEmpty ? $0[1] : $0[2] })
    return found.compactMap { fields in
      let isPlain = fields[2].isEmpty
      guard let commit = commits[isPlain ? fields[1] : fields[2]] else { return nil }
      return RepositoryRef(name: fields[0], target: fields[1], message: isPlain ? "" : fields[3], commit: commit)
    }
  }

  /// Commits by their ids.
  private func commits(_ ids: [String]) async throws -> [String: RepositoryCommit] {
    guard !ids.isEmpty else { return [:] }
    let format = ["%H", "%P", "%an", "%ae", "%at", "%cn", "%ce", "%ct", "%B"].joined(separator: "%x01")
    let input = Array(ids.joined(separator: "\n").utf8) + [10]
    let arguments = ["log", "--no-walk=unsorted", "-z", "--format=\(format)", "--stdin"]
    let output = try await git.done(arguments, in: path, input: input)
    var commits: [String: RepositoryCommit] = [:]
    for record in output.split(separator: 0) {
      let fields = record.split(separator: 1, maxSplits: 8, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard fields.count == 9, let authored = Int(fields[4]), let committed = Int(fields[7]) else { continue }
      commits[fields[0]] = RepositoryCommit(
        id: fields[0], parents: fields[1].split(separator: " ").map(String.init), message: fields[8],
        author: RepositoryCommit.Person(name: fields[2], email: fields[3], time: authored),
        committer: RepositoryCommit.Person(name: fields[5], email: fields[6], time: committed))
    }
    return commits
  }
}
