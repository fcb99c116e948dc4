import FoundationEssentials
import HTTPTypes
import Hummingbird

extension GitLabRouter {
  /// Commits made through the API.
  func addCommits() {
    on("projects/:id/repository/commits", body: .post, limit: 8 << 20) { call, body in
      let project = try call.pushableProject()
      guard let wanted = try? JSONDecoder().decode(CommitRequest.self, from: Data(body.readableBytesView)) else {
        throw APIFault.badParameter("branch, commit_message, actions are missing")
      }
      guard !project.isProtected(wanted.branch) || call.access(to: project) >= 40 else {
        throw APIFault.forbidden("You are not allowed to push into this branch")
      }
      let user = try call.signedIn().user
      let repository = try await call.keptRepository(of: project)
      let before = try await repository.refs()
      let commit = try await repository.commit(wanted, startingAt: project.defaultBranch, by: user)
      try await call.gitLab.tellHooks(of: project, since: before, in: repository, by: user)
      return Response(.commit(commit, of: project, at: call.url), status: .created)
    }
  }
}

extension APICall {
  fileprivate func pushableProject() throws(APIFault) -> SimulatedProject {
    _ = try signedIn()
    let project = try project()
    guard access(to: project) >= 30 else { throw .forbidden(nil) }
    return project
  }

  fileprivate func keptRepository(of project: SimulatedProject) async throws -> GitRepository {
    do {
      return try await gitLab.keptRepository(of: project)
    } catch let unavailable as GitUnavailable {
      throw HTTPError(.serviceUnavailable, message: unavailable.words)
    }
  }
}

/// What `POST …/repository/commits` is sent.
struct CommitRequest: Decodable {
  let branch: String
  let message: String
  /// Where a new branch begins.
  let startBranch: String?
  let actions: [Action]

  struct Action: Decodable {
    let action: Kind
    let path: String
    let previousPath: String?
    let content: String?
    /// `text` or `base64`.
    let encoding: String?
    let isExecutable: Bool?

    enum Kind: String, Decodable { case create, update, delete, move, chmod }

    enum CodingKeys: String, CodingKey {
      case action, content, encoding
      case path = "file_path"
      case previousPath = "previous_path"
      case isExecutable = "execute_filemode"
    }

    var bytes: [UInt8]? {
      guard encoding == "base64" else { return Array((content ?? "").utf8) }
      return Data(base64Encoded: content ?? "").map(Array.init)
    }
  }

  enum CodingKeys: String, CodingKey {
    case branch, actions
    case message = "commit_message"
    case startBranch = "start_branch"
  }
}
