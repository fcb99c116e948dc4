import FoundationEssentials
import Glibc

/// A repository as git keeps it: a bare one, in a folder of the simulated GitLab.
struct GitRepository: Sendable {
  let path: String
  let git: GitProgram

  /// Makes it of what the site says, unless it is there. Of several processes that make it at once, one does.
  static func make(at path: String, of project: SimulatedProject, by git: GitProgram) async throws -> GitRepository {
    let repository = GitRepository(path: path, git: git)
    guard !repository.exists else { return repository }
    let making = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max))"
    do {
      let branch = project.defaultBranch ?? "main"
      try await git.done(["init", "--bare", "--quiet", "--template=", "--initial-branch=\(branch)", making])
      try write(settings, to: "\(making)/config")
      guard mkdir("\(making)/hooks", 0o700) == 0 else { throw KeptFileFault(path: making, code: errno) }
      try write(Self.update, to: "\(making)/hooks/update", mode: 0o700)
      if !project.commits.isEmpty {
        let stream = FastImport(project).bytes
        try await git.done(["fast-import", "--quiet", "--done", "--force"], in: making, input: stream)
      }
      guard rename(making, path) == 0 || repository.exists else { throw KeptFileFault(path: path, code: errno) }
    } catch {
      remove(making)
      throw error
    }
    // It is there still where another was first.
    remove(making)
    return repository
  }

  var exists: Bool { access("\(path)/HEAD", F_OK) == 0 }

  private static func remove(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }

  private static func write(_ text: String, to path: String, mode: mode_t = 0o600) throws {
    try SmallFile.write(Array(text.utf8), to: path, mode: mode)
  }

  /// As GitLab has it: pushes over HTTP, any commit to be fetched by its id, parts to be left out; no cleaning by itself.
  private static let settings = """
    [core]
    \trepositoryformatversion = 0
    \tfilemode = true
    \tbare = true
    [http]
    \treceivepack = true
    [uploadpack]
    \tallowAnySHA1InWant = true
    \tallowFilter = true
    [receive]
    \tautogc = false
    [gc]
    \tauto = 0

    """

  /// The variable by which the hook `update` knows protected branches.
  static let protectedBranches = "SIMULATOR_PROTECTED"

  /// Refuses what only a maintainer may push to.
  private static let update = """
    #!/bin/sh
    case " $\(protectedBranches) " in
    *" $1 "*)
      echo "GitLab: You are not allowed to push code to protected branches on this project." >&2
      exit 1 ;;
    esac

    """
}
