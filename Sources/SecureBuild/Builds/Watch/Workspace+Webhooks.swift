import FlatFiles

/// Webhooks: GitLab tells of pushes, so that a watch needn't wait for its next look.
extension Workspace {
  /// The secret token by which GitLab's word is told from another's: made at the first call, then the same for all of
  /// this workspace's webhooks and listeners.
  public func webhookSecret() throws(Refusal) -> Token {
    let files = POSIXFiles()
    let (folder, path) = ("\(self.path)/watch", "\(self.path)/watch/webhook-secret")
    do throws(FileFault) {
      do throws(FileFault) { try files.createFolder(folder) } catch  where error.isExisting {}
      do throws(FileFault) {
        let file = try files.open(path, .createNew)
        let digits = (0..<4).map { _ in String(UInt64.random(in: 1 << 60 ... .max), radix: 16) }
        try file.writeAll(Array(digits.joined().utf8)[...], at: 0)
        try file.syncContents()
        try files.syncFolder(folder)
      } catch  where error.isExisting {}
      let file = try files.open(path, .read)
      let bytes = try file.read(at: 0, count: 1024)
      // Short where somebody else is just making it.
      guard bytes.count >= 64, let secret = Token(String(decoding: bytes, as: UTF8.self)) else {
        throw FileFault(call: "read", path: path, code: FileFault.busy)
      }
      return secret
    } catch {
      throw Refusal(StoreError.cannotRead(error))
    }
  }

  /// Has GitLab tell a listener of pushes to the project that a repository is built from. One that told the same address
  /// before is replaced.
  /// - Parameter url: where the listener is, as GitLab reaches it: `http://10.0.0.5:8080/gitlab`.
  /// - Throws: `Refusal`, or `CancellationError`.
  public func addWebhook(
    for repository: String, url: String, verifiesTLS: Bool = true
  ) async throws -> GitLabHook {
    let address = try Self.webhookAddress(url)
    let project = try project(of: repository)
    let secret = try webhookSecret()
    let access = try await gitLabAccess(of: project.instanceId)
    let (gitLab, site, token, name) = (surroundings.gitLab, access.site, access.token, project.name)
    return try await access.asking {
      let before = try await gitLab.hooks(of: site, token: token, project: name).filter { $0.url == address }
      let hook = NewGitLabHook(url: address, secret: secret, verifiesTLS: verifiesTLS)
      let made = try await gitLab.addHook(of: site, token: token, project: name, hook: hook)
      for old in before { try await gitLab.deleteHook(of: site, token: token, project: name, id: old.id) }
      return made
    }
  }

  /// Removes the webhooks with this address from a repository's project.
  /// - Returns: how many there were.
  /// - Throws: `Refusal`, or `CancellationError`.
  @discardableResult
  public func removeWebhooks(of repository: String, url: String) async throws -> Int {
    let address = try Self.webhookAddress(url)
    let project = try project(of: repository)
    let access = try await gitLabAccess(of: project.instanceId)
    let (gitLab, site, token, name) = (surroundings.gitLab, access.site, access.token, project.name)
    return try await access.asking {
      let found = try await gitLab.hooks(of: site, token: token, project: name).filter { $0.url == address }
      for hook in found { try await gitLab.deleteHook(of: site, token: token, project: name, id: hook.id) }
      return found.count
    }
  }

  private func project(of id: String) throws(Refusal) -> WatchedProject {
    try refusing {
      let state = try state().state
      let repository = try state.repository(id)
      guard let source = repository.source else { throw try state.whyNoBuild(repository) ?? Refusal.bindFirst }
      return WatchedProject(instanceId: repository.instanceId, source: source, scopes: [])
    }
  }

  /// - Throws: `Refusal` where GitLab couldn't post there.
  private static func webhookAddress(_ typed: String) throws(Refusal) -> String {
    let url = typed.trimmed
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    let isPlain = url.utf8.count <= 2048 && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
    guard isPlain, parts.count >= 3, ["http:", "https:"].contains(parts[0].lowercased()), parts[1].isEmpty,
      !parts[2].contains("@"), (try? GitLabAddress(parsing: "\(parts[0])//\(parts[2])")) != nil
    else {
      throw Refusal(
        .webhookUnusable,
        message: Phrase("“\(typed)” is no address that GitLab could post to.", "“\(typed)”不是 GitLab 可以访问的地址。"),
        mend: Phrase(
          "Give the listener's address as GitLab reaches it, such as http://10.0.0.5:8080/gitlab.",
          "请输入 GitLab 可以访问的监听地址，例如 http://10.0.0.5:8080/gitlab。"))
    }
    return url
  }
}
