import Glibc
import SecureBuild
import Synchronization

/// The submodules of a checkout, each at the commit that the project names, from the same GitLab alone.
///
/// git's own command for it isn't used: it takes URLs as they come and keeps repositories in the work tree.
struct GitSubmodules: Sendable {
  let checkout: GitCheckout

  private static let deepest = 8
  private static let most = 200

  /// - Throws: `BuildFailure`, `CancellationError`.
  func fetch(of repository: GitRepository, project: String) async throws {
    var count = 0
    try await fetch(of: repository, project: project, depth: 1, &count)
  }

  private func fetch(of repository: GitRepository, project: String, depth: Int, _ count: inout Int) async throws {
    var facts = stat()
    guard lstat("\(repository.tree.outside)/.gitmodules", &facts) == 0 else { return }
    let links = try await links(of: repository, project)
    guard !links.isEmpty else { return }
    let named = try await settings(of: repository, project)
    for link in links {
      count += 1
      guard depth <= Self.deepest, count <= Self.most else { throw GitFailures.tooManySubmodules(project) }
      guard let module = named.first(where: { $0.path == link.path }) else {
        throw GitFailures.submodule(link.path, of: project, ".gitmodules doesn't name it")
      }
      if module.update == "none" { continue }
      guard let target = GitModuleURL(module.url, of: project, on: checkout.settings.site.address) else {
        throw GitFailures.foreignSubmodule(link.path, module.url, of: project, checkout.settings.site)
      }
      guard Self.isSafe(link.path), Self.isFolder(link.path, in: repository.tree.outside) else {
        throw GitFailures.submodule(link.path, of: project, "its path leads elsewhere")
      }
      try checkout.log.line("submodule \(link.path): \(target.url) at \(link.commit)")
      let place = WorkPlace(
        inside: "\(repository.tree.inside)/\(link.path)", outside: "\(repository.tree.outside)/\(link.path)")
      let sub = GitRepository(
        checkout: checkout, url: target.url, git: checkout.place.folder("git-\(count)"), tree: place)
      do {
        try await sub.fetch(link.commit, of: nil)
        _ = try await sub.checkOut(link.commit)
      } catch let fault as GitFault {
        throw GitFailures.failure(of: fault, in: target.project, wanted: link.commit, checkout.settings)
      }
      try await fetch(of: sub, project: target.project, depth: depth + 1, &count)
    }
  }

  private struct Link: Sendable {
    var path: String
    var commit: String
  }

  /// The entries of the index that are commits of other repositories.
  private func links(of repository: GitRepository, _ project: String) async throws -> [Link] {
    let found = Mutex<(rest: [UInt8], links: [Link])>(([], []))
    do {
      try await repository.read(["ls-files", "--stage", "-z"]) { piece in
        found.withLock { found in
          var entries = (found.rest + piece).split(separator: 0, omittingEmptySubsequences: false)
          found.rest = entries.popLast().map(Array.init) ?? []
          for entry in entries where entry.starts(with: "160000 ".utf8) {
            // “160000 <commit> 0\t<path>”
            let text = String(decoding: entry, as: UTF8.self)
            guard let tab = text.firstIndex(of: "\t") else { continue }
            let commit = text[..<tab].split(separator: " ").dropFirst().first.map(String.init) ?? ""
            found.links.append(Link(path: String(text[text.index(after: tab)...]), commit: commit))
          }
        }
      }
    } catch let fault as GitFault {
      throw GitFailures.failure(of: fault, in: project, wanted: "", checkout.settings)
    }
    let links = found.withLock { $0.links }
    guard links.allSatisfy({ GitName.isCommit($0.commit) }) else {
      throw GitFailures.submodule("?", of: project, "git's index can't be read")
    }
    return links
  }

  private struct Module {
    var path = ""
    var url = ""
    var update = ""
  }

