import SecureBuild

/// One repository of a checkout: the project's own, or a submodule's.
struct GitRepository: Sendable {
  let checkout: GitCheckout
  let url: String
  /// What git keeps for itself.
  let git: WorkPlace
  let tree: WorkPlace

  /// Fetches one commit, or the newest of a reference, and nothing before it.
  /// - Throws: `GitFault`.
  func fetch(_ commit: String?, of reference: String?) async throws {
    try await run(["init", "--quiet", "--template="], asks: false)
    let base = ["fetch", "--progress", "--no-tags", "--no-recurse-submodules"]
    do {
      try await run(base + ["--depth=1", "--end-of-options", url, commit ?? reference ?? "HEAD"])
    } catch let fault as GitFault where commit != nil && reference != nil && fault.words.contains("unadvertised object")
    {
      // This GitLab gives no single commits: the whole branch, then.
      try await run(base + ["--end-of-options", url, reference ?? "HEAD"])
    }
  }

  /// Checks out a commit that was fetched, or what was fetched. Files of LFS come from GitLab now.
  /// - Returns: the commit's id.
  /// - Throws: `GitFault`.
  func checkOut(_ commit: String?) async throws -> String {
    try await run(["checkout", "--progress", "--force", "--detach", commit ?? "FETCH_HEAD"])
    let head = try Files.read("\(git.outside)/HEAD", limit: 4096)
    let id = String(decoding: head, as: UTF8.self).prefix { !$0.isWhitespace }
    guard GitName.isCommit(id) else { throw GitFault(end: .exited(0), words: "HEAD isn't a commit") }
    return String(id)
  }

  /// What git prints, for calls that ask nobody.
  func read(_ arguments: [String], output: @escaping @Sendable ([UInt8]) throws -> Void) async throws {
    let errors = Kept(limit: 1 << 14)
    let end = try await checkout.programs.run(
      try call(arguments, checkout.settings.quiet), output: output, errors: { errors.take($0) })
    guard end.isSuccess else { throw GitFault(end: end, words: String(decoding: errors.bytes, as: UTF8.self)) }
  }

  private func run(_ arguments: [String], asks: Bool = true) async throws {
    let said = LastWords(hiding: [checkout.settings.token.secret])
    let environment = asks ? checkout.settings.asking(url) : checkout.settings.quiet
    let progress = ProgressLines { try checkout.log.pass($0) }
    let end = try await checkout.programs.run(try call(arguments, environment)) { piece in
      said.take(piece)
      try progress.take(piece)
    }
    try progress.end()
    guard end.isSuccess else { throw GitFault(end: end, words: said.text) }
  }

  private func call(_ arguments: [String], _ environment: [String: String]) throws -> ProgramCall {
    ProgramCall(
      try Programs.need("git"), ["--git-dir=\(git.inside)", "--work-tree=\(tree.inside)"] + arguments,
      environment: environment,
      folder: tree.inside, limit: checkout.limit, silence: checkout.silence)
  }
}

/// A call of git that failed, and what it said at last.
struct GitFault: Error, Sendable {
  let end: ProgramEnd
  let words: String
}
