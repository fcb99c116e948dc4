import HTTPTypes
import Hummingbird

/// Lets git answer what git asks, where GitLab would let it.
struct GitMiddleware: RouterMiddleware {
  typealias Context = SimulatorContext

  let gitLab: SimulatedGitLab

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let site = gitLab.site
    guard request.uri.path.hasPrefix(site.path),
      let asked = GitRequest(request, path: request.uri.path.dropFirst(site.path.count))
    else { return try await next(request, context) }
    do {
      let (project, user) = try GitAccess(site: site).check(asked, by: request)
      guard asked.isWhole else { return .whole(asked, at: site.address(for: request), request) }
      let repository = try await gitLab.keptRepository(of: project)
      let isMaintainer = user.map { project.members[$0.id] ?? 0 >= 40 } ?? false
      context.git.service = GitService(
        gitLab: gitLab, project: project, user: user, repository: repository, resource: asked.resource,
        protected: isMaintainer ? [] : project.branches.filter(\.protected).map(\.name))
      return Response(status: .ok)
    } catch let denial as GitAccess.Denial {
      return denial.response(from: request, context: context)
    } catch let unavailable as GitUnavailable {
      return Response(text: unavailable.words, status: .serviceUnavailable)
    }
  }
}

extension Response {
  /// GitLab's addresses of repositories end in `.git`.
  fileprivate static func whole(_ asked: GitRequest, at url: String, _ request: Request) -> Response {
    let query = request.uri.query.map { "?\($0)" } ?? ""
    var response = Response(status: .movedPermanently)
    response.headers[.location] = "\(url)/\(asked.project).git/\(asked.resource)\(query)"
    return response
  }
}