  private func settings(of repository: GitRepository, _ project: String) async throws -> [Module] {
    let said = Kept(limit: 1 << 20)
    do {
      // Nothing is included from elsewhere: git does that for its own files alone.
      try await repository.read(["config", "--null", "--file", "\(repository.tree.inside)/.gitmodules", "--list"]) {
        said.take($0)
      }
    } catch is GitFault {
      throw GitFailures.submodule(".gitmodules", of: project, "git can't read it")
    }
    var modules: [String: Module] = [:]
    for entry in said.bytes.split(separator: 0) {
      let text = String(decoding: entry, as: UTF8.self)
      guard let line = text.firstIndex(of: "\n") else { continue }
      let (key, value) = (text[..<line], String(text[text.index(after: line)...]))
      guard key.hasPrefix("submodule."), let dot = key.lastIndex(of: ".") else { continue }
      let name = String(key[..<dot].dropFirst("submodule.".count))
      switch key[key.index(after: dot)...] {
      case "path": modules[name, default: Module()].path = value
      case "url": modules[name, default: Module()].url = value
      case "update": modules[name, default: Module()].update = value
      default: break
      }
    }
    return Array(modules.values)
  }

  /// A relative path without steps up, and not into a repository's own folder.
  static func isSafe(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return !parts.isEmpty
      && parts.allSatisfy { part in
        !part.isEmpty && part != "." && part != ".." && part.lowercased() != ".git"
          && !part.lowercased().hasPrefix("git~")
          && !part.utf8.contains(0)
      }
  }

  /// Whether each step of a path is a folder and no link.
  private static func isFolder(_ path: String, in tree: String) -> Bool {
    var whole = tree
    for part in path.split(separator: "/") {
      whole += "/\(part)"
      var facts = stat()
      guard lstat(whole, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else { return false }
    }
    return true
  }
}

/// Where a submodule lies on the same GitLab, whatever way its URL is written.
struct GitModuleURL: Equatable, Sendable {
  /// `group/name`.
  let project: String
  let url: String

  /// Reads what `.gitmodules` says: a path relative to the project's, a URL of the site, or one by ssh of the same host,
  /// which is asked by the site's own way instead. Nil for any other place.
  init?(_ text: String, of project: String, on site: GitLabAddress) {
    var path: String
    if text.hasPrefix("./") || text.hasPrefix("../") {
      var parts = project.split(separator: "/").map(String.init)
      for part in text.split(separator: "/") where part != "." {
        if part == ".." {
          guard parts.popLast() != nil else { return nil }
        } else {
          parts.append(String(part))
        }
      }
      path = parts.joined(separator: "/")
    } else if let mark = text.firstRange(of: "://") {
      let scheme = text[..<mark.lowerBound].lowercased()
      var rest = text[mark.upperBound...]
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      let place = String(rest[..<slash])
      rest = rest[slash...]
      if scheme == "ssh" {
        let host = place.split(separator: "@").last?.split(separator: ":").first.map(String.init) ?? ""
        guard host.lowercased() == site.host else { return nil }
        path = String(rest.dropFirst())
      } else {
        guard scheme == site.scheme.rawValue,
          place.lowercased() == site.authority || place.lowercased() == site.authority + ":\(site.port)",
          rest.hasPrefix(site.path + "/")
        else { return nil }
        path = String(rest.dropFirst(site.path.count + 1))
      }
    } else if let at = text.firstIndex(of: "@"), let colon = text[at...].firstIndex(of: ":"),
      text[text.index(after: at)..<colon].lowercased() == site.host
    {
      // git@host:group/name.git
      path = String(text[text.index(after: colon)...])
    } else {
      return nil
    }
    while path.hasPrefix("/") { path.removeFirst() }
    while path.hasSuffix("/") { path.removeLast() }
    if path.hasSuffix(".git") { path.removeLast(4) }
    guard GitName.isProject(path) else { return nil }
    self.project = path
    url = "\(site)/\(path).git"
  }
}
