import FoundationEssentials
import HTTPTypes
import Hummingbird
import SecureBuild

/// What is taken of a webhook, and what not. An answer has no words: who has no secret token learns nothing.
struct HookGate: Sendable {
  let secret: Token

  /// The longest body that is read. GitLab tells of at most 20 commits, with the files of each.
  static let longest = 4 << 20

  func answer(_ request: Request, telling tell: @Sendable (PushWord) -> Void) async -> Response {
    guard let token = request.headers[Self.token], Self.isSame(token, secret.secret) else {
      return Self.refusing(.unauthorized)
    }
    guard ["Push Hook", "Tag Push Hook"].contains(request.headers[Self.event]) else {
      return Self.refusing(.badRequest)
    }
    let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
    guard announced <= Self.longest, let body = try? await request.body.collect(upTo: Self.longest) else {
      return Self.refusing(.contentTooLarge)
    }
    guard let push = try? JSONDecoder().decode(PushNews.self, from: Data(body.readableBytesView)) else {
      return Self.refusing(.badRequest)
    }
    // Of what was removed nothing can be built.
    if !push.isRemoval { tell(PushWord(projectId: push.projectId, project: push.project.path)) }
    return Response(status: .noContent)
  }

  /// What is left of the request isn't waited for.
  private static func refusing(_ status: HTTPResponse.Status) -> Response {
    Response(status: status, headers: [.connection: "close"])
  }

  /// Takes as long for any wrong token of a length.
  static func isSame(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static let token = name("X-Gitlab-Token")
  private static let event = name("X-Gitlab-Event")

  private static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("no header field's name: \(text)") }
    return name
  }
}

/// A push as GitLab's webhooks tell of it: as much of it as is looked at.
private struct PushNews: Decodable {
  let projectId: Int
  /// What the branch or tag leads to now.
  let after: String
  let project: Project

  struct Project: Decodable {
    let path: String

    enum CodingKeys: String, CodingKey { case path = "path_with_namespace" }
  }

  enum CodingKeys: String, CodingKey {
    case after, project
    case projectId = "project_id"
  }

  var isRemoval: Bool { after.allSatisfy { $0 == "0" } }
}
