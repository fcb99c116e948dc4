import Glibc
import SecureBuild
import Testing

@testable import BuildEngine

/// Repositories made by git itself, and a server of them.
final class GitFixture: Sendable {
  static let token = "glpat-T0ken_of-the-test"

  let work: WorkFolder
  let server: StandIn
  /// The commits of the branch `main` of `team/app`, the oldest first.
  let commits: [String]

  var repositories: String { work.path + "/repositories" }

  init(tls: [String] = []) async throws {
    work = try WorkFolder()
    let root = work.path + "/repositories"
    try Files.makeFolder(root + "/team")
    commits = try await Self.makeApp(in: work.path)
    server = try await StandIn(["git", root, "0", Self.token] + tls)
  }

  static let identity = [
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow", "GIT_CONFIG_VALUE_0": "always",
  ]

  @discardableResult
  static func git(_ arguments: [String], in folder: String) async throws -> String {
    try await run("git", arguments, in: folder, environment: identity).trimmingEnd
  }

  private static func makeApp(in work: String) async throws -> [String] {
    let source = work + "/app"
    try Files.makeFolder(source + "/docker")
    try await git(["init", "-q", "-b", "main"], in: source)
    var commits: [String] = []
    for number in 1...3 {
      try Files.replace(source + "/Dockerfile", with: Array("FROM scratch\nCOPY hello /hello\n".utf8))
      try Files.replace(source + "/hello", with: Array("hello \(number)\n".utf8))
      _ = symlink("../../../../etc/passwd", source + "/docker/out")
      try await git(["add", "-A"], in: source)
      try await git(["commit", "-q", "-m", "number \(number)"], in: source)
      commits.append(try await git(["rev-parse", "HEAD"], in: source))
    }
    try await git(["tag", "-a", "v1", "-m", "first", commits[0]], in: source)
    try await git(["tag", "light", commits[1]], in: source)
    try await git(["branch", "release/1.0", commits[1]], in: source)
    try await git(["clone", "-q", "--bare", source, work + "/repositories/team/app.git"], in: work)
    return commits
  }

  /// Makes another project of some files; `links` are submodules at commits.
  @discardableResult
  func make(_ project: String, files: [String: String], links: [String: String] = [:]) async throws -> String {
    let source = work.path + "/source-" + project.replacing("/", with: "-")
    try Files.makeFolder(source)
    try await Self.git(["init", "-q", "-b", "main"], in: source)
    for (path, text) in files {
      if let slash = path.lastIndex(of: "/") { try Files.makeFolder("\(source)/\(path[..<slash])") }
      try Files.replace("\(source)/\(path)", with: Array(text.utf8))
    }
    try await Self.git(["add", "-A"], in: source)
    for (path, commit) in links {
      try await Self.git(["update-index", "--add", "--cacheinfo", "160000,\(commit),\(path)"], in: source)
    }
    try await Self.git(["commit", "-q", "-m", "first"], in: source)
    try await Self.git(["clone", "-q", "--bare", source, "\(repositories)/\(project).git"], in: work.path)
    return try await Self.git(["rev-parse", "HEAD"], in: source)
  }

  func site(_ address: String? = nil, trust: TrustRoots = .system) throws -> GitLabSite {
    GitLabSite(
      address: try GitLabAddress(parsing: address ?? "http://127.0.0.1:\(server.port)"),
      connectTo: try #require(IPAddress("127.0.0.1")), trust: trust)
  }
}

extension String {
  var trimmingEnd: String { String(self.reversed().drop { $0.isWhitespace }.reversed()) }
}

/// One checkout on this machine, without a cell.
struct TestCheckout {
  let work: WorkFolder
  let told = ToldProgress()
  let checkout: GitCheckout

  init(
    _ site: GitLabSite, token: String = GitFixture.token, caFile: String? = nil, limit: Duration = .seconds(30),
    silence: Duration = .seconds(30)
  ) throws {
    work = try WorkFolder()
    let settings = GitSettings(
      site: site, address: site.connectTo, token: try #require(Token(token)), caFile: caFile,
      hasLFS: Programs.find("git-lfs") != nil)
    checkout = GitCheckout(
      programs: HostPrograms(), settings: settings, place: WorkPlace(inside: work.path, outside: work.path),
      limit: limit, silence: silence, log: StageLog(told, hiding: [token]))
  }

  var tree: String { work.path + "/src" }

  func text(_ path: String) throws -> String {
    String(decoding: try Files.read("\(tree)/\(path)", limit: 1 << 20), as: UTF8.self)
  }
}
