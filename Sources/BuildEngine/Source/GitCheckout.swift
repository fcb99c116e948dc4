import Glibc
import SecureBuild

/// The clone stage: exactly one commit of a project, without its history, and the submodules that it names on the same
/// GitLab. The repository itself lies beside the work tree, so that it never gets into an image.
struct GitCheckout: Sendable {
  let programs: any ProgramRunner
  let settings: GitSettings
  /// Where it works: `src` is the work tree, `git` what git keeps for itself.
  let place: WorkPlace
  let limit: Duration
  let silence: Duration
  let log: StageLog

  var tree: WorkPlace { place.folder("src") }

  /// Fetches a commit, or the newest one of a ref, and checks it out.
  /// - Returns: the commit's id.
  /// - Throws: `BuildFailure`, `CancellationError`; what the log throws.
  func run(_ project: String, ref: String, _ type: PushType, commit: String?) async throws -> String {
    guard GitName.isProject(project) else { throw GitFailures.noProject(project, settings.site) }
    guard let reference = GitName.reference(ref, type), commit.map(GitName.isCommit) ?? true else {
      throw GitFailures.noRef(ref, type, project)
    }
    let url = "\(settings.site.address)/\(project).git"
    try log.line("\(url) \(reference)" + (commit.map { " at \($0)" } ?? ""))
    try await make(tree)
    let repository = GitRepository(checkout: self, url: url, git: place.folder("git"), tree: tree)
    let id: String
    do {
      try await repository.fetch(commit, of: reference)
      id = try await repository.checkOut(commit)
    } catch let fault as GitFault {
      throw GitFailures.failure(of: fault, in: project, wanted: commit ?? reference, settings)
    }
    try log.tell(.commit(id))
    try log.line("commit \(id)")
    let submodules = GitSubmodules(checkout: self)
    try await submodules.fetch(of: repository, project: project)
    if !settings.hasLFS, mentionsLFS { try log.line("git-lfs isn't installed: files kept in LFS stay pointers") }
    return id
  }

  /// Makes a folder that the programs of the cell own.
  private func make(_ folder: WorkPlace) async throws {
    var parent = stat()
    let isMade = mkdir(folder.outside, 0o755) == 0
    if isMade, geteuid() == 0, stat(place.outside, &parent) == 0 {
      guard chown(folder.outside, parent.st_uid, parent.st_gid) == 0 else { throw FileFault(folder.outside) }
    }
    if isMade || errno == EEXIST { return }
    // An ordinary user doesn't own what is the cell's: it makes the folder itself.
    let answer = try await programs.capture(
      ProgramCall(try Programs.need("mkdir"), ["-p", folder.inside], limit: limit))
    guard answer.end.isSuccess else { throw FileFault(folder.outside, code: EACCES) }
  }

  private var mentionsLFS: Bool {
    guard let text = try? Files.read("\(tree.outside)/.gitattributes", limit: 1 << 20) else { return false }
    return String(decoding: text, as: UTF8.self).contains("filter=lfs")
  }
}
